import { Menu } from 'electron';
import { menuTemplate, type MenuActions } from './menu-template.ts';

export function installMenu(platform: NodeJS.Platform, isPackaged: boolean, actions: MenuActions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(platform, isPackaged, actions)));
}
