import { serialize } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import type { Failure } from '../../preload/contract/index.ts';
import { Failed } from './failed.ts';
import { END_ORDER } from './worker-threads.ts';

/** What a thread sends for one order: the serialized answer, why there is none, or what was thrown. */
export type BoundedAnswer =
  | { readonly type: 'answer'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'too-large' }
  | { readonly type: 'failed'; readonly failure: Failure }
  | { readonly type: 'threw'; readonly message: string };

/** Largest answer unless a worker says otherwise: 32 MiB of it take the thread that gets it some 50 ms. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/**
 * In the file of a {@link BoundedWorker}: answers each order with what `answer` gives, one after the other. The answer is
 * plain data; one above `maxAnswerBytes` (serialized) does not cross and fails the order as too large. A Failed that is
 * thrown arrives as a Failed.
 */
export function serveBounded<Order>(
  answer: (order: Order) => unknown,
  { maxAnswerBytes = MAX_ANSWER_BYTES }: { readonly maxAnswerBytes?: number } = {},
): void {
  const port = parentPort;
  port?.on('message', (order: Order | typeof END_ORDER) => {
    if (order === END_ORDER) return port.close();
    const sent = answerOf(() => answer(order), maxAnswerBytes);
    port.postMessage(sent, sent.type === 'answer' ? [sent.bytes.buffer] : []);
  });
}

function answerOf(make: () => unknown, maxAnswerBytes: number): BoundedAnswer {
  try {
    // Serialized here, so that its size is known before it crosses.
    const bytes = serialize(make());
    if (bytes.length > maxAnswerBytes) return { type: 'too-large' };
    // A copy whose memory is its own: it is moved.
    return { type: 'answer', bytes: new Uint8Array(bytes) };
  } catch (error) {
    if (error instanceof Failed) return { type: 'failed', failure: error.failure };
    return { type: 'threw', message: error instanceof Error ? error.message : 'unknown error' };
  }
}
