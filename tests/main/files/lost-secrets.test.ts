import { expect, test } from 'vitest';
import { lostSecrets } from '../../../main/files/lost-secrets.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const A = 'QQ'.repeat(40);
const B = 'Qg'.repeat(40);

test.each([
  ['an edit of other lines', `endpoints: [a]\nkey: ${A}\n`, `endpoints: [b, c]\nkey: ${A}\n`, 0],
  ['a key that moved', `one:\n key: ${A}\ntwo: 1\n`, `two: 1\none:\n key: ${A}\n`, 0],
  ['a removed key', `a: {key: ${A}}\nb: {key: ${B}}\n`, `b: {key: ${B}}\n`, 1],
  ['a replaced key that begins and ends alike', `key: ${A}x${A}\n`, `key: ${A}y${A}\n`, 1],
  ['a key in one line with others', `{a: {key: ${A}}, b: {key: "${B}"}}`, `{b: {key: "${B}"}}`, 1],
  ['a folded key', `key: >\n  ${A}\n  ${B}\n`, 'key: ""\n', 2],
  ['a file that goes', `key: ${A}\n`, undefined, 1],
  ['a short password', 'basic:\n  password: hunter2\n', 'basic: {}\n', 1],
])('counts what is lost with %s', async (_what, before, after, count) => {
  expect(await lostSecrets(bytes(before), after === undefined ? undefined : bytes(after))).toHaveLength(count);
});

test('says nothing of a file that is new or stays', async () => {
  expect(await lostSecrets(undefined, bytes(`key: ${A}\n`))).toEqual([]);
  expect(await lostSecrets(bytes(`key: ${A}\n`), bytes(`key: ${A}\n`))).toEqual([]);
});

test('holds no secret and no hash of one that could be guessed', async () => {
  const lost = JSON.stringify(await lostSecrets(bytes(`key: ${A}\npassword: hunter2\n`), bytes('')));
  expect(lost).not.toContain(A.slice(0, 20));
  expect(lost).toContain('"*"');
});

test('looks through files of many megabytes without holding up anything else', async () => {
  const many = Array.from({ length: 10_000 }, (_, n) => `  c${n}:\n    key: ${n}${A.repeat(9)}\n`);
  const before = bytes(many.join(''));
  const after = bytes(`# first\n${[...many.slice(0, 9000), ...many.slice(9001)].join('')}# last\n`);
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 0);

  const lost = await lostSecrets(before, after);

  clearInterval(timer);
  expect(lost).toHaveLength(1);
  expect(turns).toBeGreaterThan(3);
});
