import type { Outcome, ResourceTypeSummary } from '../../../preload/contract/index.ts';
import type { Client } from '../../lib/bridge.ts';
import { sessionPart } from '../session-part.ts';

type Types = readonly ResourceTypeSummary[];

/** The types of resources that clusters said they have when they were last asked, by context. */
class KnownTypes {
  readonly #client: Client;
  readonly #asked = new Map<string, Promise<Outcome<Types>>>();
  #known = $state.raw<ReadonlyMap<string, Types>>(new Map());

  constructor(client: Client) {
    this.#client = client;
  }

  /** Those of a context; none before it was asked. Asks nobody. */
  of(context: string | undefined): Types {
    return (context !== undefined && this.#known.get(context)) || [];
  }

  /** Asks a cluster anew, once at a time. Never rejects: what fails leaves what was known before. */
  ask(context: string): Promise<Outcome<Types>> {
    const asked = this.#asked.get(context) ?? this.#ask(context).finally(() => this.#asked.delete(context));
    this.#asked.set(context, asked);
    return asked;
  }

  /** Those of a context, for which it is asked only when nothing is known. */
  async once(context: string): Promise<Types> {
    if (!this.#known.has(context)) await this.ask(context);
    return this.of(context);
  }

  async #ask(context: string): Promise<Outcome<Types>> {
    const outcome = await this.#client.call('resources.types', { context });
    if (outcome.ok) this.#known = new Map(this.#known).set(context, outcome.value);
    return outcome;
  }
}

/** What this window knows of types of resources. */
export const knownTypes = sessionPart(({ client }) => new KnownTypes(client));
