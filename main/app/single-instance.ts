import { app } from 'electron';
import { showWindow } from './show-window.ts';

/**
 * One Minos per user data folder: two would write the same files. A second start only brings the first window to the front
 * and shows the talosconfigs it names (opened-files.ts); its flags are not obeyed, since anybody may send some. False
 * means: this is the second, and it is ending.
 */
export function keepSingleInstance(): boolean {
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return false;
  }
  app.on('second-instance', showWindow);
  return true;
}
