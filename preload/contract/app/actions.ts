/** What main needs to know of an action of the page that stands in the native menu. */
export interface MenuEntry {
  readonly menu: 'file' | 'view' | 'help';
  readonly label: string;
  /**
   * The key of the action, such as `mod+o`; the page takes it from here. The page answers the key before the menu does, so that
   * one press asks once.
   */
  readonly chord?: string;
}

/** Actions of the page that stand in the native menu, by id. Choosing one sends the id to the page (stream `desktop`). */
export const MENU_ACTIONS = {
  'windows.open': { menu: 'file', label: 'New window', chord: 'mod+Shift+N' },
  'import.choose': { menu: 'file', label: 'Import talosconfig…', chord: 'mod+o' },
  'settings.open': { menu: 'file', label: 'Settings…', chord: 'mod+,' },
  'guide.open': { menu: 'help', label: 'User guide', chord: 'F1' },
  'tour.open': { menu: 'help', label: 'Tour in three steps' },
  'app.shortcuts': { menu: 'help', label: 'Keyboard shortcuts' },
  'updates.look': { menu: 'help', label: 'Look for updates' },
  'support.open': { menu: 'help', label: 'About Minos and diagnostics' },
  'app.search': { menu: 'view', label: 'Search or run…', chord: 'mod+k' },
  // Their keys move by words where a text is typed, so no menu may have them.
  'app.back': { menu: 'view', label: 'Back' },
  'app.forward': { menu: 'view', label: 'Forward' },
} as const satisfies Readonly<Record<string, MenuEntry>>;

/** Id of an action that stands in the native menu. */
export type MenuActionId = keyof typeof MENU_ACTIONS;
