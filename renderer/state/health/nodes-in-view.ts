import type { Client } from '../../lib/bridge.ts';
import { sessionPart } from '../session-part.ts';

/** Most nodes that main watches at a time, as call `health.look` takes them. */
const MOST_IN_VIEW = 100;

/** While rows scroll by, main is told this often, milliseconds. */
const EVERY_MS = 250;

/** What somebody looks at. */
interface Look {
  readonly context: string;
  readonly nodes: readonly string[];
}

/**
 * Tells main which nodes are in view, so that it watches them and asks the others now and then. Several places may look at
 * once (a table and the inspector beside it): what is told is all of them, at most a hundred, the newest place first;
 * none while the page is hidden.
 */
class NodesInView {
  readonly #client: Client;
  readonly #page: Document;
  readonly #looks = new Map<object, Look>();
  /** What main was told last, by context. */
  readonly #told = new Map<string, string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: Client, page: Document) {
    this.#client = client;
    this.#page = page;
    // As long as the page: there is one of these.
    page.addEventListener('visibilitychange', () => this.#tell());
  }

  /** Says what `place` looks at now, instead of what it looked at before. */
  look(place: object, context: string, nodes: readonly string[]): void {
    this.#looks.delete(place);
    this.#looks.set(place, { context, nodes });
    this.#tellSoon();
  }

  /** `place` looks at nothing any more. */
  leave(place: object): void {
    if (this.#looks.delete(place)) this.#tellSoon();
  }

  #tellSoon(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#tell();
    }, EVERY_MS);
  }

  #tell(): void {
    const isSeen = this.#page.visibilityState === 'visible';
    const looks = isSeen ? [...this.#looks.values()].reverse() : [];
    for (const context of new Set([...this.#told.keys(), ...looks.map((look) => look.context)])) {
      const all = new Set(looks.filter((look) => look.context === context).flatMap(({ nodes }) => nodes));
      const nodes = [...all].slice(0, MOST_IN_VIEW);
      // Order does not matter to main, and a table that is sorted anew shows the same nodes.
      const words = JSON.stringify(nodes.toSorted());
      if (this.#told.get(context) === words) continue;
      if (nodes.length === 0) this.#told.delete(context);
      else this.#told.set(context, words);
      void this.#client.call('health.look', { context, nodes });
    }
  }
}

/** What this window looks at. */
export const nodesInView = sessionPart(({ client }) => new NodesInView(client, document));
