/** Times what the main thread of the page does: script, style and layout, without waiting for a frame. Of the page itself. */
interface PageTimer {
  /** Ms of what follows from an act, once the page has settled. */
  readonly timed: (act: () => void) => Promise<number>;
  /** Types a word; ms of each key. */
  readonly typed: (input: HTMLInputElement, word: string) => Promise<readonly number[]>;
  readonly median: (values: readonly number[]) => number;
}

declare global {
  var pageTimer: PageTimer;
}

/** Puts `pageTimer` there; runs in the page, so it knows nothing of this file. `turns` of 50 ms let the page settle before each act. */
export function installPageTimer(turns: number): void {
  const timed = async (act: () => void): Promise<number> => {
    for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setTimeout(resolve, 50));
    const startedAt = performance.now();
    act();
    // The page is drawn anew in microtasks; asking for a height makes it lay itself out.
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    void document.body.offsetHeight;
    return performance.now() - startedAt;
  };
  globalThis.pageTimer = {
    timed,
    typed: async (input, word) => {
      const keys: number[] = [];
      for (let end = 1; end <= word.length; end += 1) {
        keys.push(
          await timed(() => {
            input.value = word.slice(0, end);
            input.dispatchEvent(new InputEvent('input', { bubbles: true }));
          }),
        );
      }
      return keys;
    },
    median: (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN,
  };
}
