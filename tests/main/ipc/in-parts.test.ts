import { serialize } from 'node:v8';
import { expect, test } from 'vitest';
import { inParts } from '../../../main/ipc/in-parts.ts';
import { joinParts } from '../../../renderer/lib/join-parts.ts';

test('a small value is one message', () => {
  expect(inParts({ list: [1] }, 3)).toEqual([{ type: 'value', revision: 3, value: { list: [1] } }]);
  expect(inParts('text', 1)).toEqual([{ type: 'value', revision: 1, value: 'text' }]);
});

test('a large value is messages below 1 MiB, and the page puts it together again', () => {
  const item = (n: number): object => ({
    name: `ü${n}`,
    endpoints: ['10.0.0.1'],
    certificate: { subject: '€'.repeat(200) },
  });
  const value = { contexts: Array.from({ length: 5_000 }, (_, n) => item(n)), files: [1, 2], selected: 'a' };
  const messages = inParts(value, 7);

  expect(messages.length).toBeGreaterThan(3);
  for (const message of messages) expect(serialize(message).length).toBeLessThan(1024 * 1024);
  const join = joinParts();
  const joined = messages.map((message) => join(message));
  expect(joined.slice(0, -1).filter((one) => one !== undefined)).toEqual([]);
  expect(joined.at(-1)).toEqual({ type: 'value', revision: 7, value });
});

test('parts of a value that never came whole are forgotten', () => {
  const join = joinParts();
  join({ type: 'part', revision: 1, field: 'list', items: [1] });
  join({ type: 'part', revision: 2, field: 'list', items: [2] });

  expect(join({ type: 'value', revision: 2, value: { list: [] } })).toMatchObject({ value: { list: [2] } });
  join({ type: 'part', revision: 3, field: 'list', items: [3] });
  expect(join({ type: 'value', revision: 4, value: { list: [4] } })).toMatchObject({ value: { list: [4] } });
});
