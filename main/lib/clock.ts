/** Time as an argument: pure code gets numbers, shells get this. Tests pass a fake. */
export interface Clock {
  /** Wall clock, epoch milliseconds: for what is shown. */
  readonly now: () => number;
  /** Milliseconds that never go back: for durations. */
  readonly monotonic: () => number;
  /** Runs once after `delayMs`; the returned function cancels it. Never keeps the process alive. */
  readonly after: (delayMs: number, run: () => void) => () => void;
}

/** The computer's own time and timers. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    timer.unref();
    return () => {
      clearTimeout(timer);
    };
  },
};
