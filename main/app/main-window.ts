import { BrowserWindow, nativeTheme, screen, type Rectangle } from 'electron';
import type { Log } from '../lib/log.ts';
import { APP_URL } from './app-protocol.ts';
import { restrictContents } from './contents-policy.ts';
import { onCrashedPage } from './window/crashed-page.ts';
import { windowOptions } from './window-options.ts';
import { boundsOn } from './window/window-place.ts';
import type { WindowWish } from './window/windows.ts';

/** What a window is made of, and who is told what happens to it. */
export interface MainWindowOptions {
  readonly preloadPath: string;
  readonly isPackaged: boolean;
  readonly log: Log;
  /** Opens the folder of the log. */
  readonly showLog: () => void;
  /** The page was left, reloaded or crashed: end what it still waits for. */
  readonly onGone: (contentsId: number) => void;
  /** It is closed: what was its own is forgotten. */
  readonly onClosed: (contentsId: number) => void;
}

/** Opens a window. A page that crashes is loaded again, visibly, not ignored. */
export function openMainWindow(
  { bounds, isMaximized = false, isBehind = false }: WindowWish,
  { preloadPath, isPackaged, log, showLog, onGone, onClosed }: MainWindowOptions,
): BrowserWindow {
  const seen = bounds && boundsOn(workAreas(), bounds);
  const options = windowOptions({ preloadPath, isPackaged, isDark: nativeTheme.shouldUseDarkColors });
  const window = new BrowserWindow({ ...options, ...seen });
  const { webContents } = window;
  const { id } = webContents;
  const load = (): void => {
    window.loadURL(APP_URL).catch((error: unknown) => {
      if (!window.isDestroyed()) log.write('error', 'the page cannot be loaded', { error });
    });
  };
  const crashed = onCrashedPage({ window, again: load, showLog });

  restrictContents(webContents);
  window.once('ready-to-show', () => {
    // It would show a window that has nothing to show yet.
    if (isMaximized) window.maximize();
    if (isBehind) window.showInactive();
    else window.show();
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

/** What of each display a window may lie on. */
export const workAreas = (): readonly Rectangle[] => screen.getAllDisplays().map(({ workArea }) => workArea);
