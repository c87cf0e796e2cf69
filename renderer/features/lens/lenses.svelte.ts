import type { MakeLens } from '../../lens/client.ts';
import { sessionPart } from '../../state/session-part.ts';
import { OpenLens } from './open-lens.svelte.ts';
import type { SourceDraft } from './sources/source-choices.ts';
import type { LensWish } from './talosctl-wish.ts';
import { createLens } from '../../lens/create-lens.ts';

/** Lenses that may be open at once. */
const MOST_LENSES = 12;

/** The lenses of a window: each goes on while another one, or another screen, is looked at. */
class Lenses {
  /** How a lens is made; tests give another one. */
  makeLens: MakeLens;
  #all = $state.raw<readonly OpenLens[]>([]);
  #shown = $state.raw<ReadonlyMap<string, number>>(new Map());
  #lastId = 0;
  /** What the picker is opened with; undefined while it is closed. */
  picking = $state.raw<{ readonly draft: SourceDraft; readonly lens: OpenLens | undefined } | undefined>();

  constructor(makeLens: MakeLens) {
    this.makeLens = makeLens;
  }

  /** Those of a context, oldest first. */
  of(context: string | undefined): readonly OpenLens[] {
    return this.#all.filter((lens) => lens.context === context);
  }

  /** How many are open, of all contexts. */
  get size(): number {
    return this.#all.length;
  }

  /** The one that is looked at. */
  shownIn(context: string | undefined): OpenLens | undefined {
    const lenses = this.of(context);
    return lenses.find(({ id }) => id === this.#shown.get(context ?? '')) ?? lenses.at(-1);
  }

  lensOf(id: number): OpenLens | undefined {
    return this.#all.find((lens) => lens.id === id);
  }

  /** Opens the picker, filled with what is to be followed first; a new lens gets it, or the one that is named. */
  pick(draft: SourceDraft = { nodes: 'all', keys: [] }, lens?: OpenLens): void {
    this.picking = { draft, lens };
  }

  show({ context, id }: OpenLens): void {
    this.#shown = new Map(this.#shown).set(context, id);
  }

  /** Opens a lens and looks at it. The oldest goes when there are too many. */
  open(context: string, wish: LensWish, name?: string): OpenLens {
    const oldest = this.#all[0];
    if (this.#all.length >= MOST_LENSES && oldest) this.close(oldest);
    const lens = new OpenLens({ id: (this.#lastId += 1), context, name, makeLens: this.makeLens });
    lens.add(wish);
    this.#all = [...this.#all, lens];
    this.show(lens);
    return lens;
  }

  close(lens: OpenLens): void {
    lens.close();
    this.#all = this.#all.filter((each) => each !== lens);
  }
}

/** The lenses of a window. */
export const lensesOf = sessionPart(({ client }) => new Lenses((listener) => createLens({ client, listener })));
