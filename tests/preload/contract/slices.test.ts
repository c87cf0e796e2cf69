import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CALLS, STREAMS, TOPICS } from '../../../preload/contract/index.ts';

const CONTRACT = new URL('../../../preload/contract/', import.meta.url);

/** Names that the slices of all subjects give, one that stands in two of them twice. */
function namesIn(file: string): readonly string[] {
  return globSync(`*/${file}`, { cwd: CONTRACT }).flatMap((path) =>
    [...readFileSync(new URL(path, CONTRACT), 'utf8').matchAll(/^ {2}'?([\w.]+)'?: call</gm)].map(
      ([, name = '']) => name,
    ),
  );
}

test.each([
  ['calls.ts', CALLS],
  ['topics.ts', TOPICS],
  ['streams.ts', STREAMS],
])('what the subjects put into %s is served, each name by one subject', (file, table) => {
  expect(namesIn(file).toSorted()).toEqual(Object.keys(table).toSorted());
});
