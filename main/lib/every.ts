import type { Clock } from './clock.ts';

/** Runs again and again, `periodMs` apart, first after one period; the returned function ends it. */
export function every(clock: Clock, periodMs: number, run: () => void): () => void {
  let cancel = (): void => undefined;
  const next = (): void => {
    cancel = clock.after(periodMs, () => {
      next();
      run();
    });
  };
  next();
  return () => cancel();
}
