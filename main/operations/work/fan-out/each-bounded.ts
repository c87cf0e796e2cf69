/**
 * Runs `task` for every item, at most `limit` at a time, in order of the list; resolves when all have ended. Tasks handle
 * their own errors and never reject. One that goes on for long but needs its place no more calls `leave`: the next begins
 * then. Stops starting new ones when the signal aborts; `onSkipped` gets what was never started.
 */
export async function eachBounded<T>(
  items: readonly T[],
  limit: number,
  signal: AbortSignal,
  task: (item: T, leave: () => void) => Promise<void>,
  onSkipped: (item: T) => void,
): Promise<void> {
  let next = 0;
  const lanes: Promise<void>[] = [];
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const item = items[next++] as T;
      if (signal.aborted) {
        onSkipped(item);
        continue;
      }
      let hasLeft = false;
      await task(item, () => {
        if (!hasLeft) lanes.push(lane());
        hasLeft = true;
      });
      if (hasLeft) return;
    }
  };
  while (lanes.length < Math.min(limit, items.length)) lanes.push(lane());
  // Grows while it is gone through.
  for (const each of lanes) await each;
}
