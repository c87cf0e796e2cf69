import type { MenuItemConstructorOptions } from 'electron';

/** What the menu asks of the page. */
export interface MenuActions {
  readonly chooseImport: () => void;
  /** Shows the log file in the system's file manager. */
  readonly showLog: () => void;
}

/** The application menu. Development tools appear only in development. */
export function menuTemplate(
  platform: NodeJS.Platform,
  isPackaged: boolean,
  { chooseImport, showLog }: MenuActions,
): MenuItemConstructorOptions[] {
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
    ...(isPackaged
      ? []
      : ([
          { type: 'separator' },
          { role: 'reload', accelerator: 'CmdOrCtrl+Shift+R' },
          { role: 'toggleDevTools' },
        ] as const)),
  ];
  const file: MenuItemConstructorOptions[] = [
    // The page knows the same key; it keeps the key from the menu, so that one press asks once.
    { id: 'import', label: 'Import talosconfig…', accelerator: 'CmdOrCtrl+O', click: chooseImport },
    { type: 'separator' },
    platform === 'darwin' ? { role: 'close' } : { role: 'quit' },
  ];
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    { label: 'File', submenu: file },
    { role: 'editMenu' },
    { label: 'View', submenu: view },
    { role: 'windowMenu' },
    { role: 'help', submenu: [{ id: 'show-log', label: 'Show log file', click: showLog }] },
  ];
}
