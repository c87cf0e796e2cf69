import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256Hex } from '../../../../../main/files/fingerprint.ts';
import { History } from '../../../../../main/files/history.ts';
import { FileReplacer } from '../../../../../main/files/replace.ts';
import { systemClock as clock } from '../../../../../main/lib/clock.ts';
import { Failed } from '../../../../../main/lib/failed.ts';
import { Secret } from '../../../../../main/lib/secret.ts';
import { KubeconfigWriter } from '../../../../../main/operations/kubeconfig/writer.ts';

/** Writes `size` bytes over a kubeconfig, as whoever starts it, and prints `done` or the failure's code and message. */
const [path = '', size = '0', historyFolder = join(tmpdir(), 'none')] = process.argv.slice(2);
const replacer = new FileReplacer({ clock, watchMs: 0 });
const history = new History({ folder: historyFolder, clock, replacer, diff: () => [] });
const writer = new KubeconfigWriter({ history, clock, onInterference: () => undefined });
const before = new Secret(read());
const isNew = before.reveal() === '';
const after = new Secret('x'.repeat(Number(size)));
try {
  await writer.write({
    path,
    what: 'test',
    isNew,
    basedOn: isNew ? 'missing' : sha256Hex(before.reveal()),
    before,
    after,
  });
  process.stdout.write('done');
} catch (error) {
  if (!(error instanceof Failed)) throw error;
  process.stdout.write(`${error.failure.code}: ${error.failure.message}`);
}
await replacer.close();

function read(): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
