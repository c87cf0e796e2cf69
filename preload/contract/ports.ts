import type { Failure } from './failure.ts';
import type { ValuePart } from './parts.ts';

/** First message of the preload on CHANNEL.open: what the accompanying port shall carry. */
export interface OpenRequest {
  readonly kind: 'topic' | 'stream';
  readonly name: string;
  readonly params: unknown;
}

/** Largest message main sends, as it is copied. What is larger is cut before, comes in parts, or fails in words. */
export const MAX_MESSAGE_BYTES = 1024 * 1024;

/**
 * main → page on a port.
 * A topic sends `value` (a full snapshot, revision increasing), one that is too large for a message as `part`s, which are
 * put together with `JoinedParts`; no other value comes in between. A stream sends `batch` only while it has credit, then
 * `end`. Both may send `failed`. What arrived before a failure is delivered before the failure.
 */
export type ProducerMessage =
  | { readonly type: 'value'; readonly revision: number; readonly value: unknown }
  | ({
      readonly type: 'part';
      readonly revision: number;
      /** Counts the parts of this value from 0. */
      readonly index: number;
      readonly isLast: boolean;
    } & ValuePart)
  | {
      readonly type: 'batch';
      readonly seq: number;
      readonly items: readonly unknown[];
      /** How many items were dropped before this batch because the reader was slow. */
      readonly skipped: number;
    }
  | { readonly type: 'end' }
  | { readonly type: 'failed'; readonly failure: Failure };

/** page → main on a port. Closing the port means cancel. */
export type ConsumerMessage = { readonly type: 'credit'; readonly batches: number } | { readonly type: 'cancel' };

/** Most credit main honours at once, whatever the page asks for. */
export const MAX_CREDIT = 64;
