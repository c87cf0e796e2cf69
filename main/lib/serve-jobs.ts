import { serialize } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import { END } from './end-thread.ts';
import { Failed } from './failed.ts';
import { PLAIN, type Crossing, type JobAnswer, type JobMessage, type JobTable } from './job-messages.ts';

/** Largest value unless a thread says otherwise: 32 MiB of it take the thread that gets it some 50 ms. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/** Options of {@link serveJobs}. */
export interface ServeJobsOptions {
  /** A larger answer, or part of one (serialized), does not cross: its job fails as too large. Default 32 MiB. */
  readonly maxAnswerBytes?: number;
  /** The same as the pool's. */
  readonly crossing?: Crossing;
}

/**
 * In the file of a thread of a {@link WorkerPool}: does the jobs of a table, one after the other. A Failed that is thrown
 * arrives as a Failed, anything else as an Error with its message.
 */
export function serveJobs(
  jobs: JobTable,
  { maxAnswerBytes = MAX_ANSWER_BYTES, crossing = PLAIN }: ServeJobsOptions = {},
): void {
  const port = parentPort;
  /** What is left of an answer in parts. */
  let left: Iterator<unknown, void> | undefined;

  const begin = (name: string, args: unknown): unknown => {
    const job = jobs[name] as ((...args: readonly unknown[]) => unknown) | undefined;
    if (job === undefined) throw new Error(`there is no job ${name}`);
    return job(...(crossing.fromWire(args) as readonly unknown[]));
  };
  const valueOf = (value: unknown): JobAnswer => {
    // Serialized here, so that its size is known before it crosses.
    const bytes = serialize(crossing.toWire(value));
    if (bytes.length > maxAnswerBytes) return { type: 'too-large' };
    // A copy whose memory is its own: it is moved.
    return { type: 'value', bytes: new Uint8Array(bytes) };
  };
  const nextPart = (): JobAnswer => {
    if (left === undefined) throw new Error('there is no job to go on with');
    const next = left.next();
    if (next.done !== true) return valueOf(next.value);
    left = undefined;
    return { type: 'no-more' };
  };
  const answer = (message: Exclude<JobMessage, { type: 'drop' }>): JobAnswer => {
    try {
      if (message.type === 'next') return nextPart();
      const begun = begin(message.name, message.args);
      if (message.type === 'whole') return valueOf(begun);
      left = begun as Iterator<unknown, void>;
      return nextPart();
    } catch (error) {
      if (error instanceof Failed) return { type: 'failed', failure: error.failure };
      return { type: 'threw', message: error instanceof Error ? error.message : 'unknown error' };
    }
  };

  port?.on('message', (message: JobMessage | typeof END) => {
    if (message === END) return port.close();
    if (message.type === 'drop') {
      left = undefined;
      return;
    }
    const sent = answer(message);
    port.postMessage(sent, sent.type === 'value' ? [sent.bytes.buffer] : []);
  });
}
