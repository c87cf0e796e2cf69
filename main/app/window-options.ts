import type { BrowserWindowConstructorOptions, WebPreferences } from 'electron';

/** What the options of a window depend on. */
export interface WindowFacts {
  readonly preloadPath: string;
  readonly isPackaged: boolean;
  readonly isDark: boolean;
}

/** Every option of the Minos window. One function, so that one test compares the whole object. */
export function windowOptions({ preloadPath, isPackaged, isDark }: WindowFacts): BrowserWindowConstructorOptions {
  return {
    title: 'Minos',
    width: 1280,
    height: 800,
    minWidth: 900,
    minHeight: 600,
    // Shown when the first frame is drawn; until then the ground has the page's own colour.
    show: false,
    backgroundColor: isDark ? '#141517' : '#f7f7f5',
    webPreferences: preferences(preloadPath, isPackaged),
  };
}

/** Every option of the window that asks for confirmations; its session is none that a page of Minos has. */
export function confirmWindowOptions({
  preloadPath,
  isPackaged,
  isDark,
}: WindowFacts): Omit<BrowserWindowConstructorOptions, 'parent'> {
  return {
    title: 'Minos asks',
    width: 560,
    height: 440,
    minWidth: 440,
    minHeight: 360,
    modal: true,
    show: false,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
    autoHideMenuBar: true,
    backgroundColor: isDark ? '#141517' : '#f7f7f5',
    webPreferences: { ...preferences(preloadPath, isPackaged), partition: CONFIRM_PARTITION },
  };
}

/** In memory: without `persist:` nothing of it is written. */
export const CONFIRM_PARTITION = 'confirm';

function preferences(preloadPath: string, isPackaged: boolean): WebPreferences {
  return {
    preload: preloadPath,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    // The spell checker downloads dictionaries.
    spellcheck: false,
    devTools: !isPackaged,
  };
}
