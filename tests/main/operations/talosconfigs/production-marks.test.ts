import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NO_SETTINGS, SettingsFile } from '../../../../main/files/settings.ts';
import { silentLog } from '../../../../main/lib/log.ts';
import type { MarkedContext } from '../../../../main/operations/talosconfigs/marks.ts';
import { ProductionMarks } from '../../../../main/operations/talosconfigs/production-marks.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minos-marks-'));
  path = join(folder, 'settings.json');
});
afterEach(() => rm(folder, { recursive: true }));

const contextOf = (
  name: string,
  caFingerprints: readonly string[],
  file = '/home/ada/.talos/config',
): MarkedContext => ({
  file,
  name,
  caFingerprints,
});

async function marksOf(clock = new FakeClock(), onChange = vi.fn(), settings = new SettingsFile(path)) {
  const marks = new ProductionMarks({ settings, clock, log: silentLog, onChange });
  await marks.load();
  return { marks, onChange };
}

describe('a production mark', () => {
  it('holds for every context with the same CA, in any file, also after a restart', async () => {
    const { marks, onChange } = await marksOf();
    await marks.set(contextOf('prod', ['aa']), true);
    expect(onChange).toHaveBeenCalledTimes(1);

    const { marks: again } = await marksOf();

    const copy = contextOf('other-name', ['aa'], '/elsewhere');
    expect([again.has(copy), again.has(contextOf('lab', ['bb']))]).toEqual([true, false]);
  });

  it('is taken from every context with the same CA at once', async () => {
    const { marks } = await marksOf();
    const [prod, copy] = [contextOf('prod', ['aa']), contextOf('prod', ['aa', 'cc'], '/elsewhere')];
    await marks.set(prod, true);
    await marks.set(copy, true);

    await marks.set(contextOf('reader', ['aa']), false);

    expect([marks.has(prod), marks.has(copy)]).toEqual([false, false]);
  });

  it('stays with the context at its place when its CA is replaced', async () => {
    const { marks } = await marksOf();
    await marks.set(contextOf('prod', ['old']), true);

    expect(marks.has(contextOf('prod', ['new']))).toBe(true);
    await marks.set(contextOf('prod', ['new']), true);
    expect(marks.has(contextOf('copy', ['new']))).toBe(true);
    // A copy that has the CA from before.
    expect(marks.has(contextOf('copy', ['old'], '/elsewhere'))).toBe(true);
  });

  it('of a context without a CA goes with it to its new name, and is there when that is undone', async () => {
    const { marks } = await marksOf();
    await marks.set(contextOf('omni', []), true);

    await marks.renamed(contextOf('omni', []), 'prod');
    await marks.renamed(contextOf('lab', []), 'test');

    const { marks: again } = await marksOf();
    const names = ['prod', 'omni', 'lab', 'test'];
    expect(names.filter((name) => again.has(contextOf(name, [])))).toEqual(['prod', 'omni']);
  });

  it('outlives settings that are damaged while Minos runs, whoever writes them next', async () => {
    const settings = new SettingsFile(path);
    const { marks } = await marksOf(new FakeClock(), vi.fn(), settings);
    await marks.set(contextOf('prod', ['aa']), true);
    await marks.set(contextOf('live', ['cc']), true);

    await writeFile(path, '{"version":4,"gro');
    await settings.update((old) => ({ ...old, talosconfigs: ['/other'] }));
    const damaged = JSON.parse(await readFile(path, 'utf8')) as { production: { name: unknown }[] };
    damaged.production[0]!.name = 7;
    await writeFile(path, JSON.stringify(damaged));
    await marks.set(contextOf('lab', ['bb']), true);

    const { marks: again } = await marksOf();
    const authorities = ['aa', 'bb', 'cc', 'dd'];
    const marked = (of: ProductionMarks) => authorities.filter((one) => of.has(contextOf('copy', [one], '/elsewhere')));
    expect([marked(marks), marked(again)]).toEqual([
      ['aa', 'bb', 'cc'],
      ['aa', 'bb', 'cc'],
    ]);
  });

  it('never goes for another one: where there is no more room, that one is refused', async () => {
    const full = Array.from({ length: 10_000 }, (_, n) => ({ authorities: [], file: '/config', name: `c${n}` }));
    await writeFile(path, JSON.stringify({ ...NO_SETTINGS, production: full }));
    const { marks } = await marksOf();

    await expect(marks.set(contextOf('one more', []), true)).rejects.toMatchObject({ failure: { code: 'too-large' } });

    expect(marks.has(contextOf('c0', [], '/config'))).toBe(true);
  });

  it('of a context without a CA is for its name in its file alone', async () => {
    const { marks } = await marksOf();
    await marks.set(contextOf('__proto__', []), true);

    const found = [contextOf('__proto__', []), contextOf('toString', []), contextOf('__proto__', [], '/elsewhere')];
    expect(found.map((each) => marks.has(each))).toEqual([true, false, false]);
  });

  it('is not forgotten where the settings cannot be read at first, and is not written over them', async () => {
    const { marks } = await marksOf();
    await marks.set(contextOf('prod', ['aa']), true);
    const text = await readFile(path, 'utf8');
    await writeFile(path, '{"version":99}');
    const clock = new FakeClock();
    const { marks: again } = await marksOf(clock);
    await expect(again.set(contextOf('lab', ['bb']), true)).rejects.toThrow('a newer Minos wrote them');
    expect(again.has(contextOf('prod', ['aa']))).toBe(false);

    await writeFile(path, text);
    clock.advance(5_000);
    await again.load();

    expect(again.has(contextOf('prod', ['aa']))).toBe(true);
  });
});
