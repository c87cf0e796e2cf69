import { crc32, deflateSync } from 'node:zlib';

/** What every PNG file begins with. */
export const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A picture of eight bits a colour. */
export interface PngParts {
  readonly width: number;
  readonly height: number;
  /** Each with the number of its filter before it. */
  readonly rows: Uint8Array;
  /** Three bytes a colour, where points are numbers of colours; without one they are red, green, blue and alpha. */
  readonly palette?: Uint8Array;
}

/** The file of a picture. */
export function pngFile({ width, height, rows, palette }: PngParts): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, palette === undefined ? 6 : 3], 8); // 8 bits; red, green, blue, alpha or a palette
  return Buffer.concat([
    PNG_SIGNATURE,
    chunk('IHDR', header),
    ...(palette === undefined ? [] : [chunk('PLTE', palette)]),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** A square picture with alpha as a PNG file. Every row is stored as the difference to the row above. */
export function encodePng(sizePx: number, pixels: Uint8Array): Buffer {
  const stride = sizePx * 4;
  const rows = Buffer.alloc((stride + 1) * sizePx);
  for (let row = 0; row < sizePx; row += 1) {
    const at = row * (stride + 1);
    rows[at] = 2; // filter "up"
    for (let i = 0; i < stride; i += 1) {
      const above = row === 0 ? 0 : (pixels[(row - 1) * stride + i] ?? 0);
      rows[at + 1 + i] = (pixels[row * stride + i] ?? 0) - above;
    }
  }
  return pngFile({ width: sizePx, height: sizePx, rows });
}
