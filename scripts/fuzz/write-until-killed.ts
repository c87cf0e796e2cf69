/**
 * Writes what Minos writes, one thing after the other, until it is killed: merges into a kubeconfig, edits of a talosconfig,
 * settings, versions that are forgotten, exports. It begins as a start of the app does. Says `ready`, waits for a
 * word, and works then. Started by kills.ts.
 */
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { History } from '../../main/files/history.ts';
import { Unfinished } from '../../main/files/own/unfinished.ts';
import { FileReplacer } from '../../main/files/replace.ts';
import { sha256Hex } from '../../main/files/fingerprint.ts';
import { readFileBytes } from '../../main/files/read-file.ts';
import { SettingsFile } from '../../main/files/settings.ts';
import { placeToWrite, writeWholeFile } from '../../main/files/write-whole-file.ts';
import { systemClock as clock } from '../../main/lib/clock.ts';
import { createLog } from '../../main/lib/log.ts';
import { Secret } from '../../main/lib/secret.ts';
import { tidyAfterCrash } from '../../main/operations/after-crash.ts';
import { KubeconfigWriter } from '../../main/operations/kubeconfig/writer.ts';
import { nextVersion } from './kills.ts';

const [home = '', first = '0'] = process.argv.slice(2);
const at = (...parts: readonly string[]): string => join(home, ...parts);
const log = createLog({ now: clock.now, sink: (line) => process.stderr.write(`${line}\n`) });
const replacer = new FileReplacer({ clock, watchMs: 30, lookEveryMs: 5 });
const unfinished = new Unfinished(at('user-data', 'unfinished'), clock);
const settings = new SettingsFile(at('user-data', 'settings.json'), { clock, log });
const history = new History({ folder: at('user-data', 'history'), clock, replacer, diff: () => [] });
const writer = new KubeconfigWriter({ history, clock, unfinished, onInterference: () => undefined });
const kubeconfig = at('kube', 'config');
const talosconfig = at('talos', 'config');

setInterval(() => undefined, 1_000);
await tidyAfterCrash({
  replacer,
  history,
  keeperOf: () => history.keepOther,
  settings,
  unfinished,
  files: [talosconfig],
  kubeconfigs: [kubeconfig],
  clock,
  log,
});
// A process that is killed would not keep it.
flushCompileCache();
process.send?.('ready');
await new Promise((resolve) => process.once('message', resolve));

const read = async (path: string): Promise<string> => (await readFileBytes(path)).bytes.toString('utf8');

for (let n = Number(first); ; n++) {
  const before = await read(kubeconfig);
  await writer.write({
    path: kubeconfig,
    what: `merge ${n}`,
    isNew: false,
    basedOn: sha256Hex(before),
    before: new Secret(before),
    after: new Secret(nextVersion(n)),
  });
  const old = Buffer.from(await read(talosconfig));
  await history.change({ path: talosconfig, what: `edit ${n}`, before: old, after: Buffer.from(nextVersion(n)) });
  await settings.update((now) => ({ ...now, groups: [{ context: 'a', name: `g${n}`, selection: 'all' }] }));
  await writeWholeFile(await placeToWrite(at('exports', `run-${n}.csv`)), [nextVersion(n)], unfinished);
  if (n % 3 === 0) await history.forget(n % 2 === 0 ? talosconfig : kubeconfig);
  if (n % 5 === 0) {
    const path = at('talos', `new-${n}`);
    await history.change({ path, what: `new ${n}`, before: undefined, after: Buffer.from(nextVersion(n)) });
  }
}
