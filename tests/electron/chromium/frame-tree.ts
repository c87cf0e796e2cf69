import type { Protocol, Session } from './devtools.ts';
import { Frame } from './frame.ts';

/** Where a script runs: which frame, and whether in the preload's world. */
export interface Context {
  readonly id: number;
  readonly frame: Frame;
  readonly isolated: boolean;
}

/** Keeps the frames and script contexts of one page as DevTools tells them. */
export class FrameTree {
  readonly main: Frame;
  readonly #frames = new Map<string, Frame>();
  readonly #contexts = new Map<number, Context>();
  readonly #isolatedWorld: string;
  #onContext: (context: Context) => void = () => undefined;
  #onContextGone: (context: Context) => void = () => undefined;

  constructor(session: Session, mainFrameId: string, isolatedWorld: string) {
    this.#isolatedWorld = isolatedWorld;
    this.main = new Frame(mainFrameId, undefined);
    this.#frames.set(mainFrameId, this.main);
    session.on('Page.frameAttached', ({ frameId, parentFrameId }) => {
      this.#frame(frameId, parentFrameId);
    });
    session.on('Page.frameNavigated', ({ frame }) => {
      const known = this.#frame(frame.id, frame.parentId);
      for (const child of [...known.children]) this.#detach(child);
      known.url = frame.url + (frame.urlFragment ?? '');
      known.name = frame.name ?? '';
    });
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      const known = this.#frames.get(frameId);
      if (known) known.url = url;
    });
    session.on('Page.frameDetached', ({ frameId, reason }) => {
      const known = this.#frames.get(frameId);
      if (!known || known === this.main || reason === 'swap') return;
      this.#detach(known);
    });
    session.on('Runtime.executionContextCreated', ({ context }) => {
      this.#created(context);
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      this.#gone(executionContextId);
    });
    session.on('Runtime.executionContextsCleared', () => {
      this.forgetContexts();
    });
  }

  onContext(listener: (context: Context) => void): void {
    this.#onContext = listener;
  }

  onContextGone(listener: (context: Context) => void): void {
    this.#onContextGone = listener;
  }

  frame(id: string): Frame | undefined {
    return this.#frames.get(id);
  }

  context(id: number): Context | undefined {
    return this.#contexts.get(id);
  }

  /** The preload's context in the main frame; undefined while a document is being replaced. */
  mainIsolatedContext(): Context | undefined {
    return [...this.#contexts.values()].findLast(({ frame, isolated }) => isolated && frame === this.main);
  }

  forgetContexts(): void {
    for (const id of [...this.#contexts.keys()]) this.#gone(id);
  }

  #frame(id: string, parentId: string | undefined): Frame {
    const known = this.#frames.get(id);
    if (known) return known;
    const frame = new Frame(id, parentId === undefined ? this.main : this.#frames.get(parentId));
    this.#frames.set(id, frame);
    return frame;
  }

  #detach(frame: Frame): void {
    for (const child of [...frame.children]) this.#detach(child);
    this.#frames.delete(frame.id);
    frame.detach();
  }

  #created({ id, name, auxData }: Protocol.Runtime.ExecutionContextDescription): void {
    const frame = this.#frames.get((auxData as { frameId?: string } | undefined)?.frameId ?? '');
    if (!frame) return;
    const context = { id, frame, isolated: name === this.#isolatedWorld };
    this.#contexts.set(id, context);
    this.#onContext(context);
  }

  #gone(id: number): void {
    const context = this.#contexts.get(id);
    if (!context) return;
    this.#contexts.delete(id);
    this.#onContextGone(context);
  }
}
