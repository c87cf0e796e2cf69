import { Failed } from '../lib/failed.ts';
import { serveOrders } from '../lib/worker-threads.ts';
import { TEXT_WORK, type TextAnswer, type TextJob } from './text-work.ts';
import { fromWire, toWire } from './wire.ts';

/** Entry of the worker thread that {@link TextWorkers} starts: does one job after the other. */
serveOrders(answer);

function answer({ id, name, args }: TextJob): TextAnswer {
  try {
    const work = TEXT_WORK[name] as (...args: unknown[]) => unknown;
    return { id, ok: true, value: toWire(work(...(fromWire(args) as unknown[]))) };
  } catch (error) {
    if (error instanceof Failed) return { id, ok: false, failure: error.failure };
    return { id, ok: false, message: error instanceof Error ? error.message : 'unknown error' };
  }
}
