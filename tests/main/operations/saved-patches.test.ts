import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../main/lib/clock.ts';
import { silentLog } from '../../../main/lib/log.ts';
import { PatchLibrary } from '../../../main/operations/machine-configs/patch-library.ts';
import { MOST_SAVED, readPatches } from '../../../main/operations/machine-configs/saved-patches-file.ts';

let folder: string;
let path: string;
let library: PatchLibrary;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minos-patches-'));
  path = join(folder, 'patches.json');
  library = new PatchLibrary({ path, clock: systemClock, log: silentLog });
});
afterEach(() => rm(folder, { recursive: true }));

const TEXT = 'machine:\n  env:\n    A: ${A}\n';
const patch = { name: 'Env', about: 'For A', text: TEXT };

describe('saved patches', () => {
  it('are kept in a file for their owner alone, renamed, deleted and brought back', async () => {
    expect(await library.list()).toEqual({ saved: [], isWhole: true });
    const { id } = await library.save(patch);
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
    const other = new PatchLibrary({ path, clock: systemClock, log: silentLog });
    expect((await other.list()).saved).toEqual([{ id, ...patch, variables: [{ name: 'A', wants: 'text' }] }]);
    await library.save({ ...patch, id, name: 'Env 2' });
    await expect(library.save({ ...patch, name: 'Env 2' })).rejects.toThrow(
      'There is a saved patch called "Env 2" already.',
    );
    await library.remove(id);
    expect((await library.list()).saved).toEqual([]);
    await library.save({ ...patch, id });
    expect((await library.list()).saved.map(({ name }) => name)).toEqual(['Env']);
  });

  it('never hold a secret, and what is refused changes nothing', async () => {
    await library.save(patch);
    const before = await readFile(path, 'utf8');
    await expect(library.save({ ...patch, name: 'B', text: 'machine:\n  token: abc\n' })).rejects.toThrow(
      'holds a secret',
    );
    expect(await readFile(path, 'utf8')).toBe(before);
  });

  it('are imported from files under a free name, and written as files', async () => {
    await library.save({ ...patch, name: 'env' });
    const file = join(folder, 'env.yaml');
    await writeFile(file, TEXT);
    const [imported] = await library.importFiles([file]);
    expect(imported?.name).toBe('env (2)');
    const { content } = await library.exported(imported?.id ?? '');
    expect(content).toBe(`# Patch: env (2)\n# Write values in the place of \${A}.\n---\n${TEXT}`);
    await writeFile(file, 'machine:\n  token: abc\n');
    await expect(library.importFiles([file])).rejects.toThrow('env.yaml: Line 2: machine.token holds a secret');
    await expect(library.exported('00000000-0000-4000-8000-000000000000')).rejects.toThrow('not kept any more');
  });

  it('lose only what is broken, and the broken file is kept', async () => {
    const { id } = await library.save(patch);
    const written = JSON.parse(await readFile(path, 'utf8')) as { patches: unknown[] };
    await writeFile(path, JSON.stringify({ ...written, patches: [...written.patches, { name: 5 }] }));
    expect(await library.list()).toMatchObject({ saved: [{ id }], isWhole: false });
    await library.save({ ...patch, name: 'Next' });
    expect(await library.list()).toMatchObject({ saved: [{ name: 'Env' }, { name: 'Next' }], isWhole: true });
    expect((await readdir(folder)).some((name) => name.startsWith('patches.json.broken-'))).toBe(true);
  });

  it('that stand twice in a file are one: lists are made by their ids', () => {
    const one = { id: '00000000-0000-4000-8000-000000000000', ...patch, savedAtMs: 0 };
    const read = readPatches(JSON.stringify({ version: 1, patches: [one, { ...one, name: 'Other' }] }));
    expect(read).toMatchObject({ patches: [{ name: 'Other' }], isWhole: false });
  });

  it('of a newer Minos are not overwritten', async () => {
    await writeFile(path, '{"version": 2, "patches": []}');
    await expect(library.save(patch)).rejects.toThrow('a newer Minos wrote them');
    expect(await readFile(path, 'utf8')).toBe('{"version": 2, "patches": []}');
  });

  it('are at most two hundred', () => {
    const one = { id: '00000000-0000-4000-8000-000000000000', ...patch, savedAtMs: 0 };
    const idOf = (at: number): string => one.id.slice(0, -4) + String(1000 + at);
    const many = Array.from({ length: MOST_SAVED + 1 }, (_, at) => ({ ...one, id: idOf(at) }));
    expect(readPatches(JSON.stringify({ version: 1, patches: many })).patches).toHaveLength(MOST_SAVED);
  });
});
