import type { Failure, NodeSummary, ResolvedNodes } from '../../preload/contract/index.ts';
import type { Client } from '../lib/bridge.ts';
import type { Selection } from './selection.svelte.ts';

const NOTHING: ResolvedNodes = { nodes: [], problems: [] };

/**
 * Choosing nodes by a text such as `workers !worker-3`. Main says which nodes it means; they become the selection. The text
 * holds only while the selection is what it chose: once a row is switched by hand, or the selection is cleared, it is gone.
 */
export class NodeChoice {
  readonly #client: Client;
  readonly #selection: Selection;
  #text = $state('');
  #context = $state<string | undefined>();
  #resolvedText = $state('');
  #resolved = $state.raw<ResolvedNodes>(NOTHING);
  #failure = $state.raw<Failure | undefined>();
  /** The selection as this choice left it. */
  #left = $state.raw<ReadonlySet<string> | undefined>();
  #lastAsked = 0;

  constructor(client: Client, selection: Selection) {
    this.#client = client;
    this.#selection = selection;
  }

  /** The text that made the selection; '' when none did. */
  textIn(context: string | undefined): string {
    return this.#holdsIn(context) ? this.#text : '';
  }

  /** The text main has answered for: the one the selection is made of, a moment after {@link textIn}. */
  resolvedTextIn(context: string | undefined): string {
    return this.#holdsIn(context) ? this.#resolvedText : '';
  }

  /** What main says about the text: its nodes, and words that mean nothing. */
  resolvedIn(context: string | undefined): ResolvedNodes {
    return this.#holdsIn(context) ? this.#resolved : NOTHING;
  }

  /** Why main could not say which nodes the text means. */
  failureIn(context: string | undefined): Failure | undefined {
    return this.#holdsIn(context) ? this.#failure : undefined;
  }

  /** Nodes that only the text names: nobody knows yet whether they exist. */
  typedIn(context: string | undefined): readonly NodeSummary[] {
    return this.resolvedIn(context).nodes.filter(({ sources }) => sources.every((source) => source === 'typed'));
  }

  /** Selects what a text means; an empty one selects nothing. The newest text wins. */
  async choose(context: string, text: string): Promise<void> {
    const asked = ++this.#lastAsked;
    if (!this.#holdsIn(context)) {
      this.#resolved = NOTHING;
      this.#resolvedText = '';
    }
    this.#text = text;
    this.#context = context;
    if (text.trim() === '') return this.#take(NOTHING);
    this.#left = this.#selection.keys;
    const outcome = await this.#client.call('nodes.resolve', { context, text });
    if (asked !== this.#lastAsked || !this.#holdsIn(context)) return;
    if (outcome.ok) this.#take(outcome.value);
    else this.#take(NOTHING, outcome.failure);
  }

  /** The same text again, since other nodes are known now. */
  async again(context: string): Promise<void> {
    const text = this.textIn(context);
    if (text.trim() !== '') await this.choose(context, text);
  }

  #take(resolved: ResolvedNodes, failure?: Failure): void {
    this.#resolved = resolved;
    this.#resolvedText = this.#text;
    this.#failure = failure;
    this.#selection.set(resolved.nodes.map(({ target }) => target));
    this.#left = this.#selection.keys;
  }

  #holdsIn(context: string | undefined): boolean {
    return context !== undefined && context === this.#context && this.#left === this.#selection.keys;
  }
}
