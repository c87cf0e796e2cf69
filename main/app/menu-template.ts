import type { BaseWindow, MenuItemConstructorOptions } from 'electron';
import { MENU_ACTIONS, type MenuActionId, type MenuEntry } from '../../preload/contract/index.ts';

/** What the menu asks for. */
export interface MenuActions {
  /** An action of the page was chosen, in a window; in none where none has the focus. */
  readonly act: (action: MenuActionId, window: BaseWindow | undefined) => void;
  /** Opens the folder of the log in the system's file manager, at the newest file. */
  readonly showLog: () => void;
}

/** The application menu. Development tools appear only in development. */
export function menuTemplate(
  platform: NodeJS.Platform,
  isPackaged: boolean,
  { act, showLog }: MenuActions,
): MenuItemConstructorOptions[] {
  const view: MenuItemConstructorOptions[] = [
    ...entriesOf('view', act),
    { type: 'separator' },
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
    ...entriesOf('file', act).filter(({ id }) => platform !== 'darwin' || id !== 'settings.open'),
    { type: 'separator' },
    platform === 'darwin' ? { role: 'close' } : { role: 'quit' },
  ];
  const help = entriesOf('help', act).filter(({ id }) => platform !== 'darwin' || id !== 'support.open');
  return [
    ...(platform === 'darwin' ? [{ label: 'Minos', submenu: appMenu(act) }] : []),
    { label: 'File', submenu: file },
    { role: 'editMenu' },
    { label: 'View', submenu: view },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [...help, { id: 'show-log', label: 'Open logs folder', click: showLog }],
    },
  ];
}

/** What the menu with the name of the app has on macOS: about and settings stand there, and nowhere else. */
function appMenu(act: MenuActions['act']): MenuItemConstructorOptions[] {
  const about = entriesOf('help', act).filter(({ id }) => id === 'support.open');
  const settings = entriesOf('file', act).filter(({ id }) => id === 'settings.open');
  return [
    ...about,
    { type: 'separator' },
    ...settings,
    { type: 'separator' },
    { role: 'services' },
    { type: 'separator' },
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    { type: 'separator' },
    { role: 'quit' },
  ];
}

/** The actions of the page that stand in one menu. The page answers their keys itself and keeps them from the menu. */
function entriesOf(menu: MenuEntry['menu'], act: MenuActions['act']): MenuItemConstructorOptions[] {
  const entries = Object.entries(MENU_ACTIONS) as [MenuActionId, MenuEntry][];
  return entries
    .filter(([, entry]) => entry.menu === menu)
    .map(([id, { label, chord }]) => ({
      id,
      label,
      ...(chord === undefined ? {} : { accelerator: acceleratorOf(chord) }),
      click: (_item, window) => {
        act(id, window);
      },
    }));
}

/** `CmdOrCtrl+O` for `mod+o`. */
function acceleratorOf(chord: string): string {
  return chord
    .split('+')
    .map((part) => (part === 'mod' ? 'CmdOrCtrl' : part.length === 1 ? part.toUpperCase() : part))
    .join('+');
}
