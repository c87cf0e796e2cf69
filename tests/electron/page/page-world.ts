import type { WorldBridge } from './world-bridge.ts';

/**
 * The page's own world. Chromium would open windows by itself; here `window.open` asks the main process, which makes a
 * BrowserWindow or refuses, and always answers null.
 *
 * Runs inside the page by its source text: it must not use anything from outside its body but its argument.
 */
export function pageWorld(bridge: WorldBridge): void {
  const resolve = (url: string | URL | undefined): string =>
    url === undefined || url === '' ? 'about:blank' : new URL(url, document.baseURI).href;
  window.open = (url, name, features) => {
    bridge.tell('window-open', [resolve(url), name ?? '', features ?? '']);
    return null;
  };
}
