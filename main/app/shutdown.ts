import { app } from 'electron';
import type { Log } from '../lib/log.ts';

/** Longest wait for calls and sockets to end. */
const LIMIT_MS = 2000;

/** Ends the app with its window, after `close` has ended everything that runs. */
export function endWith(close: () => Promise<void>, log: Log): void {
  let isClosed = false;
  app.on('window-all-closed', () => {
    app.quit();
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
