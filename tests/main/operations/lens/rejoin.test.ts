import { expect, test } from 'vitest';
import { rejoin } from '../../../../main/operations/lens/rejoin.ts';

const KNOWN = ['a', 'b', 'c'];

test.each([
  ['nothing new', ['x', 'a', 'b', 'c'], [], 'nothing'],
  ['lines of the time between', ['a', 'b', 'c', 'd', 'e'], ['d', 'e'], 'nothing'],
  ['the last of two places that look the same', ['a', 'b', 'c', 'a', 'b', 'c', 'd'], ['d'], 'nothing'],
  ['a log whose oldest lines have gone', ['c', 'd'], ['d'], 'nothing'],
  ['a log that began anew', ['x', 'y'], ['x', 'y'], 'restarted'],
  ['a log that went on for too long', ['x', 'y', 'z', 'w', 'v'], ['x', 'y', 'z', 'w', 'v'], 'unknown'],
] as const)('goes on after the known lines: %s', (_what, got, lines, missing) => {
  expect(rejoin(KNOWN, got, 5)).toEqual({ lines, missing });
});
