import type {
  ClockState,
  ContextSummary,
  NodeGroupsState,
  NodesState,
  PoolStatus,
} from '../../preload/contract/index.ts';
import { contextName } from '../lib/context-names.ts';
import type { Live } from './live.ts';
import type { Topics } from './topics.ts';

/** The context this window works on, and its topics. Undefined while the file is unknown or none is chosen. */
export class Current {
  readonly #topics: Topics;

  constructor(topics: Topics) {
    this.#topics = topics;
  }

  /** What calls and topics name it by. */
  get id(): string | undefined {
    return this.#topics.config.current?.selected;
  }

  /** What to call it. */
  get name(): string | undefined {
    return this.context && contextName(this.context);
  }

  get context(): ContextSummary | undefined {
    const config = this.#topics.config.current;
    return config?.contexts.find(({ id }) => id === config.selected);
  }

  get pool(): Live<PoolStatus> | undefined {
    return this.#ofUsable((id) => this.#topics.pool(id));
  }

  get nodes(): Live<NodesState> | undefined {
    return this.#ofUsable((id) => this.#topics.nodes(id));
  }

  /** Reading it measures, so only what shows it reads it. */
  get clock(): Live<ClockState> | undefined {
    return this.#ofUsable((id) => this.#topics.clock(id));
  }

  get groups(): Live<NodeGroupsState> | undefined {
    return this.#ofUsable((id) => this.#topics.groups(id));
  }

  #ofUsable<T>(topic: (id: string) => T): T | undefined {
    const context = this.context;
    return context?.isUsable ? topic(context.id) : undefined;
  }
}
