import type { CheckStep } from '../../../../preload/contract/index.ts';
import type { Clock } from '../../../lib/clock.ts';
import { pause } from '../../../lib/pause.ts';
import type { Steps } from '../steps.ts';
import { CheckUnmet, type Check, type CheckTools, type Passed } from './check.ts';

/** What checks are tried with, and until when. */
export interface Trying {
  readonly tools: Omit<CheckTools, 'deadlineMs' | 'signal'>;
  readonly clock: Clock;
  /** Monotonic: when the whole check gives up. */
  readonly untilMs: number;
  /** Ends everything at once. */
  readonly signal: AbortSignal;
}

/** Go's words for a try that took too long. */
const TRY_TOOK_TOO_LONG = 'context deadline exceeded';

/**
 * Goes through the checks one after another (docs/talos-behaviour.md §6.6): each is tried every interval until it passes or
 * the time is over, and one try takes no longer than the interval. Ends false where the time was over; the check that was
 * tried then has failed with the last that it said. Throws the signal's reason.
 */
export async function* runChecks(
  checks: readonly Check[],
  trying: Trying,
  steps: Steps,
): AsyncGenerator<CheckStep, boolean, undefined> {
  for (const check of checks) {
    const begun = steps.set(check.name, 'running');
    if (begun !== undefined) yield begun;
    for (;;) {
      const startedAt = trying.clock.monotonic();
      const outcome = await attempt(check, trying);
      trying.signal.throwIfAborted();
      if (outcome.state !== 'running') {
        const step = steps.set(check.name, outcome.state, outcome.text);
        if (step !== undefined) yield step;
        break;
      }
      const step = steps.set(check.name, 'running', outcome.text);
      if (step !== undefined) yield step;
      const nextAt = startedAt + check.intervalMs;
      await until(Math.min(nextAt, trying.untilMs), trying);
      trying.signal.throwIfAborted();
      // Not read from the clock: a timer may ring a little early, and a try of that little would say only that it had no time.
      if (nextAt >= trying.untilMs) {
        const failed = steps.set(check.name, 'failed', outcome.text);
        if (failed !== undefined) yield failed;
        return false;
      }
    }
  }
  return true;
}

interface Tried {
  readonly state: 'ok' | 'skipped' | 'not-run' | 'running';
  readonly text?: string;
}

const ended = (passed: Passed): Tried =>
  typeof passed === 'string' ? { state: passed } : { state: 'not-run', text: passed.notRun };

async function attempt(check: Check, { tools, clock, untilMs, signal }: Trying): Promise<Tried> {
  const deadlineMs = Math.min(check.intervalMs, Math.max(1, untilMs - clock.monotonic()));
  const end = new AbortController();
  const cancel = clock.after(deadlineMs, () => end.abort());
  const over = AbortSignal.any([signal, end.signal]);
  try {
    return ended(await check.assert({ ...tools, deadlineMs, signal: over }));
  } catch (error) {
    if (end.signal.aborted) return { state: 'running', text: TRY_TOOK_TOO_LONG };
    if (error instanceof CheckUnmet) return { state: 'running', text: error.message };
    return { state: 'running', text: tools.connection.explain(error, { node: tools.target }).message };
  } finally {
    cancel();
  }
}

async function until(atMs: number, { clock, signal }: Trying): Promise<void> {
  const leftMs = atMs - clock.monotonic();
  if (leftMs > 0) await pause(clock, leftMs, signal);
}
