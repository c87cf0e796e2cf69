/**
 * Runs `task` for every item, at most `limit` at a time, in order of the list. Never rejects for a task: tasks handle
 * their own errors. Stops starting new ones when the signal aborts; `onSkipped` gets what was never started.
 */
export async function eachBounded<T>(
  items: readonly T[],
  limit: number,
  signal: AbortSignal,
  task: (item: T) => Promise<void>,
  onSkipped: (item: T) => void,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const item = items[next++] as T;
      if (signal.aborted) onSkipped(item);
      else await task(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
}
