/** Waits for a value that state says sooner or later; undefined when it does not within `forMs`. What it reads is watched meanwhile. */
export function until<T>(read: () => T | undefined, forMs: number): Promise<T | undefined> {
  return new Promise((resolve) => {
    const end = (value: T | undefined): void => {
      clearTimeout(timer);
      resolve(value);
      // Not from within the effect itself.
      queueMicrotask(stop);
    };
    const timer = setTimeout(() => end(undefined), forMs);
    const stop = $effect.root(() => {
      $effect(() => {
        const value = read();
        if (value !== undefined) end(value);
      });
    });
  });
}
