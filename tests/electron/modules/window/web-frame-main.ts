import type { Frame } from '../../chromium/frame.ts';
import { fromChromium } from '../addresses.ts';

const known = new WeakMap<Frame, WebFrameMain>();

/** Electron's view of a frame. There is one object per frame, so that frames can be compared with `===`. */
export class WebFrameMain {
  readonly #frame: Frame;

  private constructor(frame: Frame) {
    this.#frame = frame;
  }

  static of(frame: Frame): WebFrameMain {
    const view = known.get(frame) ?? new WebFrameMain(frame);
    known.set(frame, view);
    return view;
  }

  get url(): string {
    return fromChromium(this.#frame.url);
  }

  /** `null` (as text) for opaque origins. */
  get origin(): string {
    const [origin = 'null'] = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(this.url) ?? [];
    if (this.#frame.parent && /^about:(srcdoc|blank)/.test(this.url)) return WebFrameMain.of(this.#frame.parent).origin;
    return origin;
  }

  get name(): string {
    return this.#frame.name;
  }

  get parent(): WebFrameMain | null {
    return this.#frame.parent ? WebFrameMain.of(this.#frame.parent) : null;
  }

  get top(): WebFrameMain {
    return this.parent?.top ?? this;
  }

  get frames(): WebFrameMain[] {
    return [...this.#frame.children].map((child) => WebFrameMain.of(child));
  }

  get framesInSubtree(): WebFrameMain[] {
    return [this, ...this.frames.flatMap((frame) => frame.framesInSubtree)];
  }

  get frameTreeNodeId(): number {
    return Number.parseInt(this.#frame.id.slice(0, 8), 16);
  }

  get routingId(): number {
    return this.frameTreeNodeId;
  }

  get processId(): number {
    return 1;
  }

  get detached(): boolean {
    return this.#frame.detached;
  }

  isDestroyed(): boolean {
    return this.#frame.detached;
  }
}
