import { serveBounded } from '../lib/serve-bounded.ts';
import { TEXT_WORK, type TextJob } from './text-work.ts';
import { fromWire, toWire } from './crossing.ts';

/** Entry of the worker thread that {@link TextWorkers} starts: does one job after the other. Values are on the wire. */
serveBounded(
  ({ name, args }: TextJob): unknown => {
    const work = TEXT_WORK[name] as (...args: unknown[]) => unknown;
    return toWire(work(...(fromWire(args) as unknown[])));
  },
  { maxAnswerBytes: 128 * 1024 * 1024 },
);
