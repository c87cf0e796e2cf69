import type { App, BrowserWindow } from 'electron';

/** What a smoke test looks at. */
export interface SmokeOptions {
  readonly app: Pick<App, 'getVersion' | 'quit' | 'exit'>;
  readonly window: Pick<BrowserWindow, 'isDestroyed' | 'isVisible'>;
  /** Whether the page has asked for something: then its script runs and the bridge carries. */
  readonly hasAsked: () => boolean;
  readonly print: (line: string) => void;
  readonly limitMs?: number;
}

const LOOK_EVERY_MS = 50;

/**
 * `--smoke`: prints one line and quits with 0 once the window is shown and its page has asked; exits with 1 when that
 * takes too long. It proves that a packed app is whole, without a debugger.
 */
export function quitWhenShown({ app, window, hasAsked, print, limitMs = 30_000 }: SmokeOptions): void {
  let leftMs = limitMs;
  const looking = setInterval(() => {
    leftMs -= LOOK_EVERY_MS;
    const isVisible = !window.isDestroyed() && window.isVisible();
    if (isVisible && hasAsked()) {
      clearInterval(looking);
      print(`Minos ${app.getVersion()} shows its window.\n`);
      app.quit();
    } else if (leftMs <= 0) {
      clearInterval(looking);
      print(`Minos ${app.getVersion()} ${isVisible ? 'shows an empty window' : 'shows no window'}.\n`);
      app.exit(1);
    }
  }, LOOK_EVERY_MS);
}
