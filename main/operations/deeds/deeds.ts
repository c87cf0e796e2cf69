import type { CallInput, ContextSummary, DeedPreview, NodeSummary } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Clusters } from '../clusters/clusters.ts';
import type { TalosconfigSession } from '../talosconfigs/talosconfig-session.ts';
import { whyRefused } from '../commands/kit/allowed.ts';
import { deedPlace } from '../plans/deed-place.ts';
import { machinesOf } from '../plans/machine.ts';
import type { ConfigDesk } from './config/config-desk.ts';
import type { DeedJournal } from './deed-journal.ts';
import type { Drains } from './drain/drains.ts';
import type { Plans } from '../plans/plans.ts';
import { methodOf } from '../../talos/methods.ts';
import { Failed } from '../../lib/failed.ts';
import { checkParams } from '../commands/kit/params.ts';
import { DEEDS } from './deed-list.ts';
import { HeldCluster } from './held-cluster.ts';

/** What {@link Deeds} work with. */
export interface DeedsOptions {
  readonly talosconfig: Pick<TalosconfigSession, 'context'>;
  readonly clusters: Pick<Clusters, 'get' | 'of' | 'lease'>;
  readonly journal: DeedJournal;
  readonly plans: Plans;
  readonly clock: Clock;
  readonly configs: ConfigDesk;
  /** The Kubernetes part of a deed on a cluster, which goes by other names meanwhile, and which API servers may be signed in to. */
  readonly drains: (held: Pick<HeldCluster, 'id' | 'caller'>, agreed: Set<string>) => Drains;
}

/** Plans for what changes clusters, made from how they are now. They are applied as all plans are. */
export class Deeds {
  readonly #options: DeedsOptions;

  /** What was done to clusters. */
  get journal(): DeedJournal {
    return this.#options.journal;
  }

  constructor(options: DeedsOptions) {
    this.#options = options;
  }

  /**
   * The Kubernetes part of a deed on the cluster of a context. What the user agreed to while it was planned is not asked again
   * while it is done. Whoever takes it closes it. Throws Failed `not-found`.
   */
  drains(context: string, agreed = new Set<string>()): Drains {
    return this.#options.drains(this.#held(context), agreed);
  }

  /** Plans a deed. Throws Failed: what machines, parameters and calls throw. */
  async plan(
    { context: id, nodes, deed: kind, params }: CallInput<'deeds.plan'>,
    signal: AbortSignal,
  ): Promise<DeedPreview> {
    const { plans, clock, clusters, drains, journal, configs } = this.#options;
    const deed = DEEDS.find((each) => each.id === kind);
    if (deed === undefined) throw new Failed({ code: 'invalid', message: `No deed is called ${kind}.` });
    const held = this.#held(id);
    // Members as they are now: whoever is not known cannot be named.
    await clusters.get(id).nodes.refresh();
    const known = (): readonly NodeSummary[] => clusters.get(held.id).nodes.current.nodes;
    const summary = this.#context(id);
    const agreed = new Set<string>();
    const { plan, preview } = await deed.plan(checkParams(deed, params), {
      ...{ clock, signal, configs, nodes: known, machines: machinesOf(nodes, known()) },
      pool: () => clusters.get(id).status.current,
      ...{ caller: held.caller, whyWait: held.whyWait, hold: held.hold },
      drains: () => drains(held, agreed),
      place: deedPlace(summary),
      certificateEndsMs: summary.certificate?.notAfterMs,
      isProduction: summary.isProduction === true,
      done: () => journal.state.current.deeds ?? [],
    });
    if (plan === undefined) return preview;
    const refused = whyRefused(methodOf(deed.method)?.roles ?? ['os:admin'], summary.certificate?.roles ?? []);
    return refused === undefined ? { ...preview, head: plans.keep(plan) } : { ...preview, refused };
  }

  readonly #context = (id: string): ContextSummary => this.#options.talosconfig.context(id).summary;

  #held(id: string): HeldCluster {
    const { clusters, clock } = this.#options;
    return new HeldCluster(id, { clusters, clock, context: this.#context });
  }
}
