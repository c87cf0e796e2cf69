import { roughSize } from '../../../lib/rough-size.ts';
import { MAX_COLLECTED_BYTES, type Collected, type CollectedShare } from './collect.ts';
import type { ComingAnswer, Row } from './definition.ts';

/** A stream of messages, and what becomes of each. */
interface ComingRows<T> {
  readonly open: () => AsyncIterable<T>;
  readonly rows: (message: T) => Iterable<Row>;
  /** Most messages that are read; leaving early ends the stream at the server. */
  readonly limit: number;
  /** Where what is kept is counted besides. */
  readonly share?: CollectedShare;
}

/**
 * Rows of a stream as its messages come. The messages are kept too, for notes and details, within the bounds of
 * {@link Collected}; what is beyond them is not read. A stream that breaks is the reader's to begin anew: what it has told
 * already would come twice.
 */
export function comingRows<T>({ open, rows, limit, share }: ComingRows<T>): ComingAnswer {
  const items: T[] = [];
  const answer: { items: readonly T[]; isCut: boolean; isLarge?: boolean } & Collected<T> = { items, isCut: false };
  async function* read(): AsyncGenerator<Iterable<Row>, void, undefined> {
    let left = MAX_COLLECTED_BYTES;
    for await (const message of open()) {
      const bytes = items.length === limit ? 0 : roughSize(message, left);
      left -= bytes;
      if (items.length === limit || left < 0 || share?.take(bytes) === false) {
        answer.isCut = true;
        if (items.length < limit) answer.isLarge = true;
        return;
      }
      items.push(message);
      yield rows(message);
    }
  }
  return { rows: read(), answer };
}
