import { drawMark } from './mark.ts';
import { encodePng } from './png.ts';

/** Sizes that Linux desktops look for. */
const LINUX_PX = [16, 32, 48, 64, 128, 256, 512] as const;
const WINDOWS_PX = [16, 24, 32, 48, 64, 256] as const;
/** Apple's names for the sizes of an icon; the second of a size is the one for dense screens. */
const MAC_TYPES = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512],
  ['ic10', 1024],
] as const;

const png = (sizePx: number): Buffer => encodePng(sizePx, drawMark(sizePx));

/** Windows' format: a directory of PNG files. */
function ico(sizes: readonly number[]): Buffer {
  const pictures = sizes.map(png);
  const head = Buffer.alloc(6 + 16 * sizes.length);
  head.writeUInt16LE(1, 2); // icons, not cursors
  head.writeUInt16LE(sizes.length, 4);
  let offset = head.length;
  pictures.forEach((picture, index) => {
    const at = 6 + 16 * index;
    const side = (sizes[index] ?? 0) % 256; // 256 is written as 0
    head.set([side, side, 0, 0, 1, 0, 32, 0], at);
    head.writeUInt32LE(picture.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += picture.length;
  });
  return Buffer.concat([head, ...pictures]);
}

/** Apple's format: PNG files, each behind a four-letter type. */
function icns(types: readonly (readonly [string, number])[]): Buffer {
  const parts = types.map(([type, sizePx]) => block(type, png(sizePx)));
  return block('icns', Buffer.concat(parts));
}

function block(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 0, 'latin1');
  head.writeUInt32BE(data.length + 8, 4);
  return Buffer.concat([head, data]);
}

/** Every icon file by its name in main/app/icons. The same bytes at every run. */
export function iconFiles(): ReadonlyMap<string, Buffer> {
  return new Map([
    ...LINUX_PX.map((sizePx): [string, Buffer] => [`${sizePx}x${sizePx}.png`, png(sizePx)]),
    ['icon.ico', ico(WINDOWS_PX)],
    ['icon.icns', icns(MAC_TYPES)],
  ]);
}
