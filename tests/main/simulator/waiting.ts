/** Lets the event loop turn once: what is on its way over loopback may arrive. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Turns until something is so; the test's own time limit ends it otherwise. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await turn();
}
