import type {
  AttentionState,
  ClockState,
  ClusterSummary,
  EtcdView,
  FleetState,
  HealthState,
  KubeconfigState,
  MainSettings,
  NodeGroupsState,
  NodesState,
  PoolStatus,
  PowerState,
  TalosconfigState,
  UpdateState,
} from '../../preload/contract/index.ts';
import type { Client } from '../lib/bridge.ts';
import { Live } from './live.ts';

/** The topics of this window, each watched once however many components read it. */
export class Topics {
  readonly config: Live<TalosconfigState>;
  readonly kubeconfig: Live<KubeconfigState>;
  readonly fleet: Live<FleetState>;
  readonly settings: Live<MainSettings>;
  readonly updates: Live<UpdateState>;
  readonly #client: Client;
  readonly #pools = new Map<string, Live<PoolStatus>>();
  readonly #powers = new Map<string, Live<PowerState>>();
  readonly #nodes = new Map<string, Live<NodesState>>();
  readonly #clocks = new Map<string, Live<ClockState>>();
  readonly #groups = new Map<string, Live<NodeGroupsState>>();
  readonly #health = new Map<string, Live<HealthState>>();
  readonly #attention = new Map<string, Live<AttentionState>>();
  readonly #etcd = new Map<string, Live<EtcdView>>();
  readonly #summaries = new Map<string, Live<ClusterSummary>>();

  constructor(client: Client) {
    this.#client = client;
    this.config = new Live((listener) => client.watch('config.state', {}, listener));
    this.kubeconfig = new Live((listener) => client.watch('kubeconfig.state', {}, listener));
    this.fleet = new Live((listener) => client.watch('fleet.state', {}, listener));
    this.settings = new Live((listener) => client.watch('settings.state', {}, listener));
    this.updates = new Live((listener) => client.watch('updates.state', {}, listener));
  }

  pool(context: string): Live<PoolStatus> {
    return remembered(
      this.#pools,
      context,
      () => new Live((listener) => this.#client.watch('pool.state', { context }, listener)),
    );
  }

  power(context: string): Live<PowerState> {
    return remembered(
      this.#powers,
      context,
      () => new Live((listener) => this.#client.watch('power.state', { context }, listener)),
    );
  }

  nodes(context: string): Live<NodesState> {
    return remembered(
      this.#nodes,
      context,
      () => new Live((listener) => this.#client.watch('nodes.state', { context }, listener)),
    );
  }

  clock(context: string): Live<ClockState> {
    return remembered(
      this.#clocks,
      context,
      () => new Live((listener) => this.#client.watch('clock.state', { context }, listener)),
    );
  }

  groups(context: string): Live<NodeGroupsState> {
    return remembered(
      this.#groups,
      context,
      () => new Live((listener) => this.#client.watch('groups.state', { context }, listener)),
    );
  }

  health(context: string): Live<HealthState> {
    return remembered(
      this.#health,
      context,
      () => new Live((listener) => this.#client.watch('health.state', { context }, listener)),
    );
  }

  attention(context: string): Live<AttentionState> {
    return remembered(
      this.#attention,
      context,
      () => new Live((listener) => this.#client.watch('attention.state', { context }, listener)),
    );
  }

  etcd(context: string): Live<EtcdView> {
    return remembered(
      this.#etcd,
      context,
      () => new Live((listener) => this.#client.watch('etcd.state', { context }, listener)),
    );
  }

  summary(context: string): Live<ClusterSummary> {
    return remembered(
      this.#summaries,
      context,
      () => new Live((listener) => this.#client.watch('overview.state', { context }, listener)),
    );
  }
}

function remembered<T>(known: Map<string, T>, key: string, make: () => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}
