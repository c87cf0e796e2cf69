import { describe, expect, it } from 'vitest';
import { LineSplitter, MAX_LINE_LENGTH } from '../../../../../main/operations/work/sinks/line-splitter.ts';

function linesOf(
  bytes: Uint8Array,
  at: readonly number[],
): { readonly lines: string[]; readonly notes: readonly string[] } {
  const splitter = new LineSplitter();
  const ends = [...at, bytes.length];
  const lines = ends.flatMap((end, index) => [...splitter.take(bytes.subarray(ends[index - 1] ?? 0, end))]);
  lines.push(...splitter.end());
  return { lines, notes: splitter.notes() };
}

const TEXT = 'Größe 漢字 😀\r\n\n  zwei\u0000\u001b[31m rot\nlast';
const LINES = ['Größe 漢字 😀', '', '  zwei\u0000\u001b[31m rot', 'last'];

describe('bytes of a log', () => {
  it.each(Array.from(Buffer.from(TEXT), (_byte, at) => at))(
    'become the same lines when they are cut at byte %i',
    (at) => {
      expect(linesOf(Buffer.from(TEXT), [at]).lines).toEqual(LINES);
    },
  );

  it('become the same lines one byte at a time', () => {
    const bytes = Buffer.from(TEXT);

    expect(
      linesOf(
        bytes,
        Array.from(bytes, (_byte, at) => at),
      ).lines,
    ).toEqual(LINES);
  });

  it('that are no text become the sign for that, and nothing after them is lost', () => {
    expect(linesOf(Buffer.from([0x61, 0xff, 0xc3, 0x0a, 0x62]), [2, 3]).lines).toEqual(['a\ufffd\ufffd', 'b']);
  });

  it('keep a sign that others take for a mark of the encoding', () => {
    expect(linesOf(Buffer.from('\ufeffa\n'), []).lines).toEqual(['\ufeffa']);
  });

  it('of ten megabytes without an end become one line that is cut, which is said, and the next is whole', () => {
    const bytes = Buffer.from(`${'x'.repeat(10_000_000)}\nnext\n`);
    const pieces = Array.from({ length: 9766 }, (_, index) => index * 1024);

    const { lines, notes } = linesOf(bytes, pieces);

    expect(lines).toEqual([`${'x'.repeat(MAX_LINE_LENGTH)}…`, 'next']);
    expect(notes).toEqual(['1 line was longer than 16,384 characters and cut.']);
  });
});
