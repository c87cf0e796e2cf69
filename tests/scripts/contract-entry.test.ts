import { expect, test } from 'vitest';
import { contractEntry } from '../../scripts/exports/contract-entry.ts';

const ONE = `/** Calls. */
export const oneCalls = {
  /** Looks. */
  'one.look': call<readonly Thing[]>()(nothing),
  'one.bare': call<void>()(nothing),
} as const;
`;
const OTHER = `export const otherCalls = {
  /**
   * Waits, and
   * says so.
   */
  other: call<void>()(nothing),
} as const;
`;

test('an entry of the contract is told by the comment above it and its type, in whichever source it stands', () => {
  expect(contractEntry([ONE, OTHER], 'one.look')).toEqual({ says: 'Looks.', answers: 'readonly Thing[]' });
  expect(contractEntry([ONE, OTHER], 'other')).toEqual({ says: 'Waits, and says so.', answers: 'void' });
});

test('an entry without a comment does not get the one of the entry before it, and an unknown one nothing', () => {
  expect(() => contractEntry([ONE], 'one.bare')).toThrow('one.bare has no comment above it');
  expect(() => contractEntry([ONE], 'other')).toThrow('other stands in no table of the contract');
});
