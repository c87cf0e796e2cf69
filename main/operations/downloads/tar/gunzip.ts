import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { systemCode } from '../../../files/file-failure.ts';
import { notTar } from './tar-header.ts';

/**
 * Decompresses what a node sends, on a thread of Node's own; whoever stops reading ends the source. Throws Failed `invalid` for
 * what is no gzip or was cut, and what the source throws.
 */
export async function* gunzipped(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const gunzip = createGunzip();
  // What goes wrong in either is thrown to whoever reads the last one.
  pipeline(Readable.from(bytes, { objectMode: true, highWaterMark: 4 }), gunzip, () => undefined);
  try {
    for await (const piece of gunzip) yield piece as Uint8Array;
  } catch (error) {
    if (systemCode(error)?.startsWith('Z_') !== true) throw error;
    throw notTar('it is not compressed as it should be, or was cut', error);
  }
}
