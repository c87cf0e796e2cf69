import type {
  CallInput,
  ContextSummary,
  DeedPreview,
  DeedRest,
  LastTime,
  NodeRole,
  NodeSummary,
  PoolStatus,
  Rehearsal,
} from '../../../preload/contract/index.ts';
import type { Observable } from '../../lib/observable.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Clusters } from '../clusters/clusters.ts';
import type { TalosconfigSession } from '../talosconfigs/talosconfig-session.ts';
import { whyRefused } from '../commands/kit/allowed.ts';
import { deedPlace } from '../plans/deed-place.ts';
import { machinesOf } from '../plans/machine.ts';
import type { ConfigDesk } from './config/config-desk.ts';
import { withoutPatches } from './config/patch-params.ts';
import type { DeedJournal } from './deed-journal.ts';
import type { Drains } from './drain/drains.ts';
import type { Plans } from '../plans/plans.ts';
import type { DeedPlan, Plan } from '../plans/plan.ts';
import { methodOf } from '../../talos/methods.ts';
import { Failed } from '../../lib/failed.ts';
import { checkParams } from '../commands/kit/params.ts';
import { DEEDS } from './deed-list.ts';
import { LookUps } from './after/look-ups.ts';
import { HeldCluster } from './held-cluster.ts';
import type { DeedDefinition, PlannedDeed, SnapshotDesk } from './kit/definition.ts';
import { planOpened } from './saved/plan-opened.ts';
import { SavedPlans } from './saved/saved-plans.ts';
import { measured } from './rehearsal/measured.ts';
import { Rehearsals } from './rehearsal/rehearsals.ts';
import type { RehearsalTools } from './rehearsal/simulated-cluster.ts';

/** What {@link Deeds} work with. */
export interface DeedsOptions {
  readonly talosconfig: Pick<TalosconfigSession, 'context' | 'state'>;
  readonly clusters: Pick<Clusters, 'get' | 'of' | 'lease' | 'visit'>;
  readonly journal: DeedJournal;
  readonly plans: Plans;
  readonly clock: Clock;
  readonly configs: ConfigDesk;
  readonly snapshots: SnapshotDesk;
  /** False while the window is hidden: nothing is looked up then. */
  readonly isSeen: () => boolean;
  /** Of this Minos, as a saved plan says it. */
  readonly version: string | undefined;
  /** The Kubernetes part of a deed on a cluster, which goes by other names meanwhile, and which API servers may be signed in to. */
  readonly drains: (held: Pick<HeldCluster, 'id' | 'caller'>, agreed: Set<string>) => Drains;
  /** What plans are rehearsed with. */
  readonly rehearsing: RehearsalTools;
  /** How Minos is connected to the cluster, where that is not as it seems. Default: as its pool says. */
  readonly pool?: PoolStatus;
}

/** Plans for what changes clusters, made from how they are now. They are applied as all plans are. */
export class Deeds {
  /** What came of deeds that the last Minos left in the middle. */
  readonly lookUps: LookUps;
  /** Plans as files. */
  readonly saved: SavedPlans;
  readonly rehearsals: Rehearsals;
  readonly #options: DeedsOptions;
  /** What plans were asked for by. */
  readonly #wishes = new WeakMap<Plan, CallInput<'deeds.plan'>>();

  /** What was done to clusters. */
  get journal(): DeedJournal {
    return this.#options.journal;
  }

  constructor(options: DeedsOptions) {
    this.#options = options;
    const { talosconfig } = options;
    this.lookUps = new LookUps({
      ...{ ...options, contexts: talosconfig.state, definitions: DEEDS },
      plan: (wish, signal) => this.#planned(deedOf(wish), wish, signal),
    });
    const { tokens } = options.plans;
    this.saved = new SavedPlans({ tokens, contexts: talosconfig.state, definitions: DEEDS });
    this.rehearsals = new Rehearsals(options.rehearsing, (cluster, wish, signal, pool) => {
      const { context, ...own } = cluster;
      const deeds = new Deeds({ ...options, ...own, pool });
      return deeds.plan({ ...wish, nodes: [...wish.nodes], params: { ...wish.params }, context }, signal);
    });
  }

  /** Reads what was done before, and looks up what the last Minos left once its clusters are known. Never rejects. */
  async load(): Promise<void> {
    await this.journal.load();
    this.lookUps.start();
  }

  /** Looks nothing up any more, and ends what is rehearsed. */
  async close(): Promise<void> {
    this.lookUps.close();
    await this.rehearsals.close();
  }

  /**
   * The Kubernetes part of a deed on the cluster of a context. What the user agreed to while it was planned is not asked again
   * while it is done. Whoever takes it closes it. Throws Failed `not-found`.
   */
  drains(context: string, agreed = new Set<string>()): Drains {
    return this.#options.drains(this.#held(context), agreed);
  }

  /** Plans a deed, also one of a file that was opened. Throws Failed: what machines, parameters and calls throw. */
  async plan(wish: CallInput<'deeds.plan'>, signal: AbortSignal): Promise<DeedPreview> {
    const { plans, version = '' } = this.#options;
    const deed = deedOf(wish);
    const { plan, preview } = await this.#plannedAs(deed, wish, signal);
    if (plan === undefined) return preview;
    const { certificate, caFingerprints: authorities } = this.#context(wish.context);
    const refused = whyRefused(methodOf(deed.method)?.roles ?? ['os:admin'], certificate?.roles ?? []);
    const params = checkParams(deed, wish.params);
    // Who may not do it themselves hands it to somebody who may.
    const kept = this.saved.keep({ definition: deed, params, authorities, plan, preview, minos: version });
    if (refused !== undefined) return { ...preview, ...kept, refused };
    const made = this.#compared(traced(plan, deed, wish), deed, wish);
    this.#wishes.set(made, wish);
    return { ...preview, ...kept, head: plans.keep(made) };
  }

  /** With how long its parts took the last time, machine by machine. */
  #compared(plan: DeedPlan, { id: kind }: DeedDefinition, { context }: CallInput<'deeds.plan'>): DeedPlan {
    const { journal, clusters } = this.#options;
    const { nodes } = clusters.get(context).nodes.current;
    const roleOf = (node: string): NodeRole | undefined => nodes.find(({ target }) => target === node)?.role;
    const last = plan.machines.flatMap(({ node }): readonly (readonly [string, LastTime])[] => {
      const isAlike = (other: string): boolean => roleOf(node) !== undefined && roleOf(other) === roleOf(node);
      const uuid = plan.before?.get(node)?.uuid;
      const found = journal.lastTime({ kind, cluster: plan.cluster, node, uuid, isAlike });
      return found === undefined ? [] : [[node, found]];
    });
    return { ...plan, last: new Map(last) };
  }

  /** Of a file that was opened: on its machines as they are now, with what differs. */
  async #plannedAs(deed: DeedDefinition, wish: CallInput<'deeds.plan'>, signal: AbortSignal): Promise<PlannedDeed> {
    const { opened, context } = wish;
    if (opened === undefined) return this.#planned(deed, wish, signal);
    const file = this.saved.opened(opened, this.#context(context), deed.id);
    const { nodes } = this.#options.clusters.get(context);
    // Members as they are now.
    await nodes.refresh();
    return planOpened(file, {
      ...{ signal, nodes: nodes.current.nodes, caller: this.#held(context).caller(), wished: wish.nodes },
      params: checkParams(deed, wish.params),
      plan: (those) => this.#planned(deed, { ...wish, nodes: those }, signal),
    });
  }

  /**
   * Tries a plan out on a simulated cluster of the same shape, from now on until the signal aborts. The real one is read, and nothing of
   * it changes. Throws Failed: `not-found` for an unknown or old token, and what {@link Rehearsals.begin} throws.
   */
  rehearse(token: string, signal: AbortSignal): Observable<Rehearsal> {
    const { clusters, journal, plans } = this.#options;
    const plan = plans.get(token);
    const wish = this.#wishes.get(plan);
    if (plan.kind !== 'deed' || wish === undefined)
      throw new Failed({ code: 'not-found', message: 'This plan is no deed.' });
    const { context, deed: kind, params } = wish;
    const nodes = plan.machines.map(({ node }) => node);
    const { nodes: known, status, caller } = clusters.get(context);
    const roles = this.#context(context).certificate?.roles ?? [];
    const shape = { plan, kind, params, caller, nodes: known.current.nodes, pool: status.current, roles };
    const what = { shape, nodes, params, measured: measured(journal.timesOf(kind, plan.cluster)) };
    return this.rehearsals.begin(what, signal);
  }

  readonly #context = (id: string): ContextSummary => this.#options.talosconfig.context(id).summary;

  async #planned(
    deed: DeedDefinition,
    { context: id, nodes, params }: Omit<DeedRest, 'deed'>,
    signal: AbortSignal,
  ): Promise<PlannedDeed> {
    const { clock, clusters, drains, journal, configs, snapshots } = this.#options;
    const held = this.#held(id);
    // Members as they are now: whoever is not known cannot be named.
    await clusters.get(id).nodes.refresh();
    let last: readonly NodeSummary[] = [];
    // Of a cluster that was closed and opened again nobody is known yet: it is the same cluster all the same.
    const known = (): readonly NodeSummary[] => {
      const { nodes: now } = clusters.get(held.id).nodes.current;
      if (now.some(({ sources }) => sources.includes('discovered')) || last.length === 0) last = now;
      return last;
    };
    const summary = this.#context(id);
    const agreed = new Set<string>();
    return deed.plan(checkParams(deed, params), {
      ...{ clock, signal, configs, snapshots, nodes: known, machines: machinesOf(nodes, known()) },
      pool: () => this.#options.pool ?? clusters.get(id).status.current,
      ...{ caller: held.caller, whyWait: held.whyWait, hold: held.hold },
      drains: () => drains(held, agreed),
      place: deedPlace(summary),
      certificateEndsMs: summary.certificate?.notAfterMs,
      isProduction: summary.isProduction === true,
      done: () => journal.state.current.deeds ?? [],
    });
  }

  #held(id: string): HeldCluster {
    const { clusters, clock } = this.#options;
    return new HeldCluster(id, { clusters, clock, context: this.#context });
  }
}

/** Throws Failed `invalid`. */
function deedOf({ deed: kind }: Pick<DeedRest, 'deed'>): DeedDefinition {
  const deed = DEEDS.find((each) => each.id === kind);
  if (deed === undefined) throw new Failed({ code: 'invalid', message: `No deed is called ${kind}.` });
  return deed;
}

/** Longer ones would not be whole in the journal. */
const MOST_PARAM = 2_000;

/**
 * With what is kept of it for after a restart. What may be a secret is left out, and asked for where it is planned anew. Of patches that need
 * not be there names are kept, which have to be chosen then. Where anything else that need not be there would be missing, nothing is kept:
 * planned anew without it, it would be another deed.
 */
function traced(plan: DeedPlan, deed: DeedDefinition, { params: given }: Pick<DeedRest, 'params'>): DeedPlan {
  const checked = checkParams(deed, given);
  const named = withoutPatches(checked);
  const params: Record<string, string | boolean> = {};
  for (const { id, isSensitive, isPatches, required } of deed.params) {
    const isNamed = isPatches === true && !required;
    const value = isNamed ? named[id] : checked[id];
    if (value === undefined || (isSensitive === true && value === '')) continue;
    if ((isNamed || isSensitive !== true) && String(value).length <= MOST_PARAM) params[id] = value;
    else if (!required) return plan;
  }
  const machines = Object.fromEntries(plan.before ?? []);
  return { ...plan, head: { ...plan.head, trace: { kind: deed.id, params, cluster: plan.cluster, machines } } };
}
