/** A pause between two steps, where the browser cannot say that it has nothing to do. */
const PAUSE_MS = 4;

/** A page that is never idle still takes a step this often. */
const AT_LATEST_MS = 50;

/**
 * Does work in small steps while the page has nothing else to do. `step` says whether there is more. Calling the answer ends
 * it.
 */
export function whenIdle(step: () => boolean): () => void {
  let isOver = false;
  const hasIdle = typeof requestIdleCallback === 'function';
  const next = (): void => {
    if (hasIdle) requestIdleCallback(run, { timeout: AT_LATEST_MS });
    else setTimeout(run, PAUSE_MS);
  };
  const run = (deadline?: IdleDeadline): void => {
    do {
      if (isOver || !step()) return;
    } while ((deadline?.timeRemaining() ?? 0) > 1);
    next();
  };
  next();
  return () => {
    isOver = true;
  };
}
