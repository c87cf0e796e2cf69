import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OwnList } from '../../../main/files/own/own-list.ts';
import { silentLog } from '../../../main/lib/log.ts';

let folder: string;
const path = (): string => join(folder, 'marks.json');
const open = (): OwnList<{ id: string }> =>
  new OwnList({
    ...{ path: path(), name: 'marks', words: 'the marks', entry: v.object({ id: v.string() }), mostBytes: 1_000 },
    log: silentLog,
  });
const broken = async (): Promise<readonly string[]> =>
  (await readdir(folder)).filter((name) => name.includes('.broken-'));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minos-own-list-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("a list in a file of Minos's own", () => {
  it('is there again after it was written, for its owner alone, and empty before', async () => {
    expect(await open().read()).toEqual([]);
    await open().write([{ id: 'a' }]);

    expect(await open().read()).toEqual([{ id: 'a' }]);
    expect((await stat(path())).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(path(), 'utf8'))).toEqual({ version: 1, marks: [{ id: 'a' }] });
    expect(await broken()).toEqual([]);
  });

  it.each([
    ['is no JSON', 'not json', []],
    ['is too long', ' '.repeat(2_000), []],
    ['is cut', '{"version":1,"mar', []],
    ['has another form', '{"version":1,"marks":{}}', []],
    ['has no version', '{"marks":[{"id":"a"},null]}', [{ id: 'a' }]],
    ['holds one that is broken', '{"version":1,"marks":[{"id":"a"},{"id":5}]}', [{ id: 'a' }]],
  ])('that %s is kept under another name before it is overwritten, once', async (_what, text, left) => {
    await writeFile(path(), text);
    const list = open();

    expect(await list.read()).toEqual(left);
    expect(await broken()).toEqual([]);
    await list.write([{ id: 'b' }]);
    await list.write([{ id: 'c' }]);

    const [kept = '', ...others] = await broken();
    expect([await readFile(join(folder, kept), 'utf8'), others]).toEqual([text, []]);
    expect(await open().read()).toEqual([{ id: 'c' }]);
  });

  it('that was broken, and that its owner moved away meanwhile, is written anew', async () => {
    await writeFile(path(), 'not json');
    const list = open();
    await list.read();
    await rm(path());

    await list.write([{ id: 'b' }]);

    expect([await open().read(), await broken()]).toEqual([[{ id: 'b' }], []]);
  });

  it('that a newer Minos wrote is not overwritten', async () => {
    const text = '{"version":2,"marks":[{"id":"a","more":true}]}';
    await writeFile(path(), text);
    const list = open();

    expect(await list.read()).toEqual([]);
    await expect(list.write([])).rejects.toMatchObject({ failure: { code: 'file-invalid' } });
    expect(await readFile(path(), 'utf8')).toBe(text);
  });
});
