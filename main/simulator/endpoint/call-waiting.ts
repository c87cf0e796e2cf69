import type { Clock } from '../../lib/clock.ts';

/*
 * Waiting inside a call. Everything here rejects with the signal's reason as soon as the call is over, and leaves no
 * timer and no listener behind.
 */

/** Rejects when the call is over before `work` is. */
export function untilOver<T>(signal: AbortSignal, work: T | PromiseLike<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(signal.reason as Error);
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
    Promise.resolve(work)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', fail));
  });
}

/** Waits on the clock. */
export function waitOn(clock: Clock, signal: AbortSignal, delayMs: number): Promise<void> {
  let cancel = (): void => undefined;
  const elapsed = new Promise<void>((resolve) => {
    cancel = clock.after(delayMs, resolve);
  });
  return untilOver(signal, elapsed).finally(() => cancel());
}

/** See `AnswerContext.wakeOn`. */
export function wakeOn(signal: AbortSignal, subscribe: (listener: () => void) => () => void): () => Promise<void> {
  let pending = false;
  let resolveNext = (): void => undefined;
  const unsubscribe = subscribe(() => {
    pending = true;
    resolveNext();
  });
  if (signal.aborted) unsubscribe();
  else signal.addEventListener('abort', unsubscribe, { once: true });
  return async () => {
    if (!pending) await untilOver(signal, new Promise<void>((resolve) => (resolveNext = resolve)));
    pending = false;
  };
}
