import { BrowserWindow } from 'electron';

/** Brings the window to the front, also a minimized one. */
export function showWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window?.isMinimized() === true) window.restore();
  window?.focus();
}
