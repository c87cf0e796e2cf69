import type { BaseWindow, BrowserWindow, Rectangle } from 'electron';
import type { WindowInfo } from '../../../preload/contract/index.ts';
import { Failed } from '../../lib/failed.ts';
import { MOST_WINDOWS, type KeptWindow } from './kept-windows.ts';
import { besideOn } from './window-place.ts';

/** What a window is opened as. */
export interface WindowWish extends Partial<KeptWindow> {
  readonly number: number;
  /** It comes back behind the one that was used last, and does not take the focus from it. */
  readonly isBehind?: boolean;
}

/** What the windows are made with. */
export interface WindowsOptions {
  /** Opens one. */
  readonly make: (wish: WindowWish) => BrowserWindow;
  /** The windows of the last time; the one that was used last is the last. */
  readonly kept: readonly KeptWindow[];
  /** Remembers them for the next start. */
  readonly keep: (windows: readonly KeptWindow[]) => void;
  /** What of each display a window may lie on. */
  readonly workAreas: () => readonly Rectangle[];
}

interface Open {
  readonly window: BrowserWindow;
  /** Of its contents: what calls and ports come from. */
  readonly id: number;
  readonly info: Omit<WindowInfo, 'numbers'>;
}

/**
 * The windows people work in; the one that asks for confirmations is none of them. Which are open, and where, is remembered whenever that
 * changes, and once when the app ends: windows that close with it come back, one that is closed while others stay does not.
 */
export class Windows {
  readonly #options: WindowsOptions;
  /** The one that had the focus last is the last. */
  #open: readonly Open[] = [];
  #kept: readonly KeptWindow[];
  #lastNumber: number;
  #isEnding = false;

  constructor(options: WindowsOptions) {
    this.#options = options;
    this.#kept = options.kept;
    this.#lastNumber = Math.max(0, ...options.kept.map(({ number }) => number));
  }

  get count(): number {
    return this.#open.length;
  }

  /** The one that has the focus or had it last; undefined while none is open. */
  get last(): BrowserWindow | undefined {
    return this.#open.at(-1)?.window;
  }

  /** Id of the contents of {@link last}. */
  get lastId(): number | undefined {
    return this.#open.at(-1)?.id;
  }

  /** One of ours by the id of its contents. */
  byId(id: number): BrowserWindow | undefined {
    return this.#open.find((one) => one.id === id)?.window;
  }

  /** Id of the contents of the window that a menu was used in: where that is none of ours, of the last one. */
  idOf(window: BaseWindow | undefined): number | undefined {
    return this.#open.find((one) => one.window === window)?.id ?? this.lastId;
  }

  /** What its page learns. The window is open. */
  infoOf(id: number): WindowInfo {
    const numbers = this.#open.map(({ info }) => info.number).sort((a, b) => a - b);
    return { number: 0, ...this.#open.find((one) => one.id === id)?.info, numbers };
  }

  /** Opens the windows of the last time, or one; nothing where some are open. */
  restore(): void {
    if (this.#open.length > 0) return;
    this.#isEnding = false;
    const front = this.#kept.at(-1) ?? { number: this.#next() };
    for (const each of this.#kept.slice(0, -1)) this.#add({ ...each, isBehind: true });
    this.#add(front);
  }

  /**
   * Opens one more beside the last one; its page begins at `address`. The id of its contents. Throws Failed `busy` when there are as many
   * as there may be.
   */
  open(address?: string): number {
    if (this.#open.length >= MOST_WINDOWS) {
      throw new Failed({
        code: 'busy',
        message: `There are ${MOST_WINDOWS} windows, and no more fit.`,
        hint: 'Close one first.',
        retry: 'safe',
      });
    }
    const { last } = this;
    const bounds = last && besideOn(this.#options.workAreas(), last.getNormalBounds());
    const id = this.#add({ number: this.#next(), ...(bounds && { bounds }) }, address);
    this.#keepNow();
    return id;
  }

  /** The app is about to end: the windows that are open now are those that come back. */
  ending(): void {
    this.#keepNow();
    this.#isEnding = true;
  }

  /** It does not end after all: a window that is closed from now on does not come back while others stay. */
  staying(): void {
    this.#isEnding = false;
  }

  #next(): number {
    return (this.#lastNumber += 1);
  }

  #add(wish: WindowWish, address?: string): number {
    const { number } = wish;
    const window = this.#options.make(wish);
    const { id } = window.webContents;
    const open: Open = { window, id, info: { number, ...(address !== undefined && { address }) } };
    this.#open = [...this.#open, open];
    let place: KeptWindow | undefined;
    window.on('focus', () => {
      this.#open = [...this.#open.filter((one) => one !== open), open];
    });
    window.on('close', () => {
      place = placeOf(open);
    });
    // Windows ends a session without asking the app.
    window.on('session-end', () => {
      this.ending();
    });
    window.once('closed', () => {
      this.#open = this.#open.filter((one) => one !== open);
      // One that nobody closed went with the app.
      if (this.#isEnding || place === undefined) return;
      // The last one is what the next start begins with.
      if (this.#open.length > 0) this.#keepNow();
      else this.#keep([place]);
    });
    return id;
  }

  #keepNow(): void {
    if (this.#open.length > 0) this.#keep(this.#open.map(placeOf));
  }

  #keep(windows: readonly KeptWindow[]): void {
    this.#kept = windows;
    this.#options.keep(windows);
  }
}

const placeOf = ({ window, info }: Open): KeptWindow => ({
  number: info.number,
  bounds: window.getNormalBounds(),
  isMaximized: window.isMaximized(),
});
