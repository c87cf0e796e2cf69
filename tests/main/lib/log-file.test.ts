import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { KEPT_LOGS, LogFile, MAX_LOG_BYTES, RETRY_LOG_MS } from '../../../main/lib/log-file.ts';

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

test('a large file is moved aside, a bounded number of them is kept, and the youngest has the number 1', () => {
  mkdirSync(join(folder, 'logs'));
  writeFileSync(`${path}.old`, 'of an earlier Minos');
  const log = new LogFile(path);
  const rest = 'x'.repeat(99_990);

  for (let index = 0; index < 80; index += 1) log.write(`${index} ${rest}`);
  log.close();

  expect(readdirSync(join(folder, 'logs')).sort()).toEqual([
    'minos.log',
    ...Array.from({ length: KEPT_LOGS }, (_, index) => `minos.log.${index + 1}`),
  ]);
  for (const name of readdirSync(join(folder, 'logs'))) {
    expect(statSync(join(folder, 'logs', name)).size).toBeLessThanOrEqual(MAX_LOG_BYTES + 100_000);
  }
  const firstOf = (name: string): number => Number(readFileSync(name, 'utf8').split(' ')[0]);
  expect(firstOf(`${path}.1`)).toBeGreaterThan(firstOf(`${path}.2`));
});

test('when it cannot be written nothing fails; a minute later it goes on and says what is missing', () => {
  let nowMs = 0;
  writeFileSync(join(folder, 'logs'), 'a file where the folder should be');
  const log = new LogFile(path, () => nowMs);

  log.write('one');
  rmSync(join(folder, 'logs'));
  log.write('two');
  const before = existsSync(path);
  nowMs += RETRY_LOG_MS;
  log.write('three');
  log.close();

  expect(before).toBe(false);
  expect(readFileSync(path, 'utf8')).toBe('\n… 2 lines could not be written here\nthree\n');
});

test('a line that was written is not called missing when the file cannot be moved aside', () => {
  let nowMs = 0;
  mkdirSync(join(`${path}.${KEPT_LOGS}`, 'a folder'), { recursive: true });
  writeFileSync(`${path}.${KEPT_LOGS - 1}`, 'old');
  const log = new LogFile(path, () => nowMs);

  log.write('x'.repeat(MAX_LOG_BYTES));
  log.write('left out');
  nowMs += RETRY_LOG_MS;
  log.write('last');
  log.close();

  expect(readFileSync(path, 'utf8').slice(MAX_LOG_BYTES)).toBe('\n\n… 1 line could not be written here\nlast\n');
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
