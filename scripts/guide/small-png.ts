import { inflateSync } from 'node:zlib';
import { PNG_SIGNATURE, pngFile } from '../icons/png.ts';

/** Colours of a picture afterwards; those of a window with text are few. */
const MOST_COLOURS = 255;

/**
 * A picture of a window with a palette of colours, which is a third of the size: for the app, which should stay small. What is no PNG of
 * eight bits a colour, or would not be smaller, stays as it is.
 */
export function smallPng(png: Buffer): Buffer {
  const picture = read(png);
  if (picture === undefined) return png;
  const { width, height, pixels, channels } = picture;
  const counts = new Map<number, number>();
  for (let at = 0; at < pixels.length; at += channels) {
    const colour = colourAt(pixels, at);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const palette = paletteOf(counts);
  const known = new Map<number, number>(palette.map((colour, index) => [colour, index]));
  const rows = Buffer.alloc((width + 1) * height);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const colour = colourAt(pixels, (row * width + column) * channels);
      let index = known.get(colour);
      if (index === undefined) known.set(colour, (index = nearest(palette, colour)));
      rows[row * (width + 1) + 1 + column] = index;
    }
  }
  const colours = palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]);
  const small = pngFile({ width, height, rows, palette: Uint8Array.from(colours) });
  return small.length < png.length ? small : png;
}

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
  readonly channels: 3 | 4;
}

/** A picture of red, green and blue, perhaps with alpha, not interlaced; undefined for any other. */
function read(png: Buffer): Picture | undefined {
  if (!png.subarray(0, 8).equals(PNG_SIGNATURE)) return undefined;
  const data: Buffer[] = [];
  for (let at = 8; at + 8 <= png.length; at += png.readUInt32BE(at) + 12) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const [bits, kind, , , interlace] = png.subarray(24, 29);
  if (bits !== 8 || (kind !== 2 && kind !== 6) || interlace !== 0) return undefined;
  const channels = kind === 2 ? 3 : 4;
  return { width, height, channels, pixels: unfiltered(inflateSync(Buffer.concat(data)), width * channels, channels) };
}

/** Each row begins with how it was written: as differences to the left, above, both, or the nearest of three. */
function unfiltered(raw: Buffer, stride: number, channels: number): Uint8Array {
  const height = Math.floor(raw.length / (stride + 1));
  const out = new Uint8Array(stride * height);
  for (let row = 0; row < height; row += 1) {
    const kind = raw[row * (stride + 1)] ?? 0;
    for (let i = 0; i < stride; i += 1) {
      const at = row * stride + i;
      const left = i < channels ? 0 : (out[at - channels] ?? 0);
      const above = row === 0 ? 0 : (out[at - stride] ?? 0);
      const corner = row === 0 || i < channels ? 0 : (out[at - stride - channels] ?? 0);
      out[at] = (raw[row * (stride + 1) + 1 + i] ?? 0) + foretold(kind, left, above, corner);
    }
  }
  return out;
}

function foretold(kind: number, left: number, above: number, corner: number): number {
  if (kind === 0) return 0;
  if (kind === 1) return left;
  if (kind === 2) return above;
  if (kind === 3) return (left + above) >> 1;
  const guess = left + above - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

const colourAt = (pixels: Uint8Array, at: number): number =>
  ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);

/** The colours that most points have; of those that look alike only the first. */
function paletteOf(counts: ReadonlyMap<number, number>): readonly number[] {
  const byCount = [...counts].sort(([, a], [, b]) => b - a).map(([colour]) => colour);
  const palette: number[] = [];
  for (const colour of byCount) {
    if (palette.length === MOST_COLOURS) break;
    if (palette.length < 16 || distance(palette[nearest(palette, colour)] ?? 0, colour) > 48) palette.push(colour);
  }
  return palette;
}

function nearest(palette: readonly number[], colour: number): number {
  let best = 0;
  let least = Infinity;
  for (const [index, each] of palette.entries()) {
    const far = distance(each, colour);
    if (far < least) [best, least] = [index, far];
  }
  return best;
}

const distance = (a: number, b: number): number =>
  ((a >> 16) - (b >> 16)) ** 2 + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + ((a & 255) - (b & 255)) ** 2;
