import { expect, it } from 'vitest';
import { csvCell } from '../../../renderer/lib/csv-cell.ts';

it.each([
  ['cp-1', 'cp-1'],
  ['a,b', '"a,b"'],
  ['say "a"', '"say ""a"""'],
  ['two\nlines', '"two\nlines"'],
  ['=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
  ['@SUM(A1)', "'@SUM(A1)"],
])('%j is a cell that no spreadsheet takes for more', (text, cell) => {
  expect(csvCell(text)).toBe(cell);
});
