import { visible } from '../../../preload/contract/visible.ts';
import type { LensSpan } from '../protocol.ts';

/** A line as it can be drawn: colours apart, every other code written out. */
export interface PlainLine {
  readonly text: string;
  readonly spans: readonly LensSpan[];
}

/** Most pieces of one line that have a colour of their own. */
const MOST_SPANS = 200;

// eslint-disable-next-line no-control-regex -- what is looked for
const SGR = /\u001b\[([0-9;:]{0,64})m/g;

interface Style {
  colour: number | undefined;
  isBold: boolean;
  isDim: boolean;
}

/**
 * Takes the colours out of a line (SGR); whatever else a terminal would obey (titles, the clipboard, links, movements), and signs
 * that are not seen or turn text around, are written out (`\u001b`).
 */
export function plainLine(raw: string): PlainLine {
  const style: Style = { colour: undefined, isBold: false, isDim: false };
  const spans: LensSpan[] = [];
  let text = '';
  let from = 0;
  const take = (until: number): void => {
    const piece = written(raw.slice(from, until));
    if (piece !== '' && spans.length < MOST_SPANS && (style.colour !== undefined || style.isBold || style.isDim))
      spans.push(spanOf(style, text.length, text.length + piece.length));
    text += piece;
  };
  for (const match of raw.matchAll(SGR)) {
    take(match.index);
    from = match.index + match[0].length;
    apply(style, match[1] ?? '');
  }
  take(raw.length);
  return { text, spans };
}

/** Tabs stay. */
function written(text: string): string {
  return text.includes('\t') ? text.split('\t').map(visible).join('\t') : visible(text);
}

function spanOf({ colour, isBold, isDim }: Style, from: number, to: number): LensSpan {
  return { from, to, ...(colour !== undefined && { colour }), ...(isBold && { isBold }), ...(isDim && { isDim }) };
}

function apply(style: Style, parameters: string): void {
  const codes = parameters.split(/[;:]/).map((code) => (code === '' ? 0 : Number(code)));
  for (let index = 0; index < codes.length; index += 1) {
    const code = codes[index] ?? 0;
    if (code === 0) Object.assign(style, { colour: undefined, isBold: false, isDim: false });
    else if (code === 1) style.isBold = true;
    else if (code === 2) style.isDim = true;
    else if (code === 22) Object.assign(style, { isBold: false, isDim: false });
    else if (code >= 30 && code <= 37) style.colour = code - 30;
    else if (code >= 90 && code <= 97) style.colour = code - 82;
    else if (code === 39) style.colour = undefined;
    else if (code === 38 || code === 48 || code === 58) {
      const isIndexed = codes[index + 1] === 5;
      if (code === 38) style.colour = isIndexed ? nearestOf256(codes[index + 2] ?? 0) : nearest(codes.slice(index + 2));
      index += isIndexed ? 2 : 4;
    }
  }
}

/** Red, green and blue of the palette's colours, roughly as every terminal has them. */
const PALETTE: readonly (readonly [number, number, number])[] = [
  ...([
    [0, 0, 0],
    [187, 0, 0],
    [0, 187, 0],
    [187, 187, 0],
    [0, 0, 187],
    [187, 0, 187],
    [0, 187, 187],
    [187, 187, 187],
  ] as const),
  ...([
    [85, 85, 85],
    [255, 85, 85],
    [85, 255, 85],
    [255, 255, 85],
    [85, 85, 255],
    [255, 85, 255],
    [85, 255, 255],
    [255, 255, 255],
  ] as const),
];

function nearest([red = 0, green = 0, blue = 0]: readonly number[]): number {
  const distances = PALETTE.map(([r, g, b]) => (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2);
  return distances.indexOf(Math.min(...distances));
}

function nearestOf256(index: number): number {
  if (index < 16) return index;
  if (index >= 232) return nearest(Array.from({ length: 3 }, () => 8 + (index - 232) * 10));
  const of = (part: number): number => (part === 0 ? 0 : 55 + part * 40);
  const cube = index - 16;
  return nearest([of(Math.floor(cube / 36)), of(Math.floor(cube / 6) % 6), of(cube % 6)]);
}

/** Does a text have anything but ASCII that is seen, tabs and line ends? Most have not, and need no {@link plainLine}. */
export function mayNeedPlain(text: string): boolean {
  return OTHER.test(text);
}

const OTHER = /[^\t\n\u0020-\u007e]/;
