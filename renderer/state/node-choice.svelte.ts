import type { Failure, NodeSummary, ResolvedNodes } from '../../preload/contract/index.ts';
import type { Client } from '../lib/bridge.ts';
import type { Selection } from './selection.svelte.ts';

const NOTHING: ResolvedNodes = { nodes: [], problems: [] };

/** What was chosen by text in one context. */
interface Chosen {
  readonly text: string;
  /** The text main has answered for. */
  readonly resolvedText: string;
  readonly resolved: ResolvedNodes;
  readonly failure?: Failure | undefined;
  /** The selection as this choice left it. */
  readonly left: ReadonlySet<string>;
}

/**
 * Choosing nodes by a text such as `workers !worker-3`. Main says which nodes it means; they become the selection of that
 * context. Each context keeps its own text. It holds only while the selection is what it chose: once a row is switched by
 * hand, or the selection is cleared, it is gone.
 */
export class NodeChoice {
  readonly #client: Client;
  /** Its places are contexts. */
  readonly #selection: Selection;
  #chosen = $state.raw<ReadonlyMap<string, Chosen>>(new Map());
  readonly #lastAsked = new Map<string, number>();

  constructor(client: Client, selection: Selection) {
    this.#client = client;
    this.#selection = selection;
  }

  /** The text that made the selection; '' when none did. */
  textIn(context: string | undefined): string {
    return this.#heldIn(context)?.text ?? '';
  }

  /** The text main has answered for: the one the selection is made of, a moment after {@link textIn}. */
  resolvedTextIn(context: string | undefined): string {
    return this.#heldIn(context)?.resolvedText ?? '';
  }

  /** What main says about the text: its nodes, and words that mean nothing. */
  resolvedIn(context: string | undefined): ResolvedNodes {
    return this.#heldIn(context)?.resolved ?? NOTHING;
  }

  /** Why main could not say which nodes the text means. */
  failureIn(context: string | undefined): Failure | undefined {
    return this.#heldIn(context)?.failure;
  }

  /** Nodes that only the text names: nobody knows yet whether they exist. */
  typedIn(context: string | undefined): readonly NodeSummary[] {
    return this.resolvedIn(context).nodes.filter(({ sources }) => sources.every((source) => source === 'typed'));
  }

  /** Selects what a text means; an empty one selects nothing. The newest text wins. */
  async choose(context: string, text: string): Promise<void> {
    const asked = (this.#lastAsked.get(context) ?? 0) + 1;
    this.#lastAsked.set(context, asked);
    const held = this.#heldIn(context);
    const { resolved = NOTHING, resolvedText = '' } = held ?? {};
    const chosen = { text, resolved, resolvedText, failure: held?.failure, left: this.#selection.keysIn(context) };
    if (text.trim() === '') return this.#take(context, chosen, NOTHING);
    this.#put(context, chosen);
    const outcome = await this.#client.call('nodes.resolve', { context, text });
    if (asked !== this.#lastAsked.get(context) || !this.#heldIn(context)) return;
    if (outcome.ok) this.#take(context, chosen, outcome.value);
    else this.#take(context, chosen, NOTHING, outcome.failure);
  }

  /** The same text again, since other nodes are known now. */
  async again(context: string): Promise<void> {
    const text = this.textIn(context);
    if (text.trim() !== '') await this.choose(context, text);
  }

  #take(context: string, { text }: Chosen, resolved: ResolvedNodes, failure?: Failure): void {
    this.#selection.setIn(
      context,
      resolved.nodes.map(({ target }) => target),
    );
    this.#put(context, { text, resolved, resolvedText: text, failure, left: this.#selection.keysIn(context) });
  }

  #put(context: string, chosen: Chosen): void {
    this.#chosen = new Map(this.#chosen).set(context, chosen);
  }

  #heldIn(context: string | undefined): Chosen | undefined {
    const chosen = context === undefined ? undefined : this.#chosen.get(context);
    return chosen !== undefined && chosen.left === this.#selection.keysIn(context ?? '') ? chosen : undefined;
  }
}
