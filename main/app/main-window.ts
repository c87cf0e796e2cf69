import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { Log } from '../lib/log.ts';
import { APP_URL } from './app-protocol.ts';
import { restrictContents } from './contents-policy.ts';
import { onCrashedPage } from './window/crashed-page.ts';
import { windowOptions } from './window-options.ts';
import { boundsOn, keepWindowPlace, readWindowPlace } from './window/window-place.ts';

/** What the window is made of, and who is told what happens to it. */
export interface MainWindowOptions {
  readonly preloadPath: string;
  readonly isPackaged: boolean;
  readonly log: Log;
  /** The file that remembers where the window was. */
  readonly placePath: string;
  /** Writes that file. */
  readonly keepPlace: (text: string) => void;
  /** Opens the folder of the log. */
  readonly showLog: () => void;
  /** The page was left, reloaded or crashed: end what it still waits for. */
  readonly onGone: (contentsId: number) => void;
  /** It is closed: what was its own is forgotten. */
  readonly onClosed: (contentsId: number) => void;
}

/** Opens the window. A page that crashes is loaded again, visibly, not ignored. */
export function openMainWindow({
  preloadPath,
  isPackaged,
  log,
  placePath,
  keepPlace,
  showLog,
  onGone,
  onClosed,
}: MainWindowOptions): BrowserWindow {
  const place = readWindowPlace(placePath);
  const bounds =
    place &&
    boundsOn(
      screen.getAllDisplays().map(({ workArea }) => workArea),
      place,
    );
  const options = windowOptions({ preloadPath, isPackaged, isDark: nativeTheme.shouldUseDarkColors });
  const window = new BrowserWindow({ ...options, ...bounds });
  const { webContents } = window;
  const { id } = webContents;
  const load = (): void => {
    window.loadURL(APP_URL).catch((error: unknown) => {
      if (!window.isDestroyed()) log.write('error', 'the page cannot be loaded', { error });
    });
  };
  const crashed = onCrashedPage({ window, again: load, showLog });

  restrictContents(webContents);
  keepWindowPlace(window, keepPlace);
  window.once('ready-to-show', () => {
    // It would show a window that has nothing to show yet.
    if (place?.isMaximized === true) window.maximize();
    window.show();
  });
  webContents.on('did-navigate', () => {
    onGone(id);
  });
  webContents.on('destroyed', () => {
    onGone(id);
    onClosed(id);
  });
  webContents.on('render-process-gone', (_event, details) => {
    log.write('error', 'the page is gone', { reason: details.reason });
    onGone(id);
    if (details.reason !== 'clean-exit') crashed(Date.now());
  });
  load();
  return window;
}
