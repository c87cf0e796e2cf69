import type { ContextSummary, NodesState, PoolStatus } from '../../preload/contract/index.ts';
import type { Live } from './live.ts';
import type { Topics } from './topics.ts';

/** The context this window works on, and its topics. Undefined while the file is unknown or none is chosen. */
export class Current {
  readonly #topics: Topics;

  constructor(topics: Topics) {
    this.#topics = topics;
  }

  get name(): string | undefined {
    return this.#topics.config.current?.selected;
  }

  get context(): ContextSummary | undefined {
    const config = this.#topics.config.current;
    return config?.contexts.find(({ name }) => name === config.selected);
  }

  get pool(): Live<PoolStatus> | undefined {
    return this.#ofUsable((name) => this.#topics.pool(name));
  }

  get nodes(): Live<NodesState> | undefined {
    return this.#ofUsable((name) => this.#topics.nodes(name));
  }

  #ofUsable<T>(topic: (name: string) => T): T | undefined {
    const context = this.context;
    return context?.isUsable ? topic(context.name) : undefined;
  }
}
