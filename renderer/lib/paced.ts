/** Between two drawings: often enough to be seen growing. */
const LEAST_PAUSE_MS = 100;

/** A pause lasts so many times as long as the drawing before it: drawing takes a fifth of the time, however much is drawn. */
const PAUSE_TIMES = 4;

/**
 * Draws what grows while it comes: the first change with the next frame, so that it is seen at once, then what came during a
 * pause together. A drawing for every part that comes would take the processor from what brings the parts. Answers what to call
 * after each change.
 */
export function paced(nextFrame: (run: () => void) => void, draw: () => void): () => void {
  let isBusy = false;
  let hasChanged = false;
  const rest = (pauseMs: number): void => {
    setTimeout(() => {
      isBusy = false;
      if (hasChanged) change();
    }, pauseMs);
  };
  const change = (): void => {
    hasChanged = true;
    if (isBusy) return;
    isBusy = true;
    nextFrame(() => {
      const begunMs = performance.now();
      hasChanged = false;
      // Its turn comes when what is drawn stands.
      setTimeout(() => rest(Math.max(LEAST_PAUSE_MS, PAUSE_TIMES * (performance.now() - begunMs))));
      draw();
    });
  };
  return change;
}
