import type { Failure } from './failure.ts';

/** First message of the preload on CHANNEL.open: what the accompanying port shall carry. */
export interface OpenRequest {
  readonly kind: 'topic' | 'stream';
  readonly name: string;
  readonly params: unknown;
}

/**
 * main → page on a port.
 * A topic sends `value` (a full snapshot, revision increasing); what a large one's lists begin with comes before it in
 * `part`s of the same revision, since no message has more than 1 MiB. A stream sends `batch` only while it has credit, then
 * `end`. Both may send `failed`. What arrived before a failure is delivered before the failure.
 */
export type ProducerMessage =
  | { readonly type: 'value'; readonly revision: number; readonly value: unknown }
  | {
      readonly type: 'part';
      readonly revision: number;
      /** The field of the value whose list goes on with these items. */
      readonly field: string;
      readonly items: readonly unknown[];
    }
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
