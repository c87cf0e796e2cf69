import { app } from '../app.ts';
import type { BrowserWindow } from './browser-window.ts';

/** Windows that had the focus and can have it, the one that has it last. */
let order: readonly BrowserWindow[] = [];

const has = (): BrowserWindow | undefined => order.at(-1);

function move(to: readonly BrowserWindow[]): void {
  const before = has();
  order = to;
  const after = has();
  if (before === after) return;
  if (before && !before.isDestroyed()) {
    before.emit('blur');
    app.emit('browser-window-blur', {}, before);
  }
  if (after) {
    after.emit('focus');
    app.emit('browser-window-focus', {}, after);
  }
}

/**
 * The focus as a desktop gives it that shows nothing else: to the window that was shown, focused or clicked last. A window that is not
 * shown has none.
 */
export function giveFocus(window: BrowserWindow): void {
  if (window.isVisible() && !window.isDestroyed()) move([...order.filter((one) => one !== window), window]);
}

/** It was hidden, minimised or closed: the one before has the focus. */
export function takeFocus(window: BrowserWindow): void {
  move(order.filter((one) => one !== window));
}

export const focusedWindow = (): BrowserWindow | null => has() ?? null;
