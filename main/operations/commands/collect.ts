import { PoolCallError } from '../../pool/call-error.ts';

/** Most messages of one node that are kept. */
export const MAX_MESSAGES = 100_000;

/** Messages of a stream that ended by itself, or was cut. */
export interface Collected<T> {
  readonly items: readonly T[];
  readonly isCut: boolean;
}

/**
 * Reads a stream to its end, or up to a limit; leaving early ends it at the server. A list cannot be continued elsewhere
 * when its connection breaks, but it is a read: it is read once more from the beginning. Throws what the stream throws.
 */
export async function collect<T>(open: () => AsyncIterable<T>, limit = MAX_MESSAGES): Promise<Collected<T>> {
  try {
    return await readAll(open(), limit);
  } catch (error) {
    if (!(error instanceof PoolCallError) || error.reason.kind !== 'transport') throw error;
    return readAll(open(), limit);
  }
}

async function readAll<T>(stream: AsyncIterable<T>, limit: number): Promise<Collected<T>> {
  const items: T[] = [];
  for await (const item of stream) {
    if (items.length === limit) return { items, isCut: true };
    items.push(item);
  }
  return { items, isCut: false };
}

/** The sentence for an answer that was cut. */
export function cutNote({ items, isCut }: Collected<unknown>): readonly string[] {
  return isCut ? [`Only the first ${items.length.toLocaleString('en')} are shown; the node had more.`] : [];
}
