import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Page, type PausedRequest, type RequestAnswer } from '../chromium/page.ts';
import type { Context } from '../chromium/frame-tree.ts';
import { cloneCodec } from '../page/clone-codec.ts';
import { BINDING, ISOLATED_WORLD, injectedScripts } from '../page/injected-scripts.ts';
import type { FromPage, ToPage } from '../page/isolated-world.ts';
import { fromChromium, toChromium } from './addresses.ts';
import { app } from './app.ts';
import { IpcMain, type IpcMainEvent, ipcMain } from './ipc-main.ts';
import type { MessagePortMain } from './message-ports.ts';
import { NativeImage } from './native-image.ts';
import { nativeTheme } from './native-theme.ts';
import { PagePorts } from './page-ports.ts';
import { answerRequest } from './page-requests.ts';
import { PreventableEvent, runtime } from './runtime.ts';
import { type Session, session } from './session.ts';
import { WebFrameMain } from './web-frame-main.ts';
import { type WebPreferences, checkPreferences, preloadProcess } from './web-preferences.ts';

export interface WindowOpenDetails {
  readonly url: string;
  readonly frameName: string;
  readonly features: string;
  readonly disposition: string;
  readonly referrer: { readonly url: string; readonly policy: string };
}

export type WindowOpenAnswer = { readonly action: 'allow' | 'deny' };

/** What the owning window does for its contents. */
export interface Owner {
  size(): { readonly width: number; readonly height: number };
  openWindow(details: WindowOpenDetails): void;
  /** Asks to close, as the window's own button does. */
  close(): void;
  gone(): void;
}

/** How late a renderer's wish to navigate may come after the request. */
const WISH_MS = 100;

const codec = cloneCodec();
let lastId = 0;
const all = new Map<number, WebContents>();

/** The contents of one window: its page in Chromium and the way to it. */
export class WebContents extends EventEmitter {
  readonly id = ++lastId;
  readonly session: Session;
  readonly ipc = new IpcMain();
  readonly #owner: Owner;
  readonly #preferences: WebPreferences;
  readonly #opened: Promise<Page>;
  readonly #ports = new Map<Context, PagePorts>();
  /** Addresses that renderers asked to go to; only those pass through `will-navigate`. */
  readonly #asked = new Map<string, string>();
  #page: Page | undefined;
  #answerWindowOpen: ((details: WindowOpenDetails) => WindowOpenAnswer) | undefined;
  #title = '';
  #zoomFactor = 1;
  #loading = false;
  /** Main has told the page where to go, and it has not arrived yet. */
  #commanded = false;
  #crashed = false;
  #destroyed = false;
  #devToolsOpened = false;

  constructor(preferences: WebPreferences, owner: Owner) {
    super();
    checkPreferences(preferences);
    this.setMaxListeners(0);
    this.#preferences = preferences;
    this.#owner = owner;
    this.session = preferences.session ?? session.fromPartition(preferences.partition ?? '');
    all.set(this.id, this);
    this.#opened = this.#open();
    this.#opened.catch((error: unknown) => {
      if (!this.#destroyed) console.error('The window could not be opened:', error);
    });
  }

  static getAllWebContents(): WebContents[] {
    return [...all.values()];
  }

  static fromId(id: number): WebContents | undefined {
    return all.get(id);
  }

  /** Playwright finds the window of a page with this. */
  static fromDevToolsTargetId(targetId: string): WebContents | undefined {
    return WebContents.getAllWebContents().find((contents) => contents.#page?.targetId === targetId);
  }

  static getFocusedWebContents(): WebContents | null {
    return WebContents.getAllWebContents().at(-1) ?? null;
  }

  // --- what it is ------------------------------------------------------------------------------------------------
  /** Resolves when the page exists and is prepared. */
  get standInOpened(): Promise<Page> {
    return this.#opened;
  }

  get standInTargetId(): string | undefined {
    return this.#page?.targetId;
  }

  get mainFrame(): WebFrameMain {
    if (!this.#page) throw new Error('The page is not open yet.');
    return WebFrameMain.of(this.#page.frames.main);
  }

  getURL(): string {
    const url = fromChromium(this.#page?.frames.main.url ?? '');
    return url === 'about:blank' ? '' : url;
  }

  getTitle(): string {
    return this.#title;
  }

  getLastWebPreferences(): WebPreferences {
    return this.#preferences;
  }

  getType(): string {
    return 'window';
  }

  getOSProcessId(): number {
    return process.pid;
  }

  getProcessId(): number {
    return 1;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  isCrashed(): boolean {
    return this.#crashed;
  }

  isLoading(): boolean {
    return this.#loading;
  }

  isLoadingMainFrame(): boolean {
    return this.#loading;
  }

  isFocused(): boolean {
    return all.size === 1;
  }

  // --- loading ---------------------------------------------------------------------------------------------------
  /** Resolves when the page has loaded; rejects with Chromium's error as Electron does. */
  async loadURL(url: string): Promise<void> {
    const page = await this.#opened;
    const loaded = new Promise<void>((resolve) => {
      this.once('did-finish-load', () => {
        resolve();
      });
    });
    this.#loading = true;
    this.#commanded = true;
    this.emit('did-start-loading');
    const errorText = await page.navigate(toChromium(url));
    if (errorText !== undefined) {
      this.#loading = false;
      this.#commanded = false;
      const text = errorText.replace(/^net::/, '');
      this.emit('did-fail-load', {}, -2, text, url, true);
      throw Object.assign(new Error(`${text} (-2) loading '${url}'`), { code: text, errno: -2, url });
    }
    await loaded;
  }

  reload(): void {
    this.#onPage((page) => {
      this.#commanded = true;
      if (this.#crashed) page.session.tell('Page.navigate', { url: page.frames.main.url });
      else page.session.tell('Page.reload');
    });
  }

  reloadIgnoringCache(): void {
    this.reload();
  }

  stop(): void {
    this.#onPage((page) => {
      page.session.tell('Page.stopLoading');
    });
  }

  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    return (await this.#opened).evaluate(code, userGesture);
  }

  async insertCSS(css: string): Promise<string> {
    await this.executeJavaScript(`document.adoptedStyleSheets.push(
      Object.assign(new CSSStyleSheet(), {}));document.adoptedStyleSheets.at(-1).replaceSync(${JSON.stringify(css)})`);
    return '1';
  }

  async capturePage(): Promise<NativeImage> {
    return new NativeImage(await (await this.#opened).screenshot());
  }

  // --- messages --------------------------------------------------------------------------------------------------
  send(channel: string, ...args: unknown[]): void {
    this.#send({ t: 'send', channel, args: codec.encode(args), ports: [] });
  }

  postMessage(channel: string, message: unknown, transfer: readonly MessagePortMain[] = []): void {
    const context = this.#page?.frames.mainIsolatedContext();
    const ports = context ? this.#portsOf(context) : undefined;
    const sent = transfer.map((port) => {
      if (ports) return ports.send(port);
      port.standInDetach().close();
      return 0;
    });
    this.#send({ t: 'send', channel, args: codec.encode([message]), ports: sent });
  }

  // --- the rest --------------------------------------------------------------------------------------------------
  setWindowOpenHandler(answer: (details: WindowOpenDetails) => WindowOpenAnswer): void {
    this.#answerWindowOpen = answer;
  }

  setZoomFactor(factor: number): void {
    this.#zoomFactor = factor;
    this.#onPage((page) => {
      const { width, height } = this.#owner.size();
      page.session.tell(
        'Emulation.setDeviceMetricsOverride',
        factor === 1
          ? { width: 0, height: 0, deviceScaleFactor: 0, mobile: false }
          : {
              width: Math.round(width / factor),
              height: Math.round(height / factor),
              deviceScaleFactor: factor,
              mobile: false,
            },
      );
    });
  }

  getZoomFactor(): number {
    return this.#zoomFactor;
  }

  get zoomFactor(): number {
    return this.#zoomFactor;
  }

  set zoomFactor(factor: number) {
    this.setZoomFactor(factor);
  }

  setZoomLevel(level: number): void {
    this.setZoomFactor(1.2 ** level);
  }

  getZoomLevel(): number {
    return Math.log(this.#zoomFactor) / Math.log(1.2);
  }

  async setVisualZoomLevelLimits(): Promise<void> {
    // There is no pinching here.
  }

  setIgnoreMenuShortcuts(): void {
    // Menus are data here; no key reaches them.
  }

  setBackgroundThrottling(): void {
    // Nothing is throttled here.
  }

  setUserAgent(): void {
    // The windows have no network.
  }

  openDevTools(): void {
    this.#devToolsOpened = true;
  }

  closeDevTools(): void {
    this.#devToolsOpened = false;
  }

  isDevToolsOpened(): boolean {
    return this.#devToolsOpened;
  }

  focus(): void {
    this.#onPage((page) => {
      page.session.tell('Page.bringToFront');
    });
  }

  close(): void {
    this.#owner.close();
  }

  /** Kills the page's process, as a crash would. */
  forcefullyCrashRenderer(): void {
    this.#onPage((page) => {
      page.session.tell('Page.crash');
    });
  }

  // --- inside ----------------------------------------------------------------------------------------------------
  /** The window has gone; the page is closed if it is still there. */
  standInDestroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    all.delete(this.id);
    this.#closePorts();
    nativeTheme.off('standInChanged', this.#applyTheme);
    this.#opened.then(
      (page) => {
        page.close();
      },
      () => {
        // It never opened.
      },
    );
    this.emit('destroyed');
  }

  async #open(): Promise<Page> {
    const { chromium } = runtime;
    if (!chromium) throw new Error('Chromium is not running.');
    const preferences = this.#preferences;
    const page = await Page.open(chromium, {
      size: this.#owner.size(),
      isolatedWorld: ISOLATED_WORLD,
      binding: BINDING,
      scripts: injectedScripts({
        preload: preferences.preload,
        inSubFrames: preferences.nodeIntegrationInSubFrames ?? false,
        process: preloadProcess(preferences),
      }),
      onMessage: (text, context) => {
        this.#receive(JSON.parse(text) as FromPage, context);
      },
      onRequest: (request) => this.#request(request),
    });
    this.#page = page;
    this.#listen(page);
    nativeTheme.on('standInChanged', this.#applyTheme);
    this.#applyTheme();
    return page;
  }

  #listen(page: Page): void {
    const { session: page$, frames } = page;
    page$.on('Page.frameRequestedNavigation', ({ frameId, url }) => {
      this.#asked.set(frameId, url);
    });
    page$.on('Page.frameStartedLoading', ({ frameId }) => {
      if (frameId === frames.main.id) this.#loading = true;
    });
    page$.on('Page.frameNavigated', ({ frame }) => {
      this.#asked.delete(frame.id);
      if (frame.parentId !== undefined) {
        this.emit('did-frame-navigate', {}, fromChromium(frame.url), 200, 'OK', false);
        return;
      }
      this.#crashed = false;
      this.#commanded = false;
      this.emit('did-navigate', {}, this.getURL(), 200, 'OK');
    });
    page$.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      this.emit('did-navigate-in-page', {}, fromChromium(url), frameId === frames.main.id);
    });
    page$.on('Page.domContentEventFired', () => this.emit('dom-ready', {}));
    page$.on('Page.loadEventFired', () => {
      this.#loading = false;
      this.emit('did-finish-load', {});
      this.emit('did-stop-loading', {});
    });
    page$.on('Page.windowOpen', ({ url, windowName, windowFeatures }) => {
      // From a link: Chromium has opened a page of its own, which Chromium's owner closes again.
      this.#windowOpen(url, windowName, windowFeatures.join(','));
    });
    page$.on('Inspector.targetCrashed', () => {
      this.#crash();
    });
    frames.onContextGone((context) => {
      this.#ports.get(context)?.closeAll();
      this.#ports.delete(context);
    });
  }

  #crash(): void {
    this.#crashed = true;
    this.#page?.frames.forgetContexts();
    const details = { reason: 'crashed', exitCode: 5 };
    this.emit('render-process-gone', {}, details);
    app.emit('render-process-gone', {}, this, details);
  }

  /** The title of the page has changed. */
  standInTitle(title: string): void {
    this.#title = title;
  }

  /** The page was closed from outside: by its own window button or by DevTools. */
  standInTargetGone(): void {
    this.#owner.gone();
  }

  readonly #applyTheme = (): void => {
    this.#onPage((page) => {
      const value = nativeTheme.shouldUseDarkColors ? 'dark' : 'light';
      page.session.tell('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
    });
  };

  #onPage(act: (page: Page) => void): void {
    if (this.#page) {
      act(this.#page);
      return;
    }
    this.#opened.then(act, () => {
      // It never opened; said so already.
    });
  }

  #send(message: ToPage): void {
    this.#page?.deliver(JSON.stringify(message));
  }

  #portsOf(context: Context): PagePorts {
    const known = this.#ports.get(context);
    if (known) return known;
    const ports = new PagePorts(codec, (message) => {
      if (this.#ports.has(context)) this.#page?.deliver(JSON.stringify(message), context);
    });
    this.#ports.set(context, ports);
    return ports;
  }

  #closePorts(): void {
    for (const ports of this.#ports.values()) ports.closeAll();
    this.#ports.clear();
  }

  #receive(message: FromPage, context: Context): void {
    switch (message.t) {
      case 'invoke':
        void this.#invoke(message.id, message.channel, codec.decode(message.args) as unknown[], context);
        return;
      case 'send': {
        const ports = message.ports.map((id) => this.#portsOf(context).receive(id));
        const event = this.#event(context, ports);
        const args = codec.decode(message.args) as unknown[];
        this.ipc.emit(message.channel, event, ...args);
        ipcMain.emit(message.channel, event, ...args);
        return;
      }
      case 'port':
        this.#portsOf(context).message(message.port, message.data);
        return;
      case 'port-closed':
        this.#portsOf(context).closed(message.port);
        return;
      case 'window-open':
        this.#windowOpen(message.url, message.frameName, message.features);
        return;
      case 'preload-error':
        this.emit('preload-error', {}, this.#preferences.preload, new Error(message.message));
        console.error(`Unable to load preload script: ${message.stack}`);
        return;
      case 'resized':
      case 'focus':
      case 'blur':
        this.emit(`standIn-${message.t}`);
    }
  }

  async #invoke(id: number, channel: string, args: readonly unknown[], context: Context): Promise<void> {
    const answering = this.ipc.standInHandles(channel) ? this.ipc : ipcMain;
    const reply = await answering.standInInvoke(channel, this.#event(context, []), args).then(
      (value): ToPage => ({ t: 'reply', id, ok: true, value: codec.encode(value) }),
      (error: unknown): ToPage => {
        const text = codec.encode(`Error invoking remote method '${channel}': ${String(error)}`);
        return { t: 'reply', id, ok: false, value: text };
      },
    );
    if (this.#isAlive(context)) this.#page?.deliver(JSON.stringify(reply), context);
  }

  #event(context: Context, ports: readonly MessagePortMain[]): IpcMainEvent {
    const isAlive = (): boolean => this.#isAlive(context);
    const frame = WebFrameMain.of(context.frame);
    return {
      type: 'frame',
      sender: this,
      processId: frame.processId,
      frameId: frame.routingId,
      ports,
      get senderFrame() {
        return isAlive() ? frame : null;
      },
      reply: (channel, ...args) => {
        this.send(channel, ...args);
      },
    };
  }

  #isAlive(context: Context): boolean {
    return !this.#destroyed && this.#page?.frames.context(context.id) === context;
  }

  #windowOpen(url: string, frameName: string, features: string): void {
    const details: WindowOpenDetails = {
      url: fromChromium(url),
      frameName: frameName === '_blank' ? '' : frameName,
      features,
      disposition: features === '' ? 'foreground-tab' : 'new-window',
      referrer: { url: this.getURL(), policy: 'strict-origin-when-cross-origin' },
    };
    const { action } = this.#answerWindowOpen?.(details) ?? { action: 'allow' };
    if (action === 'allow') this.#owner.openWindow(details);
  }

  async #request(request: PausedRequest): Promise<RequestAnswer> {
    const navigation = request.resourceType === 'Document';
    if (navigation) {
      if (await this.#isNavigationPrevented(request)) return { action: 'fail', reason: 'Aborted' };
      if (request.frameId === this.#page?.frames.main.id) {
        await this.session.standInPermissions.apply(this, request.request.url);
      }
    }
    return answerRequest(request, this.session, this.id);
  }

  /**
   * The renderer's wish and the browser's request come on separate ways, so that the wish may be a moment late. What
   * main itself commanded needs no wish; what DevTools commanded (Playwright's goto) has none.
   */
  async #wasAsked(frameId: string): Promise<boolean> {
    if (this.#asked.has(frameId)) return true;
    if (this.#commanded && frameId === this.#page?.frames.main.id) return false;
    await delay(WISH_MS);
    return this.#asked.has(frameId);
  }

  /** Only what the page itself wants is asked about; a redirect is asked about as such. */
  async #isNavigationPrevented({ frameId, request, redirectedRequestId }: PausedRequest): Promise<boolean> {
    if (!(await this.#wasAsked(frameId))) return false;
    const isMainFrame = frameId === this.#page?.frames.main.id;
    const url = fromChromium(request.url);
    const frame = this.#page?.frames.frame(frameId);
    const details = { url, isMainFrame, isSameDocument: false, frame: frame ? WebFrameMain.of(frame) : null };
    const event = Object.assign(new PreventableEvent(), details);
    const isRedirect = redirectedRequestId !== undefined;
    if (isRedirect) this.emit('will-redirect', event, url, false, isMainFrame);
    else {
      this.emit('will-frame-navigate', event);
      if (isMainFrame) this.emit('will-navigate', event, url);
    }
    if (event.defaultPrevented) this.#asked.delete(frameId);
    return event.defaultPrevented;
  }
}
