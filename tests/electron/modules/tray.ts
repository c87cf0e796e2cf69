import { EventEmitter } from 'node:events';
import type { Menu } from './menu.ts';
import { NativeImage } from './native-image.ts';
import { recorded, runtime } from './runtime.ts';

/** A tray icon as data; `standIn.trays` is what a test reads, and whose lines it chooses. As strict as Electron's about when and what. */
export class Tray extends EventEmitter {
  #menu: Menu | null = null;
  #toolTip = '';
  #destroyed = false;

  constructor(image: NativeImage | string) {
    super();
    if (!runtime.ready) throw new Error('Cannot create Tray before app is ready');
    checkImage(image);
    recorded.trays.push(this);
  }

  setContextMenu(menu: Menu | null): void {
    this.#beThere();
    this.#menu = menu;
  }

  /** What its menu offers. */
  get standInLabels(): readonly string[] {
    return this.#menu?.items.filter(({ type }) => type !== 'separator').map(({ label }) => label) ?? [];
  }

  /** Chooses a line of its menu. */
  standInChoose(label: string): void {
    this.#menu?.items.find((item) => item.label === label)?.click();
  }

  setToolTip(toolTip: string): void {
    this.#beThere();
    if (typeof toolTip !== 'string') throw new TypeError('a tool tip is a string');
    this.#toolTip = toolTip;
  }

  get standInToolTip(): string {
    return this.#toolTip;
  }

  setImage(image: NativeImage | string): void {
    this.#beThere();
    checkImage(image);
  }

  destroy(): void {
    this.#destroyed = true;
    recorded.trays.splice(0, Infinity, ...recorded.trays.filter((tray) => tray !== this));
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  #beThere(): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
  }
}

function checkImage(image: unknown): void {
  if (typeof image === 'string') return;
  if (!(image instanceof NativeImage)) throw new TypeError('Argument must be a file path or a NativeImage');
  if (image.isEmpty()) throw new Error('the image of a tray is empty: nothing would be seen of it');
}
