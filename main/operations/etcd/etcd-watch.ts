import type { EtcdView, NodesState } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { isCancelled } from '../../lib/failed.ts';
import type { Caller } from '../clusters/caller.ts';
import { explainCall } from '../clusters/words/call-failure.ts';
import { etcdView } from './etcd-view.ts';
import { readEtcd } from './read-etcd.ts';

/** One small question to each control plane, and two more. */
const LOOK_EVERY_MS = 5_000;

/** What {@link EtcdWatch} needs. */
export interface EtcdWatchOptions {
  /** What the page calls the cluster by at the moment. */
  readonly context: () => string;
  /** Throws Failed when the cluster cannot be called. */
  readonly connection: () => Caller;
  readonly nodes: () => Pick<NodesState, 'nodes'>;
  readonly clock: Clock;
  /** `state`: show it at once. `age`: when something else is shown; sizes and indexes change with each look. */
  readonly onChange: (what: 'state' | 'age') => void;
}

/** The members of one cluster's etcd, looked at every few seconds while somebody looks. What was read last stays. */
export class EtcdWatch {
  readonly #options: EtcdWatchOptions;
  #view: Omit<EtcdView, 'context'> = { status: 'loading', members: [], missing: [] };
  #lookedAtMs = -Infinity;
  #isLooking = false;
  #stop: AbortController | undefined;

  constructor(options: EtcdWatchOptions) {
    this.#options = options;
  }

  get current(): EtcdView {
    return { context: this.#options.context(), ...this.#view };
  }

  start(): void {
    this.#stop ??= new AbortController();
  }

  stop(): void {
    this.#stop?.abort();
    this.#stop = undefined;
    this.#isLooking = false;
    this.#lookedAtMs = -Infinity;
    // Nothing hangs on what may be an hour old when somebody looks again.
    if (this.#view.status === 'ready') this.#view = { ...this.#view, status: 'stale' };
  }

  /** Looks with the next tick. */
  refresh(): void {
    this.#lookedAtMs = -Infinity;
  }

  /** Called four times a second while somebody looks. */
  tick(): void {
    const nowMs = this.#options.clock.monotonic();
    if (this.#stop === undefined || this.#isLooking || nowMs - this.#lookedAtMs < LOOK_EVERY_MS) return;
    void this.#look(this.#stop.signal);
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { connection, nodes, clock, onChange, context } = this.#options;
    const before = stateOf(this.#view);
    const controlPlanes = nodes().nodes.filter(({ role }) => role === 'controlplane');
    // Before discovery has told which they are there is nobody to ask.
    if (controlPlanes.length === 0) return;
    this.#isLooking = true;
    this.#lookedAtMs = clock.monotonic();
    try {
      const look = await readEtcd({
        connection: connection(),
        nodes: controlPlanes,
        // Without a quorum nobody listed them: they only are those that answered.
        known: this.#view.quorum === undefined ? [] : this.#view.members,
        clock,
        signal,
      });
      if (signal.aborted) return;
      this.#view = etcdView(look);
    } catch (error) {
      if (signal.aborted || isCancelled(error)) return;
      const failure = explainCall(error, { context: context() });
      this.#view = { ...this.#view, status: this.#view.atMs === undefined ? 'failed' : 'stale', failure };
    } finally {
      if (!signal.aborted) {
        this.#isLooking = false;
        this.#lookedAtMs = clock.monotonic();
      }
    }
    onChange(stateOf(this.#view) === before ? 'age' : 'state');
  }
}

/** What of a view hangs on more than when it was looked at. */
function stateOf({ status, leader, missing, members, failure }: Omit<EtcdView, 'context'>): string {
  const ofMembers = members.map(({ id, hostname, node, isLearner, isLeader, alarms, report, failure: why }) => [
    ...[id, hostname, node, isLearner, isLeader, alarms, why?.message],
    ...[report?.leader, report?.version, report?.errors, report === undefined],
  ]);
  return JSON.stringify([status, leader, missing, ofMembers, failure?.message]);
}
