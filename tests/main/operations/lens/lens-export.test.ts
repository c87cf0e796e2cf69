import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../../../main/lib/clock.ts';
import { Unfinished } from '../../../../main/files/own/unfinished.ts';
import { LensExports } from '../../../../main/operations/lens/lens-export.ts';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'minos-lens-'))));
afterEach(() => rm(folder, { recursive: true }));

const open = (path: string | undefined, signal: AbortSignal) => {
  const exports = new LensExports(() => 'id', new Unfinished(join(folder, 'unfinished'), systemClock));
  const names: string[] = [];
  const wish = { suggestedName: '../etc: passwd', format: 'ndjson' } as const;
  const choose = (asked: { readonly suggestedName: string }): Promise<string | undefined> => {
    names.push(asked.suggestedName);
    return Promise.resolve(path);
  };
  return { exports, names, items: exports.start(wish, choose, signal) };
};

test('text is written in the order it comes, and the file is there when all of it is', async () => {
  const path = join(folder, 'lines.ndjson');
  const { exports, names, items } = open(path, new AbortController().signal);
  expect((await items.next()).value).toEqual({ type: 'chosen', id: 'id', name: 'lines.ndjson' });
  expect(names).toEqual(['etc-passwd.ndjson']);
  const saved = items.next();
  await exports.write('id', 'one\n', false);
  expect(await readdir(folder)).not.toContain('lines.ndjson');
  await exports.write('id', 'two\n', true);
  expect((await saved).value).toEqual({ type: 'saved', name: 'lines.ndjson', bytes: 8 });
  expect(await readFile(path, 'utf8')).toBe('one\ntwo\n');
  await items.next();
  await expect(exports.write('id', 'late', true)).rejects.toMatchObject({ failure: { code: 'not-found' } });
});

test('an export that is cancelled leaves no file and nothing beside it', async () => {
  const stop = new AbortController();
  const { exports, items } = open(join(folder, 'lines.ndjson'), stop.signal);
  await items.next();
  const saved = items.next();
  await exports.write('id', 'one\n', false);
  stop.abort();
  await expect(saved).rejects.toMatchObject({ failure: { code: 'cancelled' } });
  expect((await readdir(folder)).filter((name) => name.includes('lines'))).toEqual([]);
});

test('a dialog that is closed ends it', async () => {
  const { items } = open(undefined, new AbortController().signal);
  expect((await items.next()).value).toEqual({ type: 'cancelled' });
  expect((await items.next()).done).toBe(true);
});
