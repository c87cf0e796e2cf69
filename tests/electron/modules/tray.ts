import { EventEmitter } from 'node:events';
import type { Menu } from './menu.ts';

/** A tray icon as data. */
export class Tray extends EventEmitter {
  #menu: Menu | null = null;
  #toolTip = '';
  #destroyed = false;

  setContextMenu(menu: Menu | null): void {
    this.#menu = menu;
  }

  get standInMenu(): Menu | null {
    return this.#menu;
  }

  setToolTip(toolTip: string): void {
    this.#toolTip = toolTip;
  }

  get standInToolTip(): string {
    return this.#toolTip;
  }

  setImage(): void {
    // Nothing is drawn.
  }

  destroy(): void {
    this.#destroyed = true;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }
}
