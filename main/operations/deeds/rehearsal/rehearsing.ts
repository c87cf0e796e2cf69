import type {
  DeedPreview,
  DeedProgress,
  Failure,
  PoolStatus,
  Rehearsal,
  RehearsedMachine,
} from '../../../../preload/contract/index.ts';
import { Failed } from '../../../lib/failed.ts';
import type { Observable } from '../../../lib/observable.ts';
import { Value } from '../../../lib/observable.ts';
import { untilAborted } from '../../../lib/until-aborted.ts';
import type { CommandParams } from '../../commands/kit/definition.ts';
import { actsOf } from '../../plans/acts.ts';
import type { Machine } from '../../plans/machine.ts';
import type { DeedPlan } from '../../plans/plan.ts';
import { expectedLine, type WentMachine } from './expected-line.ts';
import type { Measured } from './measured.ts';
import { readShape, type ShapeSource } from './read-shape.ts';
import { openSimulated, type RehearsalTools, type SimulatedCluster } from './simulated-cluster.ts';

/** All of it has to be over then. */
const WITHIN_MS = 5 * 60_000;

/** A plan that is to be rehearsed. */
export interface ToRehearse {
  readonly shape: Omit<ShapeSource, 'signal' | 'clock'>;
  /** As the user named them. */
  readonly nodes: readonly string[];
  readonly params: CommandParams;
  readonly measured: Measured | undefined;
}

/** Plans the same kind of deed on a simulated cluster, as on any. */
export type PlanOn = (
  cluster: SimulatedCluster,
  wish: { readonly nodes: readonly string[]; readonly deed: string; readonly params: CommandParams },
  signal: AbortSignal,
  /** How Minos is connected to the real one. */
  pool: PoolStatus,
) => Promise<DeedPreview>;

/** One rehearsal, from the reads to its end. */
export class Rehearsing implements Observable<Rehearsal> {
  readonly #what: ToRehearse;
  readonly #tools: RehearsalTools;
  readonly #planOn: PlanOn;
  /** Counts what changed. */
  readonly #changes = new Value(0);
  #stage: Rehearsal['stage'] = 'reading';
  #simulated: number | undefined;
  #cluster: SimulatedCluster | undefined;
  /** On the simulated cluster. */
  #plan: DeedPlan | undefined;
  #expects: ReadonlyMap<string, number | undefined> = new Map();
  #progress: DeedProgress | undefined;
  #failure: Failure | undefined;

  constructor(what: ToRehearse, tools: RehearsalTools, planOn: PlanOn) {
    this.#what = what;
    this.#tools = tools;
    this.#planOn = planOn;
  }

  get current(): Rehearsal {
    const { measured } = this.#what;
    const { machines, untilMs } = this.#line();
    const isWhole = machines.every(({ state }) => state === 'done');
    return {
      stage: this.#stage,
      machines,
      ...(this.#simulated !== undefined && { simulated: this.#simulated }),
      ...(this.#stage === 'over' && isWhole && { expectedMs: untilMs }),
      ...(measured !== undefined && { measured: measured.count }),
      ...(this.#failure !== undefined && { failure: this.#failure }),
    };
  }

  subscribe(listener: (value: Rehearsal) => void): () => void {
    return this.#changes.subscribe(() => listener(this.current));
  }

  /** Resolves when all of it is gone. Never rejects: why it failed is in its value. */
  async run(signal: AbortSignal): Promise<void> {
    const ending = new AbortController();
    const cancelDeadline = this.#tools.clock.after(WITHIN_MS, () => ending.abort(tooLong()));
    const both = AbortSignal.any([signal, ending.signal]);
    try {
      await this.#rehearse(both);
    } catch (error) {
      const reason: unknown = both.aborted ? both.reason : error;
      this.#failure ??= reason instanceof Failed ? reason.failure : unexplained(error).failure;
    } finally {
      cancelDeadline();
      this.#set('over');
    }
  }

  async #rehearse(signal: AbortSignal): Promise<void> {
    const { shape: source, nodes, params } = this.#what;
    const { clock } = this.#tools;
    const shape = await readShape({ ...source, clock, signal }).catch((error: unknown): never => {
      throw error instanceof Failed ? error : new Failed(source.caller.explain(error, {}), error);
    });
    signal.throwIfAborted();
    this.#simulated = shape.machines.length;
    this.#set('starting');
    const cluster = await openSimulated(shape, this.#tools);
    this.#cluster = cluster;
    let applied: Promise<unknown> = Promise.resolve();
    const stop = cluster.plans.underWay.subscribe(({ deeds: [run] }) => this.#goes(run));
    try {
      signal.throwIfAborted();
      const preview = await this.#planOn(cluster, { nodes, deed: source.kind, params }, signal, source.pool);
      const { head } = preview;
      if (head === undefined) throw refused(preview);
      const plan = cluster.plans.get(head.token);
      if (plan.kind !== 'deed') throw unexplained(undefined);
      this.#plan = plan;
      this.#expects = expectsOf(plan);
      this.#set('doing');
      applied = cluster.plans.apply(head.token);
      await untilAborted(signal, (resolve) => void applied.then(resolve, resolve));
      signal.throwIfAborted();
      await applied;
    } finally {
      for (const { id } of cluster.plans.underWay.current.deeds) cluster.plans.order(id, 'leave', undefined);
      await cluster.close();
      await applied.catch(() => undefined);
      stop();
      await cluster.remove();
    }
  }

  #goes(run: DeedProgress | undefined): void {
    if (run === undefined) return;
    this.#progress = run;
    if (run.isPaused && this.#failure === undefined) {
      this.#failure = new Failed({
        code: 'precondition',
        message: `It would pause here and ask what to do. ${run.why ?? ''}`.trim(),
      }).failure;
      this.#cluster?.plans.order(run.id, 'stop', undefined);
    }
    this.#changes.set(this.#changes.current + 1);
  }

  #set(stage: Rehearsal['stage']): void {
    this.#stage = stage;
    this.#changes.set(this.#changes.current + 1);
  }

  #line(): ReturnType<typeof expectedLine> {
    const plan = this.#plan;
    const { machines } = plan ?? this.#what.shape.plan;
    const lanes = (plan !== undefined && 'acts' in plan ? plan.lanes : undefined) ?? [{ machines, atOnce: 1 }];
    return expectedLine(
      lanes.map(({ machines: ofLane, atOnce }) => ({ atOnce, machines: ofLane.map((one) => this.#went(one)) })),
      this.#what.measured,
    );
  }

  #went({ node, name }: Machine): WentMachine {
    const progress = this.#progress?.machines.find((one) => one.node === node);
    const step = this.#cluster?.journal.state.current.deeds?.[0]?.steps.find((one) => one.node === node);
    const acts = progress?.marks.filter(({ kind }) => kind === 'act') ?? [];
    const { machines } = this.#what.shape.plan;
    // Two machines may have one name.
    const real = machines.find((one) => one.node === node) ?? machines.find((one) => one.name === name);
    const state = stateOf(progress?.state, step?.stage);
    return {
      ...{ node: real?.node ?? node, name, state },
      acts: acts.map((act) => ({ name: act.name, expectMs: this.#expects.get(act.name) })),
      ...(state === 'failed' && step?.text !== undefined && { text: step.text }),
    };
  }
}

function stateOf(
  progress: DeedProgress['machines'][number]['state'] | undefined,
  stage: string | undefined,
): RehearsedMachine['state'] {
  if (stage === 'done') return 'done';
  if (stage === 'failed' || stage === 'maybe') return 'failed';
  if (stage === 'left') return 'left';
  return progress === 'doing' ? 'doing' : 'waiting';
}

/** How long the acts of a plan take, about, by what they are called. Before it is applied: making acts anew may forget what was done. */
const expectsOf = (plan: DeedPlan): ReadonlyMap<string, number | undefined> =>
  new Map(
    plan.machines.flatMap((machine) => actsOf(plan, machine).map(({ what, expectMs }) => [what, expectMs] as const)),
  );

function refused({ refused: why, machines }: DeedPreview): Failed {
  const where = machines.flatMap(({ name, refused: reason }) => (reason === undefined ? [] : [`${name}: ${reason}`]));
  return new Failed({
    code: 'precondition',
    message: `On the simulated cluster the plan is refused. ${[...(why === undefined ? [] : [why]), ...where].join(' ')}`,
    hint: 'The simulated machines may lack what yours have. It says nothing of your cluster.',
  });
}

const tooLong = (): Failed =>
  new Failed({ code: 'timeout', message: `The rehearsal was not over within ${WITHIN_MS / 60_000} minutes.` });

const unexplained = (error: unknown): Failed =>
  error instanceof Failed
    ? error
    : new Failed({ code: 'internal', message: 'The rehearsal could not be carried out.' }, error);
