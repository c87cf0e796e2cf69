import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { Secret } from '../../../main/lib/secret.ts';

test('a secret prints as [secret] everywhere and is revealed only on request', () => {
  const secret = new Secret('hunter2');

  expect([`${String(secret)}`, JSON.stringify({ secret }), inspect({ secret }, { showHidden: true })]).toEqual([
    '[secret]',
    '{"secret":"[secret]"}',
    '{ secret: [secret] }',
  ]);
  expect(secret.reveal()).toBe('hunter2');
  expect(JSON.stringify({ ...secret })).toBe('{}');
});
