// One piece, because Electron's class is: see at the class.
import { Page, type PausedRequest, type RequestAnswer } from '../../chromium/page.ts';
import { BINDING, ISOLATED_WORLD, injectedScripts } from '../../page/injected-scripts.ts';
import type { FromPage } from '../../page/isolated-world.ts';
import { fromChromium, toChromium } from '../addresses.ts';
import { app } from '../app.ts';
import { IpcMain } from '../messages/ipc-main.ts';
import type { MessagePortMain } from '../messages/message-ports.ts';
import { NativeImage } from '../native-image.ts';
import { nativeTheme } from '../native-theme.ts';
import { Navigations } from './navigations.ts';
import { type IpcFromPage, PageIpc } from '../messages/page-ipc.ts';
import { answerRequest } from '../requests/page-requests.ts';
import { PreventableEvent, runtime } from '../runtime.ts';
import { type Session, session } from '../requests/session.ts';
import { WebFrameMain } from './web-frame-main.ts';
import { type WebPreferences, checkPreferences, preloadProcess } from './web-preferences.ts';
import { ZoomableContents } from './zoomable-contents.ts';

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

let lastId = 0;
const all = new Map<number, WebContents>();

/**
 * The contents of one window: its page in Chromium and the way to it. Long, because it is as wide as Electron's class:
 * nearly every method is one or two lines that hand on to a smaller part.
 */
export class WebContents extends ZoomableContents {
  readonly id = ++lastId;
  readonly session: Session;
  readonly ipc = new IpcMain();
  readonly #owner: Owner;
  readonly #preferences: WebPreferences;
  readonly #opened: Promise<Page>;
  readonly #ipc = new PageIpc(this, this.ipc, () => this.#page);
  readonly #navigations = new Navigations(this);
  #page: Page | undefined;
  #answerWindowOpen: ((details: WindowOpenDetails) => WindowOpenAnswer) | undefined;
  #title = '';
  #loading = false;
  #crashed = false;
  #destroyed = false;
  #webRtcPolicy = 'default';

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
    this.#navigations.commanded();
    this.emit('did-start-loading');
    const errorText = await page.navigate(toChromium(url));
    if (errorText !== undefined) {
      this.#loading = false;
      this.#navigations.failed();
      const text = errorText.replace(/^net::/, '');
      this.emit('did-fail-load', {}, -2, text, url, true);
      throw Object.assign(new Error(`${text} (-2) loading '${url}'`), { code: text, errno: -2, url });
    }
    await loaded;
  }

  reload(): void {
    this.#onPage((page) => {
      this.#navigations.commanded();
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
    this.#ipc.send(channel, args);
  }

  postMessage(channel: string, message: unknown, transfer: readonly MessagePortMain[] = []): void {
    this.#ipc.postMessage(channel, message, transfer);
  }

  // --- the rest --------------------------------------------------------------------------------------------------
  /** Kept only: Chromium obeys the switch `webrtc-ip-handling-policy`, which an app may set as well. */
  setWebRTCIPHandlingPolicy(policy: string): void {
    this.#webRtcPolicy = policy;
  }

  getWebRTCIPHandlingPolicy(): string {
    return this.#webRtcPolicy;
  }

  setWindowOpenHandler(answer: (details: WindowOpenDetails) => WindowOpenAnswer): void {
    this.#answerWindowOpen = answer;
  }

  protected override standInApplyZoom(factor: number): void {
    this.#onPage((page) => {
      if (factor === 1) {
        page.session.tell('Emulation.clearDeviceMetricsOverride');
        return;
      }
      const { width, height } = this.#owner.size();
      page.session.tell('Emulation.setDeviceMetricsOverride', {
        width: Math.round(width / factor),
        height: Math.round(height / factor),
        deviceScaleFactor: factor,
        mobile: false,
      });
    });
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
    this.#ipc.closeAll();
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
    const browserContextId = await this.session.standInBrowserContext();
    const page = await Page.open(chromium, {
      size: this.#owner.size(),
      browserContextId,
      isolatedWorld: ISOLATED_WORLD,
      binding: BINDING,
      scripts: injectedScripts({
        preload: preferences.preload,
        inSubFrames: preferences.nodeIntegrationInSubFrames ?? false,
        process: preloadProcess(preferences),
      }),
      onMessage: (text, context) => {
        const message = JSON.parse(text) as FromPage;
        if (!this.#note(message)) this.#ipc.receive(message as IpcFromPage, context);
      },
      onRequest: (request, page) => this.#request(request, page),
    });
    this.#page = page;
    this.#listen(page);
    nativeTheme.on('standInChanged', this.#applyTheme);
    this.#applyTheme();
    return page;
  }

  #listen(page: Page): void {
    const { session: page$, frames } = page;
    page$.on('Page.frameStartedLoading', ({ frameId }) => {
      if (frameId === frames.main.id) this.#loading = true;
    });
    page$.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId !== undefined) {
        this.emit('did-frame-navigate', {}, fromChromium(frame.url), 200, 'OK', false);
        return;
      }
      this.#crashed = false;
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
      this.#ipc.contextGone(context);
    });
    this.#navigations.follow(page);
  }

  #crash(): void {
    this.#crashed = true;
    this.#page?.frames.forgetContexts();
    const details = { reason: 'crashed', exitCode: 5 };
    this.emit('render-process-gone', {}, details);
    app.emit('render-process-gone', {}, this, details);
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

  /** What the isolated world tells the stand-in itself; false when it is IPC. */
  #note(message: FromPage): boolean {
    switch (message.t) {
      case 'window-open':
        this.#windowOpen(message.url, message.frameName, message.features);
        return true;
      case 'preload-error':
        this.emit('preload-error', {}, this.#preferences.preload, new Error(message.message));
        console.error(`Unable to load preload script: ${message.stack}`);
        return true;
      case 'title':
        this.#title = message.title;
        this.emit('page-title-updated', new PreventableEvent(), message.title, true);
        return true;
      case 'resized':
      case 'focus':
      case 'blur':
        this.emit(`standIn-${message.t}`);
        return true;
      default:
        return false;
    }
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

  async #request(request: PausedRequest, page: Page): Promise<RequestAnswer> {
    if (request.resourceType === 'Document') {
      const opensDroppedFiles = this.#preferences['navigateOnDragDrop'] === true;
      if (await this.#navigations.isPrevented(request, page, opensDroppedFiles)) {
        return { action: 'fail', reason: 'Aborted' };
      }
      if (request.frameId === page.frames.main.id) {
        await this.session.standInPermissions.apply(
          this,
          request.request.url,
          await this.session.standInBrowserContext(),
        );
      }
    }
    return answerRequest(request, this.session, this.id);
  }
}
