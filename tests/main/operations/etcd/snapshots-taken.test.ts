import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SettingsFile } from '../../../../main/files/settings.ts';
import { silentLog } from '../../../../main/lib/log.ts';
import { SnapshotsTaken } from '../../../../main/operations/etcd/snapshots-taken.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'minos-snapshots-'))));
afterEach(() => rm(folder, { recursive: true }));

const AUTHORITY: Readonly<Record<string, readonly string[]>> = { red: ['aa'], 'red-again': ['aa'], blue: ['bb'] };
const path = (): string => join(folder, 'settings.json');

async function taken(clock: FakeClock, isKept = true): Promise<SnapshotsTaken> {
  const made = new SnapshotsTaken({
    settings: new SettingsFile(path()),
    ...{ clock, log: silentLog, isKept: () => isKept },
    context: (id) => ({ caFingerprints: AUTHORITY[id] ?? [] }),
  });
  await made.load();
  return made;
}

const of = (made: SnapshotsTaken, id: string) => made.of({ caFingerprints: AUTHORITY[id] ?? [] });

it('is remembered for the cluster under any name, the newest one, also after a restart', async () => {
  const clock = new FakeClock();
  const first = await taken(clock);
  await first.took('red');
  clock.advance(5000);
  await first.took('red-again');

  const again = await taken(clock);
  expect([of(again, 'red'), of(again, 'blue')]).toEqual([{ atMs: clock.now() }, {}]);
  expect(JSON.parse(await readFile(path(), 'utf8'))).toMatchObject({
    snapshots: [{ authorities: ['aa'], atMs: clock.now() }],
  });
});

it('of a cluster without an authority is not known, rather than said to be none', async () => {
  const made = await taken(new FakeClock());
  await made.took('other');

  expect(of(made, 'other')).toBeUndefined();
});

it('is not known while the settings cannot be read', async () => {
  await writeFile(path(), '{"version":99}');

  expect(of(await taken(new FakeClock()), 'red')).toBeUndefined();
});

it('of the demo is known in this session alone', async () => {
  const clock = new FakeClock();
  const made = await taken(clock, false);
  expect(of(made, 'red')).toEqual({});
  await made.took('red');

  expect(of(made, 'red')).toEqual({ atMs: clock.now() });
  expect(of(await taken(clock), 'red')).toEqual({});
});
