import type { Page } from '../../chromium/page.ts';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Start extends Partial<Rectangle> {
  readonly minWidth?: number;
  readonly minHeight?: number;
}

/** Position and size of a window. The size is the page's: what Chromium's own bars take is added. */
export class WindowGeometry {
  #bounds: Rectangle;
  #minimum: [number, number];
  /** Height of Chromium's tab strip and address bar, measured once. */
  #bars: number | undefined;
  #applying = 0;

  constructor({ x = 0, y = 0, width = 800, height = 600, minWidth = 0, minHeight = 0 }: Start) {
    this.#bounds = { x, y, width, height };
    this.#minimum = [minWidth, minHeight];
  }

  get bounds(): Rectangle {
    return this.#bounds;
  }

  get minimum(): [number, number] {
    return [...this.#minimum];
  }

  setMinimum(width: number, height: number): void {
    this.#minimum = [width, height];
    this.change({});
  }

  change(bounds: Partial<Rectangle>): Rectangle {
    const wanted = { ...this.#bounds, ...bounds };
    const [width, height] = this.#minimum;
    this.#bounds = { ...wanted, width: Math.max(wanted.width, width), height: Math.max(wanted.height, height) };
    return this.#bounds;
  }

  async apply(page: Page): Promise<void> {
    this.#applying++;
    try {
      const { windowId } = await page.windowBounds();
      this.#bars ??= await this.#measureBars(page);
      const { x, y, width, height } = this.#bounds;
      await page.setWindowBounds(windowId, { left: x, top: y, width, height: height + this.#bars });
    } finally {
      this.#applying--;
    }
  }

  /** Takes over the size the window really has; true when it is a new one. */
  async read(page: Page): Promise<boolean> {
    if (this.#applying > 0 || this.#bars === undefined) return false;
    const { bounds } = await page.windowBounds();
    const { width = this.#bounds.width, height = this.#bounds.height + this.#bars } = bounds;
    const inner = height - this.#bars;
    if (width === this.#bounds.width && inner === this.#bounds.height) return false;
    this.#bounds = { ...this.#bounds, width, height: inner };
    return true;
  }

  async #measureBars(page: Page): Promise<number> {
    const { bounds } = await page.windowBounds();
    return (bounds.height ?? 0) - (await page.innerHeight());
  }
}
