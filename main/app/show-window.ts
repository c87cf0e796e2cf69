import type { BrowserWindow } from 'electron';

/** Brings a window to the front, also a minimized one. */
export function showWindow(window: BrowserWindow | undefined): void {
  if (window?.isMinimized() === true) window.restore();
  window?.focus();
}
