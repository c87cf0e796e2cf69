import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { app } from '../app.ts';
import type { Menu } from '../menu.ts';
import { PreventableEvent, runtime } from '../runtime.ts';
import { focusedWindow, giveFocus, takeFocus } from './focus.ts';
import { WebContents, type WindowOpenDetails } from './web-contents.ts';
import type { WebPreferences } from './web-preferences.ts';
import { type Rectangle, WindowGeometry } from './window-geometry.ts';
import { WindowWithoutDesktop } from './window-without-desktop.ts';

export interface BrowserWindowOptions {
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
  readonly minWidth?: number;
  readonly minHeight?: number;
  readonly show?: boolean;
  readonly title?: string;
  /** Closing it closes this one. */
  readonly parent?: BrowserWindow;
  /** Of a window with a parent. Kept as data: the parent here still takes what DevTools types into it. */
  readonly modal?: boolean;
  readonly webPreferences?: WebPreferences;
  readonly [other: string]: unknown;
}

let lastId = 0;

/** A window of Chromium. Whether it is shown, minimised or full screen is only kept as data. */
export class BrowserWindow extends WindowWithoutDesktop {
  readonly id = ++lastId;
  readonly webContents: WebContents;
  readonly #geometry: WindowGeometry;
  readonly #options: BrowserWindowOptions;
  #title: string;
  #visible: boolean;
  #minimized = false;
  #maximized = false;
  #fullScreen = false;
  #alwaysOnTop = false;
  #resizable = true;
  #menu: Menu | null = null;
  #backgroundColor: string;
  #destroyed = false;
  #readyToShow = false;

  constructor(options: BrowserWindowOptions = {}) {
    super();
    if (!runtime.ready) throw new Error('Cannot create BrowserWindow before app is ready');
    this.#options = options;
    this.#title = options.title ?? app.name;
    this.#visible = options.show ?? true;
    this.#backgroundColor = (options['backgroundColor'] as string | undefined) ?? '#FFFFFF';
    const geometry = new WindowGeometry(options);
    this.#geometry = geometry;
    this.webContents = new WebContents(options.webPreferences ?? {}, {
      size: () => geometry.bounds,
      openWindow: (details) => {
        this.#openWindow(details);
      },
      close: () => {
        this.close();
      },
      gone: () => {
        this.emit('close', new PreventableEvent());
        this.destroy();
      },
    });
    runtime.windows.set(this.id, this);
    this.#listen();
    app.emit('browser-window-created', {}, this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  static getAllWindows(): BrowserWindow[] {
    return [...runtime.windows.values()];
  }

  static getFocusedWindow(): BrowserWindow | null {
    return focusedWindow();
  }

  static fromId(id: number): BrowserWindow | null {
    return runtime.windows.get(id) ?? null;
  }

  static fromWebContents(contents: WebContents | undefined): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  loadFile(path: string, { query, hash }: { query?: Record<string, string>; hash?: string } = {}): Promise<void> {
    const url = pathToFileURL(resolve(app.getAppPath(), path));
    if (query) url.search = new URLSearchParams(query).toString();
    if (hash !== undefined) url.hash = hash;
    return this.loadURL(url.href);
  }

  reload(): void {
    this.webContents.reload();
  }

  // --- parent and children ----------------------------------------------------------------------------------------
  getParentWindow(): BrowserWindow | null {
    return this.#options.parent ?? null;
  }

  getChildWindows(): BrowserWindow[] {
    return BrowserWindow.getAllWindows().filter((window) => window.getParentWindow() === this);
  }

  isModal(): boolean {
    return this.#options.modal === true && this.#options.parent !== undefined;
  }

  // --- shown or not ----------------------------------------------------------------------------------------------
  show(): void {
    const before = this.#visible;
    this.#visible = true;
    this.#minimized = false;
    if (!before) this.emit('show');
    this.focus();
  }

  showInactive(): void {
    this.#visible = true;
    this.emit('show');
  }

  hide(): void {
    if (!this.#visible) return;
    this.#visible = false;
    this.emit('hide');
    takeFocus(this);
  }

  isVisible(): boolean {
    return this.#visible && !this.#minimized;
  }

  minimize(): void {
    this.#minimized = true;
    this.emit('minimize');
    takeFocus(this);
  }

  isMinimized(): boolean {
    return this.#minimized;
  }

  restore(): void {
    if (!this.#minimized) return;
    this.#minimized = false;
    this.emit('restore');
    giveFocus(this);
  }

  maximize(): void {
    this.#maximized = true;
    this.emit('maximize');
  }

  unmaximize(): void {
    this.#maximized = false;
    this.emit('unmaximize');
  }

  isMaximized(): boolean {
    return this.#maximized;
  }

  setFullScreen(on: boolean): void {
    this.#fullScreen = on;
    this.emit(on ? 'enter-full-screen' : 'leave-full-screen');
  }

  isFullScreen(): boolean {
    return this.#fullScreen;
  }

  isNormal(): boolean {
    return !this.#minimized && !this.#maximized && !this.#fullScreen;
  }

  focus(): void {
    this.webContents.focus();
    giveFocus(this);
  }

  isFocused(): boolean {
    return BrowserWindow.getFocusedWindow() === this;
  }

  moveTop(): void {
    this.focus();
  }

  setAlwaysOnTop(on: boolean): void {
    this.#alwaysOnTop = on;
  }

  isAlwaysOnTop(): boolean {
    return this.#alwaysOnTop;
  }

  // --- size ------------------------------------------------------------------------------------------------------
  getBounds(): Rectangle {
    return { ...this.#geometry.bounds };
  }

  getContentBounds(): Rectangle {
    return this.getBounds();
  }

  getNormalBounds(): Rectangle {
    return this.getBounds();
  }

  setBounds(bounds: Partial<Rectangle>): void {
    const { bounds: before } = this.#geometry;
    const after = this.#geometry.change(bounds);
    if (before.width !== after.width || before.height !== after.height) this.emit('resize');
    if (before.x !== after.x || before.y !== after.y) this.emit('move');
    void this.#applyBounds();
  }

  setContentBounds(bounds: Partial<Rectangle>): void {
    this.setBounds(bounds);
  }

  getSize(): [number, number] {
    const { width, height } = this.#geometry.bounds;
    return [width, height];
  }

  getContentSize(): [number, number] {
    return this.getSize();
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  setContentSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  getPosition(): [number, number] {
    const { x, y } = this.#geometry.bounds;
    return [x, y];
  }

  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }

  setMinimumSize(width: number, height: number): void {
    this.#geometry.setMinimum(width, height);
  }

  getMinimumSize(): [number, number] {
    return this.#geometry.minimum;
  }

  setResizable(resizable: boolean): void {
    this.#resizable = resizable;
  }

  isResizable(): boolean {
    return this.#resizable;
  }

  // --- the rest --------------------------------------------------------------------------------------------------
  setTitle(title: string): void {
    this.#title = title;
  }

  getTitle(): string {
    return this.#title;
  }

  get title(): string {
    return this.#title;
  }

  setBackgroundColor(color: string): void {
    this.#backgroundColor = color;
  }

  getBackgroundColor(): string {
    return this.#backgroundColor;
  }

  setMenu(menu: Menu | null): void {
    this.#menu = menu;
  }

  get standInMenu(): Menu | null {
    return this.#menu;
  }

  /** The options as given; for tests. */
  get standInOptions(): BrowserWindowOptions {
    return this.#options;
  }

  removeMenu(): void {
    this.#menu = null;
  }

  getNativeWindowHandle(): Buffer {
    return Buffer.alloc(8);
  }

  /** May be refused by a listener of `close`. */
  close(): void {
    if (this.#destroyed) return;
    const event = new PreventableEvent();
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    for (const child of this.getChildWindows()) child.destroy();
    runtime.windows.delete(this.id);
    this.webContents.standInDestroy();
    takeFocus(this);
    this.emit('closed');
    if (runtime.windows.size === 0) app.standInWindowAllClosed();
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  #listen(): void {
    const { webContents } = this;
    webContents.once('did-finish-load', () => {
      if (this.#readyToShow) return;
      this.#readyToShow = true;
      this.emit('ready-to-show');
    });
    webContents.on('page-title-updated', (event: PreventableEvent, title: string, explicit: boolean) => {
      this.emit('page-title-updated', event, title, explicit);
      if (!event.defaultPrevented) this.#title = title;
    });
    webContents.on('standIn-focus', () => {
      giveFocus(this);
    });
    webContents.on('standIn-resized', () => {
      void this.#readBounds();
    });
    webContents.standInOpened.then(
      () => this.#applyBounds(),
      () => {
        // Said by the contents.
      },
    );
  }

  #openWindow(details: WindowOpenDetails): void {
    const { preload: _own, ...preferences } = this.#options.webPreferences ?? {};
    const window = new BrowserWindow({ webPreferences: preferences });
    this.webContents.emit('did-create-window', window, details);
    window.loadURL(details.url).catch(() => {
      // Its own did-fail-load tells.
    });
  }

  async #applyBounds(): Promise<void> {
    const page = await this.webContents.standInOpened;
    await this.#geometry.apply(page).catch(() => {
      // The window went away meanwhile.
    });
  }

  /** The person at the screen has changed the window's size. */
  async #readBounds(): Promise<void> {
    const page = await this.webContents.standInOpened;
    const changed = await this.#geometry.read(page).catch(() => false);
    if (changed) this.emit('resize');
  }
}
