import type { BrowserWindowConstructorOptions } from 'electron';

export interface WindowFacts {
  readonly preloadPath: string;
  readonly isPackaged: boolean;
  readonly isDark: boolean;
}

/** Every option of a Minos window. One function, so that one test compares the whole object. */
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
    webPreferences: {
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
    },
  };
}
