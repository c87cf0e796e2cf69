import { app, BrowserWindow } from 'electron';

/**
 * One Minos per user data folder: two would write the same files. A second start only brings the first window to the front;
 * its command line is not obeyed, since anybody may send one. False means: this is the second, and it is ending.
 */
export function keepSingleInstance(): boolean {
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return false;
  }
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
  });
  return true;
}
