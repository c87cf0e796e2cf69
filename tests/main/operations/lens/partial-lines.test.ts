import { expect, test } from 'vitest';
import { PartialLines } from '../../../../main/operations/lens/partial-lines.ts';

const at = (second: number, stream: 'stdout' | 'stderr', kind: string, text: string): string =>
  `2026-03-01T10:00:0${second}.000000000Z ${stream} ${kind} ${text}`;
const take = (partial: PartialLines, ...lines: readonly string[]) => partial.take({ lines, cut: [] });

test('parts of a line become one with the time of the first, however they come', () => {
  const partial = new PartialLines();
  expect(take(partial, at(0, 'stdout', 'F', 'whole'), at(1, 'stdout', 'P', 'begin ')).lines).toEqual([
    at(0, 'stdout', 'F', 'whole'),
  ]);
  expect(take(partial, at(2, 'stdout', 'P', ' middle')).lines).toEqual([]);
  expect(take(partial, at(3, 'stdout', 'F', ' end'), at(4, 'stdout', 'F', 'next')).lines).toEqual([
    at(1, 'stdout', 'F', 'begin  middle end'),
    at(4, 'stdout', 'F', 'next'),
  ]);
});

test('what a container writes to its other stream meanwhile is no part of it', () => {
  const partial = new PartialLines();
  const { lines } = take(
    partial,
    at(1, 'stdout', 'P', 'a'),
    at(2, 'stderr', 'F', 'other'),
    'a line of something else',
    at(3, 'stderr', 'P', 'c'),
    at(4, 'stdout', 'F', 'b'),
  );
  expect(lines).toEqual([at(2, 'stderr', 'F', 'other'), 'a line of something else', at(1, 'stdout', 'F', 'ab')]);
  expect(partial.end()).toEqual({ lines: [at(3, 'stderr', 'F', 'c')], cut: [] });
  expect(partial.end().lines).toEqual([]);
});

test('a line of endless parts is cut where every line is, and that is said', () => {
  const partial = new PartialLines();
  for (let part = 0; part < 100; part += 1) take(partial, at(1, 'stdout', 'P', 'x'.repeat(1000)));
  const { lines, cut } = take(partial, at(1, 'stdout', 'F', 'first'), at(2, 'stdout', 'F', 'second'));
  expect(lines.map(({ length }) => length)).toEqual([16_384, at(2, 'stdout', 'F', 'second').length]);
  expect(cut).toEqual([0]);
});
