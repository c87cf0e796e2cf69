import { describe, expect, it } from 'vitest';
import { drawnLine, linePieces } from '../../../../renderer/features/lens/lines/line-pieces.ts';
import type { LensRow } from '../../../../renderer/lens/protocol.ts';

const row = (rest: Partial<LensRow>): LensRow => ({
  ...{ line: 0, source: 0, level: 'info', timeMs: 0, timeKind: 'carried', text: '', isCut: false, bodyAt: 0 },
  ...{ spans: [], hits: [], ...rest },
});

const texts = (line: LensRow): readonly string[] => drawnLine(line).pieces.map(({ text }) => text);

describe('the pieces of a line', () => {
  it('begin and end where a colour or a hit does, also where they overlap', () => {
    const pieces = linePieces('a red word', [0, 10], [{ from: 2, to: 7, colour: 1 }], [[5, 10]]);

    expect(pieces.map(({ text, colour, isHit }) => [text, colour, isHit])).toEqual([
      ['a ', undefined, false],
      ['red', 1, false],
      [' w', 1, true],
      ['ord', undefined, true],
    ]);
  });

  it('leave out what stands in columns of its own', () => {
    expect(texts(row({ text: '14:02 I hello', bodyAt: 8 }))).toEqual(['hello']);
  });

  it('show what the search found there all the same', () => {
    expect(texts(row({ text: '14:02 I hello', bodyAt: 8, hits: [[0, 5]] }))).toEqual(['14:02', ' I hello']);
  });

  const JSON_LINE = '{"msg":"slow","took":"2s"}';
  const summary = { message: 'slow', fields: [{ name: 'took', value: '2s', kind: 'text' }] } as const;

  it('are the message and fields of a line that has some', () => {
    expect(drawnLine(row({ text: JSON_LINE, summary }))).toMatchObject({
      pieces: [{ text: 'slow' }],
      fields: [{ name: 'took', value: '2s' }],
    });
  });

  it('mark hits within the message, and show the whole line for others', () => {
    const inside = drawnLine(row({ text: JSON_LINE, summary, hits: [[9, 11]] }));
    expect(inside.pieces.map(({ text, isHit }) => [text, isHit])).toEqual([
      ['s', false],
      ['lo', true],
      ['w', false],
    ]);
    expect(texts(row({ text: JSON_LINE, summary, hits: [[21, 23]] })).join('')).toBe(JSON_LINE);
  });

  it('lose nothing of a line that only looks as if it had fields', () => {
    const html = '<img src=x onerror="a"><script>b</script>';
    const fields = [{ name: 'src', value: 'x', kind: 'text' }] as const;

    expect(texts(row({ text: html, summary: { message: '<img', fields } }))).toEqual([html]);
  });

  it('show a message that the line writes otherwise, such as with escapes', () => {
    const escaped = row({ text: '{"msg":"a\\"b"}', summary: { message: 'a"b', fields: [] } });
    expect(texts(escaped)).toEqual(['a"b']);
  });
});
