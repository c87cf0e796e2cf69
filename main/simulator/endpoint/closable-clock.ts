import type { Clock } from '../../lib/clock.ts';

/** A clock whose waiting timers can all be taken back at once. */
export interface ClosableClock {
  readonly clock: Clock;
  /** Cancels every timer that still waits; later ones are never set. */
  close(): void;
}

/** Wraps a clock for one owner, so that nothing it planned outlives it. */
export function closableClock(inner: Clock): ClosableClock {
  const cancels = new Set<() => void>();
  let closed = false;

  function after(delayMs: number, run: () => void): () => void {
    if (closed) return () => undefined;
    const cancelTimer = inner.after(delayMs, () => {
      cancels.delete(cancel);
      run();
    });
    const cancel = (): void => {
      cancels.delete(cancel);
      cancelTimer();
    };
    cancels.add(cancel);
    return cancel;
  }

  return {
    clock: { now: () => inner.now(), monotonic: () => inner.monotonic(), after },
    close() {
      closed = true;
      for (const cancel of [...cancels]) cancel();
    },
  };
}
