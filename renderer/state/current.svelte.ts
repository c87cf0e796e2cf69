import type {
  AttentionState,
  ClockState,
  ClusterSummary,
  ContextSummary,
  EtcdView,
  HealthState,
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

  /** Every node as last known. Reading it makes main ask them, so only what shows it reads it; so it is with the next three. */
  get health(): Live<HealthState> | undefined {
    return this.#ofUsable((id) => this.#topics.health(id));
  }

  /** What is wrong with the cluster. */
  get attention(): Live<AttentionState> | undefined {
    return this.#ofUsable((id) => this.#topics.attention(id));
  }

  /** The members of its etcd. */
  get etcd(): Live<EtcdView> | undefined {
    return this.#ofUsable((id) => this.#topics.etcd(id));
  }

  /** The cluster in some figures. */
  get summary(): Live<ClusterSummary> | undefined {
    return this.#ofUsable((id) => this.#topics.summary(id));
  }

  #ofUsable<T>(topic: (id: string) => T): T | undefined {
    const context = this.context;
    return context?.isUsable ? topic(context.id) : undefined;
  }
}
