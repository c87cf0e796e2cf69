import { expect, it } from 'vitest';
import { decimalSize } from '../../../preload/contract/index.ts';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1500, '1.5 kB'],
  [2e12, '2.0 TB'],
  [512e9, '512 GB'],
  [3e21, '3000 EB'],
])('%d bytes are %s, as on the label of a disk', (bytes, words) => {
  expect(decimalSize(bytes)).toBe(words);
});
