import { formatNumber } from '../../../../preload/contract/format/numbers.ts';
import { roughSize } from '../../../lib/rough-size.ts';
import { isConnectionBroken } from '../../clusters/call-end.ts';

/** Most messages of one node that are kept. */
export const MAX_MESSAGES = 100_000;

/** Most bytes of one node that are kept, roughly as they lie in memory. */
export const MAX_COLLECTED_BYTES = 32 * 1024 * 1024;

/** Where what is kept is counted besides; false when nothing is left. */
export interface CollectedShare {
  take(bytes: number): boolean;
}

/** Messages of a stream that ended by itself, or was cut. */
export interface Collected<T> {
  readonly items: readonly T[];
  readonly isCut: boolean;
  /** It was cut because it is too large, not because it is too many. */
  readonly isLarge?: boolean;
}

/**
 * Reads a stream to its end, or up to a limit; leaving early ends it at the server. A list cannot be continued elsewhere
 * when its connection breaks, but it is a read: it is read once more from the beginning. Throws what the stream throws.
 * What it keeps is bounded in bytes as well, by itself and by `share`, which all nodes of a run have together.
 */
export async function collect<T>(
  open: () => AsyncIterable<T>,
  limit = MAX_MESSAGES,
  share?: CollectedShare,
): Promise<Collected<T>> {
  try {
    return await readAll(open(), limit, share);
  } catch (error) {
    if (!isConnectionBroken(error)) throw error;
    return readAll(open(), limit, share);
  }
}

async function readAll<T>(
  stream: AsyncIterable<T>,
  limit: number,
  share: CollectedShare | undefined,
): Promise<Collected<T>> {
  const items: T[] = [];
  let left = MAX_COLLECTED_BYTES;
  for await (const item of stream) {
    if (items.length === limit) return { items, isCut: true };
    const bytes = roughSize(item, left);
    left -= bytes;
    if (left < 0 || share?.take(bytes) === false) return { items, isCut: true, isLarge: true };
    items.push(item);
  }
  return { items, isCut: false };
}

/** The sentence for an answer that was cut. */
export function cutNote({ items, isCut, isLarge }: Collected<unknown>): readonly string[] {
  if (!isCut) return [];
  const why = isLarge === true ? 'the node had more, and all together are too large' : 'the node had more';
  return [`Only the first ${formatNumber(items.length)} are shown; ${why}.`];
}
