/**
 * Waits until `start`'s function is called or the signal aborts, whatever is first, and leaves no listener behind: a
 * reader that is slow waits thousands of times on the same signal.
 */
export async function untilAborted(signal: AbortSignal, start: (resolve: () => void) => void): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const wake = (): void => resolve();
  signal.addEventListener('abort', wake, { once: true });
  try {
    start(wake);
    await promise;
  } finally {
    signal.removeEventListener('abort', wake);
  }
}

/** What comes, unless the signal aborts before: then its reason is thrown, and others go on waiting for the same. */
export async function orAborted<T>(signal: AbortSignal, coming: Promise<T>): Promise<T> {
  const over = new AbortController();
  const aborted = untilAborted(AbortSignal.any([signal, over.signal]), () => undefined).then((): never => {
    signal.throwIfAborted();
    throw new DOMException('It came before.', 'AbortError');
  });
  try {
    return await Promise.race([coming, aborted]);
  } finally {
    over.abort();
  }
}

/** A signal for what nobody breaks off. */
export const NEVER_ABORTS: AbortSignal = new AbortController().signal;
