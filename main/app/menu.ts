import { Menu } from 'electron';
import { menuTemplate, type MenuActions } from './menu-template.ts';

/** Makes the menu of the app or, where windows have their own, of every window. */
export function installMenu(platform: NodeJS.Platform, isPackaged: boolean, actions: MenuActions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(platform, isPackaged, actions)));
}
