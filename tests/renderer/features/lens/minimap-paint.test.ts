import { describe, expect, it } from 'vitest';
import { frameOf, paintMinimap, shareOf, type Pen } from '../../../../renderer/features/lens/minimap-paint.ts';
import type { LensMinimap } from '../../../../renderer/lens/protocol.ts';

const COLOURS = {
  levels: { fatal: 'bad', error: 'bad', warn: 'warn', info: 'info', debug: 'quiet', none: 'quiet' },
  ...{ hit: 'hit', gap: 'gap', mark: 'mark' },
};

type Box = readonly [colour: string, x: number, y: number, width: number, height: number];

/** A pen that writes down what it fills. */
function recording(): { readonly pen: Pen; readonly boxes: Box[]; readonly strokes: string[] } {
  const boxes: Box[] = [];
  const strokes: string[] = [];
  const pen = {
    ...{ fillStyle: '', strokeStyle: '', lineWidth: 1 },
    ...{ clearRect: () => undefined, beginPath: () => undefined, moveTo: () => undefined, lineTo: () => undefined },
    fillRect: (x: number, y: number, width: number, height: number) => boxes.push([pen.fillStyle, x, y, width, height]),
    stroke: () => strokes.push(pen.strokeStyle),
  };
  return { pen, boxes, strokes };
}

const MAP: LensMinimap = {
  ...{ fromMs: 0, toMs: 100, hits: [0, 3], gaps: [{ fromMs: 50, toMs: 60, source: 0 }] },
  buckets: [
    [0, 1, 0, 9_999, 0, 0],
    [0, 0, 0, 10, 0, 0],
  ],
};

const SIZE = { widthPx: 100, heightPx: 34 };

describe('the minimap', () => {
  it('shows one error among thousands of lines, at the bottom', () => {
    const { pen, boxes } = recording();
    paintMinimap(pen, SIZE, MAP, COLOURS, []);

    const [error] = boxes.filter(([colour]) => colour === 'bad');
    expect(error).toEqual(['bad', 0, 32, 49.5, 2]);
  });

  it('ticks hits at the top, hatches gaps and marks bookmarks', () => {
    const { pen, boxes, strokes } = recording();
    paintMinimap(pen, SIZE, MAP, COLOURS, [70]);

    expect(boxes).toContainEqual(['hit', 50, 0, 49.5, 3]);
    expect(boxes).toContainEqual(['mark', 69, 0, 2, 34]);
    expect(strokes).toEqual(['gap']);
  });

  it('frames what is seen, as far as it is on the map, and never too narrow to be seen', () => {
    expect(frameOf({ fromMs: 20, toMs: 40 }, MAP, 200)).toEqual({ leftPx: 40, widthPx: 40 });
    expect(frameOf({ fromMs: -50, toMs: 10 }, MAP, 200)).toEqual({ leftPx: 0, widthPx: 20 });
    expect(frameOf({ fromMs: 100, toMs: 100 }, MAP, 200)).toEqual({ leftPx: 196, widthPx: 4 });
  });

  it('knows where a moment is', () => {
    expect(shareOf(25, MAP)).toBe(0.25);
    expect(shareOf(25, { fromMs: 5, toMs: 5 })).toBe(0);
  });
});
