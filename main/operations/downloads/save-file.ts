import { basename } from 'node:path';
import type { Unfinished } from '../../files/own/unfinished.ts';
import { placeToWrite, writeWholeFile, type PlaceToWrite } from '../../files/write-whole-file.ts';
import type { Arrived } from './arrived.ts';
import { inPieces } from './in-pieces.ts';

/** Where a file goes, looked at when the user said so. Throws Failed `file-access`. */
export const fileToSave = (path: string): Promise<PlaceToWrite> => placeToWrite(path);

/**
 * Saves what a node sends as one file: under another name (`….part`) until it is whole, readable by its owner alone, flushed,
 * then put in place. However it ends early (cancelled, broken off, disk full, `bytes` throws), nothing of it stays. What is
 * there already is replaced only if it is what the user saw. Throws Failed, and what `bytes` throws.
 */
export async function saveFile(
  place: PlaceToWrite,
  bytes: AsyncIterable<Uint8Array>,
  said: string,
  unfinished?: Unfinished,
): Promise<Arrived> {
  let size = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const piece of inPieces(bytes)) {
      size += piece.length;
      yield piece;
    }
  };
  await writeWholeFile(place, counted(), unfinished, 'part');
  return { name: basename(place.target), path: place.target, bytes: size, said };
}
