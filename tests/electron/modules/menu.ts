import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { BrowserWindow } from './window/browser-window.ts';

export interface MenuItemOptions {
  readonly id?: string;
  readonly label?: string;
  readonly role?: string;
  readonly type?: string;
  readonly accelerator?: string;
  readonly enabled?: boolean;
  readonly visible?: boolean;
  readonly checked?: boolean;
  readonly submenu?: Menu | readonly MenuItemOptions[];
  readonly click?: (item: MenuItem, window: BrowserWindow | undefined, event: unknown) => void;
  readonly [other: string]: unknown;
}

let lastCommand = 0;

/** One entry, as data. `click()` does what choosing it would do, also for the roles that matter here. */
export class MenuItem {
  readonly id: string | undefined;
  readonly role: string | undefined;
  readonly type: string;
  readonly accelerator: string | undefined;
  readonly submenu: Menu | undefined;
  readonly commandId = ++lastCommand;
  readonly click: () => void;
  label: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;

  constructor(options: MenuItemOptions) {
    const { submenu } = options;
    this.id = options.id;
    this.role = options.role;
    this.type = options.type ?? (submenu ? 'submenu' : 'normal');
    this.accelerator = options.accelerator;
    this.submenu = submenu === undefined || submenu instanceof Menu ? submenu : Menu.buildFromTemplate(submenu);
    this.label = options.label ?? options.role ?? '';
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.click = () => {
      if (!this.enabled) return;
      if (this.type === 'checkbox') this.checked = !this.checked;
      const window = BrowserWindow.getFocusedWindow() ?? undefined;
      if (options.click) options.click(this, window, {});
      else runRole(options.role?.toLowerCase(), window);
    };
  }
}

const runRole = (role: string | undefined, window: BrowserWindow | undefined): void => {
  if (role === 'quit') app.quit();
  if (role === 'close') window?.close();
  if (role === 'reload' || role === 'forcereload') window?.reload();
  if (role === 'minimize') window?.minimize();
  if (role === 'togglefullscreen') window?.setFullScreen(!window.isFullScreen());
  if (role === 'zoomin') zoom(window, 0.5);
  if (role === 'zoomout') zoom(window, -0.5);
  if (role === 'resetzoom') window?.webContents.setZoomFactor(1);
};

const zoom = (window: BrowserWindow | undefined, by: number): void => {
  window?.webContents.setZoomLevel(window.webContents.getZoomLevel() + by);
};

let applicationMenu: Menu | null = null;

/** A menu as data; none is ever drawn. */
export class Menu extends EventEmitter {
  readonly items: MenuItem[] = [];

  static buildFromTemplate(template: readonly (MenuItemOptions | MenuItem)[]): Menu {
    const menu = new Menu();
    for (const entry of template) menu.append(entry instanceof MenuItem ? entry : new MenuItem(entry));
    return menu;
  }

  static setApplicationMenu(menu: Menu | null): void {
    applicationMenu = menu;
    app.applicationMenu = menu;
  }

  static getApplicationMenu(): Menu | null {
    return applicationMenu;
  }

  append(item: MenuItem): void {
    this.items.push(item);
  }

  insert(at: number, item: MenuItem): void {
    this.items.splice(at, 0, item);
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }

  popup(): void {
    this.emit('menu-will-show');
  }

  closePopup(): void {
    this.emit('menu-will-close');
  }
}
