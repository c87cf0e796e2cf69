import type { FileEntry } from '../../../preload/contract/index.ts';
import { MOST_FOLLOWED_BYTES } from '../../../preload/contract/index.ts';
import type { Caller } from '../clusters/caller.ts';
import { dataOf } from '../commands/kit/bytes-command.ts';
import { nameOfPath } from '../commands/files/entries.ts';
import { Failed } from '../../lib/failed.ts';
import { fileEntry, listRequest } from './file-entry.ts';
import { LastBytes } from './file-pieces.ts';

const LOOK_WITHIN_MS = 15_000;
const READ_WITHIN_MS = 60_000;
/** So many bytes before the end are looked at again, to see whether it is still the same file. */
const KNOWN_END_BYTES = 4096;

/** What is known of a file after it was read to its end. */
export interface KnownEnd {
  /** Bytes until there. */
  readonly size: number;
  /** The last of them. */
  readonly end: Buffer;
}

/** What came of reading on. */
export type ReadOn =
  | { readonly type: 'grown'; readonly added: LastBytes; readonly known: KnownEnd }
  /** It is another file, or shorter: what was read before is not its beginning. */
  | { readonly type: 'other'; readonly why: 'replaced' | 'shorter' }
  | { readonly type: 'tooLarge' };

/** Asks a node for one file. Throws what calls throw, and Failed for what the node says instead of bytes. */
export class FileReader {
  readonly #caller: () => Caller;
  readonly #node: string;
  readonly #path: string;
  readonly #signal: AbortSignal;

  constructor(
    caller: () => Caller,
    { node, path }: { readonly node: string; readonly path: string },
    signal: AbortSignal,
  ) {
    this.#caller = caller;
    this.#node = node;
    this.#path = path;
    this.#signal = signal;
  }

  /** What it is now: one small call, however large the file. */
  async look(): Promise<FileEntry> {
    const options = { node: this.#node, deadlineMs: LOOK_WITHIN_MS, signal: this.#signal };
    const listed = this.#caller().serverStream('/machine.MachineService/List', listRequest(this.#path), options);
    for await (const one of listed) {
      if (one.error !== '') break;
      return fileEntry(nameOfPath(this.#path), one);
    }
    throw new Failed({ code: 'not-found', message: 'The node has nothing at this path.', hint: 'Look at the path.' });
  }

  /** Its first bytes, at most so many, and whether there are more. */
  async first(most: number): Promise<{ readonly bytes: Buffer; readonly isCut: boolean }> {
    const pieces: Uint8Array[] = [];
    let size = 0;
    for await (const piece of this.#bytes()) {
      pieces.push(piece);
      size += piece.length;
      if (size > most) break;
    }
    return { bytes: Buffer.concat(pieces, size).subarray(0, most), isCut: size > most };
  }

  /** What stands behind a known end. Everything before it is read again, since Talos reads from the beginning only. */
  async readOn({ size, end }: KnownEnd, mostBytes: number): Promise<ReadOn> {
    const added = new LastBytes(mostBytes);
    const last = new LastBytes(KNOWN_END_BYTES);
    const endFrom = size - end.length;
    let at = 0;
    for await (const piece of this.#bytes()) {
      const from = Math.max(0, endFrom - at);
      const known = piece.subarray(from, Math.max(from, size - at));
      if (known.length > 0 && !end.subarray(at + from - endFrom, at + from - endFrom + known.length).equals(known)) {
        return { type: 'other', why: 'replaced' };
      }
      const fresh = piece.subarray(Math.min(piece.length, Math.max(0, size - at)));
      if (fresh.length > 0) added.push(fresh);
      last.push(piece);
      at += piece.length;
      if (at > MOST_FOLLOWED_BYTES) return { type: 'tooLarge' };
    }
    if (at < size) return { type: 'other', why: 'shorter' };
    return { type: 'grown', added, known: { size: at, end: last.take() } };
  }

  #bytes(): AsyncIterable<Uint8Array> {
    const options = { node: this.#node, deadlineMs: READ_WITHIN_MS, signal: this.#signal };
    return dataOf(this.#caller().serverStream('/machine.MachineService/Read', { path: this.#path }, options));
  }
}
