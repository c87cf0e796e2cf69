import { dialog, type BrowserWindow } from 'electron';

/** What somebody wants to do about a page that crashes again and again. */
export interface CrashedPage {
  readonly window: BrowserWindow;
  /** Loads the page once more. */
  readonly again: () => void;
  /** Opens the folder of the log. */
  readonly showLog: () => void;
}

/** Most restarts of a crashing page within a minute; then the user is asked. */
const MAX_RESTARTS = 3;
const MINUTE_MS = 60_000;

/**
 * What happens when a page is gone: it is loaded again, visibly; one that crashes again and again is not, until the user says so in a
 * dialog of the system, since a page cannot say it. The returned function is told of each crash and of its moment.
 */
export function onCrashedPage({ window, again, showLog }: CrashedPage): (nowMs: number) => void {
  let crashes: readonly number[] = [];
  let isAsking = false;
  const ask = async (): Promise<void> => {
    if (window.isDestroyed()) return;
    const { response } = await dialog.showMessageBox(window, {
      type: 'error',
      message: 'The window of Minos crashes again and again.',
      detail:
        'What was asked of machines goes on in the background, and your files are as they were. The log says more; please report it with that.',
      buttons: ['Load the window again', 'Open logs folder', 'Leave it'],
      defaultId: 0,
      cancelId: 2,
    });
    if (response === 1) {
      showLog();
      return ask();
    }
    if (response === 0 && !window.isDestroyed()) again();
  };
  return (nowMs) => {
    crashes = [...crashes.filter((at) => at > nowMs - MINUTE_MS), nowMs];
    // The page of a window that is being closed may be gone before it.
    if (isAsking || window.isDestroyed()) return;
    if (crashes.length <= MAX_RESTARTS) return again();
    isAsking = true;
    void ask().finally(() => {
      isAsking = false;
      crashes = [];
    });
  };
}
