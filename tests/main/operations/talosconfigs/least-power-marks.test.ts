import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { CertificateFacts } from '../../../../preload/contract/index.ts';
import { NO_SETTINGS, SettingsFile } from '../../../../main/files/settings.ts';
import { silentLog } from '../../../../main/lib/log.ts';
import { LeastPowerMarks } from '../../../../main/operations/talosconfigs/least-power-marks.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minos-marks-'));
  path = join(folder, 'settings.json');
});
afterEach(() => rm(folder, { recursive: true }));

const contextOf = (name: string, caFingerprints: readonly string[], file = '/config', roles = ['os:admin']) => ({
  ...{ file, name, caFingerprints },
  certificate: { roles } as unknown as CertificateFacts,
});

async function marksOf(onChange = vi.fn(), clock = new FakeClock()) {
  const marks = new LeastPowerMarks({
    ...{ settings: new SettingsFile(path), clock, log: silentLog, onChange },
    ask: () => Promise.resolve(),
  });
  await marks.load();
  return { marks, onChange };
}

it('least power holds for every context with the same CA, also after a restart, until it is taken away', async () => {
  const { marks, onChange } = await marksOf();
  await marks.set(contextOf('prod', ['aa']), true);
  expect(onChange).toHaveBeenCalledTimes(1);

  const { marks: again } = await marksOf();
  const copy = contextOf('other-name', ['aa'], '/elsewhere');
  expect([again.has(copy), again.has(contextOf('lab', ['bb']))]).toEqual([true, false]);
  expect(again.has(contextOf('reader', ['aa'], '/config', ['os:reader']))).toBe(false);
  await again.set(copy, false);
  expect(again.has(contextOf('prod', ['aa']))).toBe(false);
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ leastPower: [] });
});

it('least power that is chosen again stays with the cluster that had the CA before', async () => {
  const { marks } = await marksOf();
  await marks.set(contextOf('prod', ['old']), true);
  await marks.set(contextOf('prod', ['new']), true);

  expect(['old', 'new'].map((ca) => marks.has(contextOf('copy', [ca], '/elsewhere')))).toEqual([true, true]);
});

it.each([
  ['are no JSON', 'no json'],
  ['were written by a newer Minos', JSON.stringify({ ...NO_SETTINGS, version: 1_000 })],
  ['hold a mark that is none', JSON.stringify({ ...NO_SETTINGS, leastPower: [{ name: 3 }] })],
])(
  'while settings %s nobody knows whether least power is on, but for a context that does no more anyway',
  async (_what, text) => {
    await writeFile(path, text);

    const { marks, onChange } = await marksOf();

    expect(onChange).toHaveBeenCalledTimes(1);
    expect([
      marks.has(contextOf('prod', ['aa'])),
      marks.has(contextOf('reader', ['aa'], '/config', ['os:reader'])),
    ]).toEqual([undefined, false]);
  },
);

it('it is known again of a cluster of which somebody says it, and of no other', async () => {
  await writeFile(path, 'no json');
  const { marks } = await marksOf();

  await marks.set(contextOf('prod', ['aa']), true);
  await marks.set(contextOf('lab', ['bb']), false);

  const known = ['aa', 'bb', 'cc'].map((ca) => marks.has(contextOf('copy', [ca], '/elsewhere')));
  expect(known).toEqual([true, false, undefined]);
});

it('it is known again once settings can be read that could not, and another part that is broken says nothing of it', async () => {
  await writeFile(path, JSON.stringify({ ...NO_SETTINGS, version: 1_000 }));
  const clock = new FakeClock();
  const { marks } = await marksOf(vi.fn(), clock);
  expect(marks.has(contextOf('prod', ['aa']))).toBeUndefined();

  await writeFile(path, JSON.stringify({ ...NO_SETTINGS, mutes: [3] }));
  clock.advance(5_000);

  await vi.waitFor(() => expect(marks.has(contextOf('prod', ['aa']))).toBe(false));
});

it('a mark that is not what Minos writes loses only itself', async () => {
  const good = { authorities: ['aa'], file: '/config', name: 'prod' };
  await writeFile(path, JSON.stringify({ ...NO_SETTINGS, leastPower: [{ name: 3 }, good] }));

  const { marks } = await marksOf();

  expect(marks.has(contextOf('prod', ['aa']))).toBe(true);
});
