import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FileReplacer } from '../../../main/files/replace.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { FileHistories } from '../../../main/operations/file-histories.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

const DAY_MS = 86_400_000;

let folder: string;
let replacer: FileReplacer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'file-histories-'));
  replacer = new FileReplacer({ clock: systemClock, watchMs: 1, lookEveryMs: 1 });
});
afterEach(async () => {
  await replacer.close();
  await rm(folder, { recursive: true });
});

it('old versions of every kind of file are kept for as many days as are chosen now', async () => {
  const clock = new FakeClock();
  let days = 30;
  const diff = (): Promise<never[]> => Promise.resolve([]);
  const histories = new FileHistories({
    ...{ folder: join(folder, 'history'), clock, replacer, seal: () => undefined, days: () => days },
    texts: { diff, diffKubeconfig: diff, maskedDiff: diff },
  });
  const path = join(folder, 'config');
  await writeFile(path, 'one');
  const [before, after] = [Buffer.from('one'), Buffer.from('two')];
  await histories.kubeconfig.change({ path, what: 'edit', before, after });

  clock.advance(60 * DAY_MS);
  const gone = await histories.kubeconfig.list(path);
  days = 90;
  const kept = await histories.talosconfig.list(path);

  expect([gone.length, kept.length]).toEqual([0, 1]);
});
