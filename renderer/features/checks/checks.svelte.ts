import type { CheckEvent, CheckStep, Failure, StreamParams } from '../../../preload/contract/index.ts';
import { assertNever } from '../../lib/assert-never.ts';
import type { Client } from '../../lib/bridge.ts';
import { toFailure } from '../../lib/operation-failed.ts';
import { sessionPart } from '../../state/session-part.ts';

/** What the form holds; texts as they are typed. */
class Draft {
  /** A control plane, by its target; empty chooses one. */
  node = $state('');
  isByServer = $state(true);
  /** Of a check by Minos. */
  asksKubernetes = $state(true);
  timeout = $state('20m');
  controlPlanes = $state('');
  workers = $state('');
  endpoint = $state('');
}

type Started = Extract<CheckEvent, { type: 'started' }>;
type Nodes = Extract<CheckEvent, { type: 'nodes' }>;

/** `broken`: it could not begin, or nothing more came of it. */
export type CheckPhase = 'running' | 'healthy' | 'unhealthy' | 'cancelled' | 'broken';

/** One health check, as far as it has come. It goes on when its screen is left, and ends when it is cancelled. */
export class HealthCheck {
  readonly request: StreamParams<'checks'>;
  /** What the cluster is called. */
  readonly cluster: string;
  readonly #stop = new AbortController();
  #phase = $state<CheckPhase>('running');
  #started = $state.raw<Started | undefined>();
  #nodes = $state.raw<Nodes | undefined>();
  #steps = $state.raw<readonly CheckStep[]>([]);
  #failure = $state.raw<Failure | undefined>();
  #endedAtMs = $state<number | undefined>();

  constructor(client: Client, request: StreamParams<'checks'>, cluster: string, now: () => number) {
    this.request = request;
    this.cluster = cluster;
    void this.#collect(client, now);
  }

  get phase(): CheckPhase {
    return this.#phase;
  }

  get started(): Started | undefined {
    return this.#started;
  }

  get nodes(): Nodes | undefined {
    return this.#nodes;
  }

  get steps(): readonly CheckStep[] {
    return this.#steps;
  }

  /** Why it is not healthy, or broke off. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  get endedAtMs(): number | undefined {
    return this.#endedAtMs;
  }

  /** The check that is tried now. */
  get blocking(): CheckStep | undefined {
    return this.#steps.find(({ state }) => state === 'running');
  }

  cancel(): void {
    this.#stop.abort();
  }

  async #collect(client: Client, now: () => number): Promise<void> {
    try {
      for await (const { items } of client.open('checks', this.request, { signal: this.#stop.signal })) {
        for (const item of items) this.#apply(item);
      }
      if (this.#phase === 'running') this.#end('cancelled', now());
    } catch (thrown) {
      const failure = toFailure(thrown);
      const isCancelled = this.#stop.signal.aborted || failure.code === 'cancelled';
      if (!isCancelled) this.#failure = failure;
      this.#end(isCancelled ? 'cancelled' : 'broken', now());
    }
  }

  #apply(event: CheckEvent): void {
    switch (event.type) {
      case 'started':
        this.#started = event;
        this.#steps = event.steps;
        return;
      case 'nodes':
        this.#nodes = event;
        return;
      case 'step': {
        const { step } = event;
        const isKnown = this.#steps.some(({ name }) => name === step.name);
        this.#steps = isKnown
          ? this.#steps.map((one) => (one.name === step.name ? step : one))
          : [...this.#steps, step];
        return;
      }
      case 'finished':
        this.#failure = event.failure;
        this.#end(event.state, event.endedAtMs);
        return;
      default:
        assertNever(event);
    }
  }

  #end(phase: Exclude<CheckPhase, 'running'>, atMs: number): void {
    if (this.#phase !== 'running') return;
    this.#phase = phase;
    this.#endedAtMs = atMs;
    // Nobody says any more what comes of those that had not ended.
    this.#steps = this.#steps.map((step) =>
      step.state === 'running' || step.state === 'waiting' ? { ...step, state: 'not-run' } : step,
    );
  }
}

/** The form and the last health check of each context, for as long as the window lives. */
export class Checks {
  readonly #drafts = new Map<string | undefined, Draft>();
  readonly #client: Client;
  readonly #now: () => number;
  readonly #context: () => string | undefined;
  #byContext = $state.raw<ReadonlyMap<string, HealthCheck>>(new Map());

  constructor(client: Client, now: () => number, context: () => string | undefined) {
    this.#client = client;
    this.#now = now;
    this.#context = context;
  }

  /** What the form of the context in use holds: nodes of one cluster are none of another. */
  get draft(): Draft {
    const id = this.#context();
    const draft = this.#drafts.get(id) ?? new Draft();
    this.#drafts.set(id, draft);
    return draft;
  }

  /** That of the context in use. */
  get current(): HealthCheck | undefined {
    const id = this.#context();
    return id === undefined ? undefined : this.#byContext.get(id);
  }

  /** Begins one in place of the one before, which ends. */
  start(request: StreamParams<'checks'>, cluster: string): void {
    this.#byContext.get(request.context)?.cancel();
    const check = new HealthCheck(this.#client, request, cluster, this.#now);
    this.#byContext = new Map(this.#byContext).set(request.context, check);
  }
}

/** The health checks of a window. */
export const checksOf = sessionPart(
  ({ client, now, current }) =>
    new Checks(
      client,
      () => now.untrackedMs(),
      () => current.id,
    ),
);
