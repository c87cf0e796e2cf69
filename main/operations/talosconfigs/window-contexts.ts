import type { TalosconfigState } from '../../../preload/contract/index.ts';
import { Value, type Observable } from '../../lib/observable.ts';
import { contextDestination, isSameWay, type ContextDestination } from '../clusters/destination.ts';
import type { ReadContext } from './context-reading.ts';

/** The open files that windows choose from. */
export interface OpenContexts {
  readonly state: Observable<TalosconfigState>;
  /** The context of this id. Throws Failed `not-found`. */
  readonly context: (id: string) => ReadContext;
  readonly all: () => readonly ReadContext[];
  /** False for a file of which nothing is known now. */
  readonly isReadable: (file: string) => boolean;
}

/**
 * Which context each window works on. A window begins with the context of the file and from then on stays where it is, whatever the file
 * names later. It follows its context to another name where exactly one open context leads to the same endpoints with the same
 * credentials; a context that is gone, or whose name was given to a cluster of another authority, leaves it without any (docs/adr/0080).
 */
export class WindowContexts {
  readonly #open: OpenContexts;
  readonly #chosen = new Map<number, ReadContext>();
  /** The window that was switched last. */
  readonly #switched = new Value(0);

  constructor(open: OpenContexts) {
    this.#open = open;
    // Before anybody else hears of a reading.
    open.state.subscribe(() => {
      this.#follow();
    });
  }

  /** Works on another context in this window alone. Writes nothing. Throws Failed `not-found`. */
  select(windowId: number, id: string): void {
    this.#chosen.set(windowId, this.#open.context(id));
    this.#switched.set(windowId);
  }

  /** Id of the context that a window works on; undefined while it has none. */
  contextOf(windowId: number): string | undefined {
    return this.#toldTo(windowId).selected;
  }

  /** Calls `then` after each switch of any window until the returned function is called. */
  onSwitch(then: () => void): () => void {
    return this.#switched.subscribe(then);
  }

  /** A window was closed. */
  forget(windowId: number): void {
    this.#chosen.delete(windowId);
  }

  /** Other files are worked on, whose contexts may have the same names. */
  forgetAll(): void {
    this.#chosen.clear();
  }

  /** What `told` says of the files, which all windows share, with what this window works on. */
  of(windowId: number, told: Observable<TalosconfigState>): Observable<TalosconfigState> {
    const now = (): TalosconfigState => ({ ...told.current, ...this.#toldTo(windowId) });
    return {
      get current() {
        return now();
      },
      subscribe: (listener) => {
        const tell = (): void => {
          listener(now());
        };
        const stops = [told.subscribe(tell), this.#switched.subscribe((id) => id === windowId && tell())];
        return () => {
          for (const stop of stops) stop();
        };
      },
    };
  }

  #toldTo(windowId: number): Pick<TalosconfigState, 'selected' | 'gone'> {
    const { fileContext } = this.#open.state.current;
    const chosen = this.#chosen.get(windowId) ?? this.#find(fileContext);
    if (chosen === undefined) return {};
    this.#chosen.set(windowId, chosen);
    const { id, name } = chosen.summary;
    return this.#sameNamed(chosen) === undefined ? { gone: { id, name } } : { selected: id };
  }

  #follow(): void {
    for (const [windowId, chosen] of this.#chosen) {
      const now = this.#sameNamed(chosen) ?? this.#underAnotherName(chosen);
      // One that names no authority for a moment does not make the window forget whose cluster it is with.
      const isForgetting = now?.summary.caFingerprints.length === 0 && chosen.summary.caFingerprints.length > 0;
      if (now !== undefined && !isForgetting) this.#chosen.set(windowId, now);
    }
  }

  /** The context of this name, unless the name has gone to another cluster. */
  #sameNamed(chosen: ReadContext): ReadContext | undefined {
    const named = this.#find(chosen.summary.id);
    return named !== undefined && isOfAnother(chosen, named) ? undefined : named;
  }

  #find(id: string): ReadContext | undefined {
    return this.#open.all().find(({ summary }) => summary.id === id);
  }

  #underAnotherName(gone: ReadContext): ReadContext | undefined {
    // A file that cannot be read now may have it still.
    if (!this.#open.isReadable(gone.summary.file)) return undefined;
    const before = whereTo(gone);
    const same = this.#open.all().filter((context) => isSameWay(before, whereTo(context)));
    return same.length === 1 ? same[0] : undefined;
  }
}

/** Signed by another authority, whether either can be dialled or not; while authorities are rotated, there are two. */
function isOfAnother({ summary: before }: ReadContext, { summary: now }: ReadContext): boolean {
  const [was, is] = [before.caFingerprints, now.caFingerprints];
  return was.length > 0 && is.length > 0 && !was.some((authority) => is.includes(authority));
}

/** Where talosctl looks makes no difference to where it leads. */
const whereTo = (context: ReadContext): ContextDestination => contextDestination(context, false);
