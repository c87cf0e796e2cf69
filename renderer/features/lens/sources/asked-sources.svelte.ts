import type { Failure, LensNodeSources } from '../../../../preload/contract/index.ts';
import type { Client } from '../../../lib/bridge.ts';

/** Nodes of one call: one that does not answer holds up only those few. */
const ASKED_TOGETHER = 5;

/** What nodes can be followed for, as far as they have said. Whoever makes it closes it. */
export class AskedSources {
  readonly #client: Client;
  readonly #context: string;
  readonly #leaving = new AbortController();
  #asked = $state.raw<ReadonlySet<string>>(new Set());
  #known = $state.raw<readonly LensNodeSources[] | undefined>();
  #failure = $state.raw<Failure | undefined>();

  constructor(client: Client, context: string) {
    this.#client = client;
    this.#context = context;
  }

  /** Undefined before the first answer. */
  get known(): readonly LensNodeSources[] | undefined {
    return this.#known;
  }

  /** Why some were not asked. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** How many have not answered yet. */
  get waiting(): number {
    return this.#asked.size - (this.#known?.length ?? 0);
  }

  /** Asks those of which nothing is known, each once. */
  async ask(nodes: readonly string[]): Promise<void> {
    await this.#askEach(nodes.filter((node) => !this.#asked.has(node)));
  }

  /** Asks those once more that did not answer. */
  async again(nodes: readonly string[]): Promise<void> {
    const answered = new Set(this.#known?.map(({ node }) => node));
    await this.#askEach(nodes.filter((node) => !answered.has(node)));
  }

  close(): void {
    this.#leaving.abort();
  }

  async #askEach(nodes: readonly string[]): Promise<void> {
    if (nodes.length === 0) return;
    this.#failure = undefined;
    this.#asked = new Set([...this.#asked, ...nodes]);
    const parts: (readonly string[])[] = [];
    for (let at = 0; at < nodes.length; at += ASKED_TOGETHER) parts.push(nodes.slice(at, at + ASKED_TOGETHER));
    await Promise.all(parts.map((part) => this.#askSome(part)));
  }

  async #askSome(nodes: readonly string[]): Promise<void> {
    const { signal } = this.#leaving;
    const outcome = await this.#client.call('lens.sources', { context: this.#context, nodes: [...nodes] }, { signal });
    if (signal.aborted) return;
    if (outcome.ok) this.#known = [...(this.#known ?? []), ...outcome.value];
    else this.#failure = outcome.failure;
  }
}
