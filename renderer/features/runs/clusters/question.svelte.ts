import type { CommandSummary, ContextSummary, Failure, NodeSummary } from '../../../../preload/contract/index.ts';
import { nodeName } from '../../../lib/words.ts';
import type { Session } from '../../../state/context.ts';
import type { Run } from '../../../state/run.svelte.ts';
import { whyNotRunIn } from '../../../state/start-run.ts';

/** Clusters that are asked at a time: each has endpoints to dial and nodes to ask. */
const AT_ONCE = 6;

/** Which nodes of each cluster are asked. */
export const ASKED_NODES = ['every node', 'control planes'] as const;
export type AskedNodes = (typeof ASKED_NODES)[number];

/** What several clusters are asked. */
export interface Asked {
  readonly contexts: readonly ContextSummary[];
  readonly command: CommandSummary;
  readonly params: Readonly<Record<string, string | boolean>>;
  readonly nodes: AskedNodes;
  /** Each cluster has so long, from when its nodes are known. */
  readonly deadlineMs: number;
}

/** One of the clusters that are asked: it is waiting, told its nodes, answers by its run, or says why it does not. */
export class AskedCluster {
  readonly context: ContextSummary;
  #state = $state.raw<'waiting' | 'finding' | 'asked' | 'failed' | 'cancelled'>('waiting');
  #run = $state.raw<Run | undefined>();
  #failure = $state.raw<Failure | undefined>();
  #names: ReadonlyMap<string, string> = new Map();

  constructor(context: ContextSummary) {
    this.context = context;
  }

  get state(): 'waiting' | 'finding' | 'asked' | 'failed' | 'cancelled' {
    return this.#state;
  }

  get run(): Run | undefined {
    return this.#run;
  }

  /** Why it could not be asked at all. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  readonly nameOf = (node: string): string => this.#names.get(node) ?? node;

  find(): void {
    this.#state = 'finding';
  }

  ask(run: Run, nodes: readonly NodeSummary[]): void {
    this.#names = new Map(nodes.map((node) => [node.target, nodeName(node)]));
    this.#run = run;
    this.#state = 'asked';
  }

  fail(failure: Failure): void {
    this.#failure = failure;
    this.#state = failure.code === 'cancelled' ? 'cancelled' : 'failed';
  }

  cancel(): void {
    this.#run?.cancel();
    if (this.#state === 'waiting') this.#state = 'cancelled';
  }
}

/**
 * One question to several clusters: a run for each, with its own hold on its cluster, its own nodes and its own time, so that no cluster
 * waits for another one and none is taken for another one.
 */
export class Question {
  readonly asked: Asked;
  readonly clusters: readonly AskedCluster[];
  readonly startedAtMs: number;
  readonly #session: Session;
  readonly #stop = new AbortController();
  #isRunning = $state(true);

  constructor(session: Session, asked: Asked) {
    this.#session = session;
    this.asked = asked;
    this.startedAtMs = session.now.untrackedMs();
    this.clusters = asked.contexts.map((context) => new AskedCluster(context));
    void this.#askAll();
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Those that have answered, or will not. */
  get ended(): number {
    return this.clusters.filter(
      ({ state, run }) => run?.phase !== 'running' && state !== 'waiting' && state !== 'finding',
    ).length;
  }

  cancel(): void {
    this.#stop.abort();
    for (const cluster of this.clusters) cluster.cancel();
  }

  async #askAll(): Promise<void> {
    const waiting = [...this.clusters];
    const askNext = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await this.#ask(next);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, askNext));
    this.#isRunning = false;
  }

  async #ask(cluster: AskedCluster): Promise<void> {
    const { signal } = this.#stop;
    const { command, params, deadlineMs, nodes: wanted } = this.asked;
    const { context } = cluster;
    if (signal.aborted) return;
    cluster.find();
    const found = await this.#session.client.call('fleet.nodes', { context: context.id }, { signal });
    if (!found.ok) return cluster.fail(found.failure);
    const nodes = found.value.filter(({ role }) => wanted === 'every node' || role === 'controlplane');
    const targets = nodes.map(({ target }) => target);
    const why = whyNotRunIn(context, command, targets);
    if (why !== undefined) return cluster.fail({ code: 'invalid', message: why, retry: 'never', traceId: 'page' });
    await new Promise<void>((resolve) => {
      const run = this.#session.runs.start(
        { ...{ context: context.id, contextName: context.name, command, params, deadlineMs }, nodes: targets },
        { isShown: false, isVisit: true, onEnd: resolve },
      );
      cluster.ask(run, nodes);
      if (signal.aborted) run.cancel();
    });
  }
}
