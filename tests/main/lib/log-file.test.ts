import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LogFile, MAX_LOG_BYTES } from '../../../main/lib/log-file.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'minos-log-'));
  path = join(folder, 'logs', 'minos.log');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('lines are in the file at once, after those of the start before, for its owner only', () => {
  const first = new LogFile(path);
  first.write('one');
  first.close();
  const second = new LogFile(path);

  second.write('two');

  expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  second.close();
});

test('the file is moved aside when it is large, and only one old one is kept', () => {
  const log = new LogFile(path);
  const line = 'x'.repeat(99_999);

  for (let i = 0; i < 40; i += 1) log.write(line);
  log.close();

  expect(statSync(path).size).toBeLessThanOrEqual(MAX_LOG_BYTES + 100_000);
  expect(statSync(`${path}.old`).size).toBeLessThanOrEqual(MAX_LOG_BYTES + 100_000);
});

test('a link or a folder in its place is not followed, and nothing fails', () => {
  const victim = join(folder, 'victim');
  writeFileSync(victim, 'mine');
  mkdirSync(join(folder, 'logs'));
  symlinkSync(victim, path);
  mkdirSync(join(folder, 'other.log'));

  new LogFile(path).write('one');
  new LogFile(join(folder, 'other.log')).write('one');

  expect(readFileSync(victim, 'utf8')).toBe('mine');
});
