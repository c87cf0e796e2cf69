import { setTimeout as delay } from 'node:timers/promises';
import type { Page, PausedRequest } from '../../chromium/page.ts';
import { fromChromium } from '../addresses.ts';
import { PreventableEvent } from '../runtime.ts';
import type { WebContents } from './web-contents.ts';
import { WebFrameMain } from './web-frame-main.ts';

/** How late a renderer's wish to navigate may come after the browser's request for it. */
const WISH_MS = 100;

/** Decides which navigations the application is asked about: those that a page wants, as in Electron. */
export class Navigations {
  readonly #contents: WebContents;
  /** Frames that want to go somewhere, and have not arrived. */
  readonly #wishes = new Set<string>();
  #mainFrame = '';
  /** Main has told the page where to go, and it has not arrived yet. */
  #commanded = false;

  constructor(contents: WebContents) {
    this.#contents = contents;
  }

  follow(page: Page): void {
    this.#mainFrame = page.frames.main.id;
    page.session.on('Page.frameRequestedNavigation', ({ frameId, disposition }) => {
      // Links to new windows are asked about as such.
      if (disposition === 'currentTab') this.#wishes.add(frameId);
    });
    page.session.on('Page.frameNavigated', ({ frame }) => {
      this.#wishes.delete(frame.id);
      if (frame.id === this.#mainFrame) this.#commanded = false;
    });
  }

  /** The application itself sends the page somewhere (and `failed`: it did not get there). */
  commanded(): void {
    this.#commanded = true;
    this.#wishes.delete(this.#mainFrame);
  }

  failed(): void {
    this.#commanded = false;
  }

  /** A redirect is asked about as such; a dropped file is never opened. */
  async isPrevented(paused: PausedRequest, page: Page, opensDroppedFiles: boolean): Promise<boolean> {
    const { frameId, request, redirectedRequestId } = paused;
    const isMainFrame = frameId === this.#mainFrame;
    if (!(await this.#isWished(frameId, isMainFrame))) {
      return isMainFrame && !this.#commanded && request.url.startsWith('file:') && !opensDroppedFiles;
    }
    const url = fromChromium(request.url);
    const known = page.frames.frame(frameId);
    const frame = known ? WebFrameMain.of(known) : null;
    const event = Object.assign(new PreventableEvent(), { url, isMainFrame, isSameDocument: false, frame });
    if (redirectedRequestId !== undefined) this.#contents.emit('will-redirect', event, url, false, isMainFrame);
    else {
      this.#contents.emit('will-frame-navigate', event);
      if (isMainFrame) this.#contents.emit('will-navigate', event, url);
    }
    if (event.defaultPrevented) this.#wishes.delete(frameId);
    return event.defaultPrevented;
  }

  /**
   * The renderer's wish and the browser's request come on separate ways, so that the wish may be a moment late. What
   * main commanded needs no wish; what DevTools commanded (Playwright's goto) has none.
   */
  async #isWished(frameId: string, isMainFrame: boolean): Promise<boolean> {
    if (isMainFrame && this.#commanded) return false;
    if (this.#wishes.has(frameId)) return true;
    await delay(WISH_MS);
    return this.#wishes.has(frameId);
  }
}
