import { expect, test } from 'vitest';
import { WholeLines } from '../../../../main/operations/lens/whole-lines.ts';

const HOSTILE = 'plain\n\nß 🎉 \u202e\r\n\u0000\u001b[31mred\u001b[0m\nlast';

function linesOf(chunks: readonly Uint8Array[]): readonly string[] {
  const splitter = new WholeLines();
  return [...chunks.flatMap((chunk) => splitter.take(chunk).lines), ...splitter.end().lines];
}

test('lines are the same wherever the bytes are cut', () => {
  const bytes = Buffer.from(HOSTILE);
  const whole = linesOf([bytes]);
  expect(whole).toEqual(['plain', '', 'ß 🎉 \u202e', '\u0000\u001b[31mred\u001b[0m', 'last']);
  for (let first = 0; first <= bytes.length; first += 1)
    for (let second = first; second <= bytes.length; second += 1)
      expect(linesOf([bytes.subarray(0, first), bytes.subarray(first, second), bytes.subarray(second)])).toEqual(whole);
  expect(linesOf([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(whole);
});

test('bytes that are no text become signs of that, and the lines around them are whole', () => {
  expect(linesOf([Buffer.from([0x61, 0xff, 0xfe, 0x0a, 0x62, 0xc3])])).toEqual(['a\ufffd\ufffd', 'b\ufffd']);
});

test('ten megabytes without an end are one line that is cut, told at once, and the next line is whole', () => {
  const splitter = new WholeLines();
  const chunk = Buffer.alloc(64 * 1024, 'x');
  const told = Array.from({ length: 160 }, () => splitter.take(chunk));
  const after = splitter.take(Buffer.from('end\nnext\n'));
  expect(told.flatMap(({ lines }) => lines.map(({ length }) => length))).toEqual([16_384]);
  expect(told.flatMap(({ cut }) => cut)).toEqual([0]);
  expect(after).toEqual({ lines: ['next'], cut: [] });
});
