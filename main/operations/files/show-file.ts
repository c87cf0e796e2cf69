import { MOST_FOLLOWED_BYTES, type FileEntry, type FileItem } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed, isCancelled } from '../../lib/failed.ts';
import { pause } from '../../lib/pause.ts';
import type { Caller } from '../clusters/caller.ts';
import { talosctlLine } from '../commands/kit/talosctl-line.ts';
import { cleanPath } from './file-path.ts';
import { base64Pieces } from './file-pieces.ts';
import { FileReader, type KnownEnd } from './file-reader.ts';

/** The least time between two looks at a file that is followed. */
const LOOK_EVERY_MS = 2000;
/** What following may read of a node, on average: a larger file is looked at less often. */
const BYTES_PER_SECOND = 2 * 1024 * 1024;

/** A file to be shown. */
export interface FileWish {
  readonly node: string;
  readonly path: string;
  readonly mostBytes: number;
  readonly isFollowed: boolean;
}

/** What showing a file needs. */
export interface FileTools {
  /** Calls to the cluster as of now. Throws Failed when it is closed or cannot be dialled. */
  readonly caller: () => Caller;
  readonly clock: Clock;
  /** Does anybody see the page? While nobody does, a file that is followed is not looked at. */
  readonly isSeen: () => boolean;
}

const NOTHING: KnownEnd = { size: 0, end: Buffer.alloc(0) };

/** The content of a file, and what is written to it while it is followed (docs/adr/0039). Throws Failed when nothing could be read. */
export async function* showFile(
  tools: FileTools,
  wish: FileWish,
  signal: AbortSignal,
): AsyncGenerator<FileItem, void, undefined> {
  const { caller, clock } = tools;
  const { node, mostBytes, isFollowed } = wish;
  const path = cleanPath(wish.path);
  const reader = new FileReader(caller, { node, path }, signal);
  yield { type: 'started', talosctl: talosctlLine(caller(), [node], ['read', path]) };
  const explained = (error: unknown): unknown =>
    signal.aborted || isCancelled(error) || error instanceof Failed
      ? error
      : new Failed(caller().explain(error, { node }), error);
  let entry: FileEntry;
  try {
    entry = await reader.look();
  } catch (error) {
    throw explained(error);
  }
  const isTooLarge = isFollowed && (entry.size ?? 0) > MOST_FOLLOWED_BYTES;
  if (isFollowed && !isTooLarge) {
    yield* new Follower(tools, reader, wish, explained, signal).items(entry);
    return;
  }
  yield { type: 'entry', entry, atMs: clock.now() };
  try {
    const { bytes, isCut } = await reader.first(mostBytes);
    yield { type: 'again', why: 'first', skipped: 0 };
    for (const base64 of base64Pieces(bytes)) yield { type: 'bytes', base64 };
    yield { type: 'read', isCut, atMs: clock.now() };
  } catch (error) {
    throw explained(error);
  }
  if (isTooLarge) yield { type: 'tooLarge', atMs: clock.now() };
}

/** One file that is followed, until the signal aborts or it has become too large. */
class Follower {
  readonly #tools: FileTools;
  readonly #reader: FileReader;
  readonly #mostBytes: number;
  readonly #explained: (error: unknown) => unknown;
  readonly #signal: AbortSignal;
  #known: KnownEnd | undefined;
  /** Of a file whose size says nothing: what was shown last. */
  #shown: Buffer | undefined;

  constructor(
    tools: FileTools,
    reader: FileReader,
    { mostBytes }: FileWish,
    explained: (error: unknown) => unknown,
    signal: AbortSignal,
  ) {
    this.#tools = tools;
    this.#reader = reader;
    this.#mostBytes = mostBytes;
    this.#explained = explained;
    this.#signal = signal;
  }

  async *items(first: FileEntry): AsyncGenerator<FileItem, void, undefined> {
    const { clock } = this.#tools;
    let entry: FileEntry = first;
    let seen: FileEntry | undefined;
    let troubleSinceMs: number | undefined;
    while (!this.#signal.aborted) {
      try {
        if (seen !== undefined) entry = await this.#reader.look();
        if (isChanged(seen, entry)) {
          yield { type: 'entry', entry, atMs: clock.now(), everyMs: everyMs(entry) };
          if ((yield* this.#read(entry)) === 'tooLarge') return;
        } else yield { type: 'same', atMs: clock.now() };
        seen = entry;
        troubleSinceMs = undefined;
      } catch (thrown) {
        const error = this.#explained(thrown);
        // What could not even be read once has failed; later it may be a node that restarts, or a log that is replaced.
        if (seen === undefined || !(error instanceof Failed) || isCancelled(error)) throw error;
        troubleSinceMs ??= clock.now();
        yield { type: 'trouble', failure: error.failure, sinceMs: troubleSinceMs };
      }
      await this.#wait(everyMs(entry));
    }
  }

  /** Shows what is new of it. */
  async *#read(entry: FileEntry): AsyncGenerator<FileItem, 'tooLarge' | undefined, undefined> {
    const isKernels = entry.size === 0;
    const before = isKernels ? undefined : this.#known;
    let read = await this.#reader.readOn(before ?? NOTHING, this.#mostBytes);
    let why: 'first' | 'replaced' | 'shorter' | 'anew' | undefined;
    if (before === undefined) why = this.#known === undefined ? 'first' : 'anew';
    if (read.type === 'other') {
      ({ why } = read);
      read = await this.#reader.readOn(NOTHING, this.#mostBytes);
    }
    const atMs = this.#tools.clock.now();
    if (read.type !== 'grown') {
      yield { type: 'tooLarge', atMs };
      return 'tooLarge';
    }
    const { added, known } = read;
    const bytes = added.take();
    this.#known = known;
    if (isKernels && this.#shown?.equals(bytes) === true) {
      yield { type: 'same', atMs };
      return undefined;
    }
    this.#shown = isKernels ? bytes : undefined;
    const skipped = known.size - bytes.length;
    // More came at once than is shown: what was shown before is not beside it.
    if (why === undefined && added.came > bytes.length) why = 'anew';
    if (why !== undefined) yield { type: 'again', why, skipped };
    for (const base64 of base64Pieces(bytes)) yield { type: 'bytes', base64 };
    yield { type: 'read', isCut: false, atMs };
    return undefined;
  }

  /** Until the next look, and until somebody looks at the page. */
  async #wait(delayMs: number): Promise<void> {
    const { clock, isSeen } = this.#tools;
    do {
      await pause(clock, delayMs, this.#signal);
    } while (!this.#signal.aborted && !isSeen());
  }
}

/** Until the next look: a file that is read whole each time it grows is looked at the less often the larger it is. */
const everyMs = ({ size = 0 }: FileEntry): number =>
  Math.max(LOOK_EVERY_MS, Math.round((size / BYTES_PER_SECOND) * 1000));

/** Whether it is worth being read again; the size of a file of the kernel says nothing. */
const isChanged = (seen: FileEntry | undefined, now: FileEntry): boolean =>
  seen === undefined || now.size === 0 || seen.size !== now.size || seen.modifiedMs !== now.modifiedMs;
