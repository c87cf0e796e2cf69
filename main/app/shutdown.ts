import { app, BrowserWindow, dialog } from 'electron';
import type { Log } from '../lib/log.ts';

/** Longest wait for calls and sockets to end. */
const LIMIT_MS = 2000;

/** What keeps the app alive without a window: deeds on clusters that are under way. */
export interface Staying {
  readonly isNeeded: () => boolean;
  /** Calls once it is not needed any more. */
  readonly onceOver: (then: () => void) => void;
  /** Opens the window again, when the app is started once more or its icon is clicked. */
  readonly reopen: () => void;
}

/**
 * Ends the app with its window, after `close` has ended everything that runs. While it is needed it stays without a window, and asks
 * before it is ended.
 */
export function endWith(close: () => Promise<void>, staying: Staying, log: Log): void {
  let isClosed = false;
  let isAgreed = false;
  let isAsking = false;
  const endWithoutWindow = (): void => {
    if (BrowserWindow.getAllWindows().length === 0) app.quit();
  };
  const reopen = (): void => {
    if (app.isReady() && !isClosed && BrowserWindow.getAllWindows().length === 0) staying.reopen();
  };
  app.on('second-instance', reopen);
  app.on('activate', reopen);
  app.on('open-url', reopen);
  app.on('open-file', reopen);
  app.on('window-all-closed', () => {
    if (staying.isNeeded()) staying.onceOver(endWithoutWindow);
    else app.quit();
  });
  app.on('before-quit', (event) => {
    if (isAgreed || !staying.isNeeded()) return;
    event.preventDefault();
    if (isAsking) return;
    isAsking = true;
    void askWhetherToEnd().then((isYes) => {
      isAsking = false;
      isAgreed = isYes;
      if (isYes) app.quit();
    });
  });
  app.on('will-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    isClosed = true;
    const limit = new Promise<void>((resolve) => setTimeout(resolve, LIMIT_MS).unref());
    void Promise.race([close(), limit])
      .catch((error: unknown) => {
        log.write('error', 'could not end cleanly', { error });
      })
      .finally(() => {
        app.quit();
      });
  });
}

async function askWhetherToEnd(): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message: 'Something is being done to a cluster.',
    detail:
      'If Minos ends now, what was asked of a machine goes on, nobody watches it, and no further machine is begun. It stands in Deeds as perhaps done. A machine that is being drained stays cordoned.',
    buttons: ['Let it finish', 'End Minos'],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 1;
}
