import { Failed } from '../../../lib/failed.ts';
import { gunzipped } from '../../downloads/tar/gunzip.ts';
import { readTar, type ArchiveEntry } from '../../downloads/tar/read-tar.ts';

/** A file, folder or link of an archive. */
export interface SmallEntry {
  /** As the archive has it, without `./` before and `/` behind. */
  readonly path: string;
  readonly kind: ArchiveEntry['kind'];
  /** Of a file its text, of a link where it points to; else empty. */
  readonly text: string;
}

/** All that is unpacked: a node with 2,000 groups has some 60 MiB, most of it padding. */
const MAX_UNPACKED = 256 * 1024 * 1024;
/** Of one file; a group's longest list of processes is shorter. */
const MAX_FILE = 256 * 1024;
const MAX_ENTRIES = 400_000;

/**
 * The entries of a .tar.gz of many small files, as MachineService/Copy sends them, while it comes. Throws Failed `too-large`
 * beyond its bounds, `invalid` for what is no such archive.
 */
export async function* smallFiles(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<SmallEntry> {
  let count = 0;
  for await (const entry of readTar(bounded(gunzipped(pieces)))) {
    count += 1;
    if (count > MAX_ENTRIES) throw tooLarge();
    const { kind, link } = entry;
    yield {
      path: cleaned(entry.name),
      kind,
      text: kind === 'link' ? link : kind === 'file' ? await textOf(entry) : '',
    };
  }
}

async function* bounded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const piece of bytes) {
    total += piece.length;
    if (total > MAX_UNPACKED) throw tooLarge();
    yield piece;
  }
}

/** Of a longer one only its beginning. */
async function textOf(entry: ArchiveEntry): Promise<string> {
  const pieces: Uint8Array[] = [];
  let left = MAX_FILE;
  for await (const piece of entry.content()) {
    pieces.push(piece.subarray(0, left));
    left -= piece.length;
    if (left <= 0) break;
  }
  return Buffer.concat(pieces).toString('utf8');
}

const cleaned = (path: string): string =>
  path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');

const tooLarge = (): Failed =>
  new Failed({
    code: 'too-large',
    message: 'The node sent more control groups than Minos reads.',
    hint: 'No machine has so many: look at what answers there.',
  });
