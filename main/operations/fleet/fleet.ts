import type {
  ContextSummary,
  FleetRow,
  FleetState,
  NodeSummary,
  TalosconfigState,
} from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { every } from '../../lib/every.ts';
import { Failed } from '../../lib/failed.ts';
import { Value, type Observable } from '../../lib/observable.ts';
import { pause } from '../../lib/pause.ts';
import type { Clusters } from '../clusters/clusters.ts';
import { eachBounded } from '../work/fan-out/each-bounded.ts';
import { Lateness } from './lateness.ts';
import { lookAtCluster, type FleetLook } from './look-at-cluster.ts';
import { nodesOfCluster } from './nodes-of-cluster.ts';

/** A cluster that takes longer is down, or as far as it came. */
const DEADLINE_MS = 3_000;
const AT_ONCE = 32;
/** Looks that end badly while this computer was late by so much tell nothing of the cluster: they are made again, few at a time. */
const STARVED_MS = 600;
const AGAIN_AT_ONCE = 4;
/** Between the beginnings of two looks: handshakes of many at once would wait for each other and count as silence. */
const PACE_MS = 30;
/** Rows older than this are looked at again while somebody looks. */
const OLD_MS = 300_000;
/** How often it is looked whether there are such. */
const LOOK_EVERY_MS = 30_000;

/** What {@link Fleet} needs. */
export interface FleetOptions {
  readonly talosconfig: Observable<TalosconfigState>;
  readonly clusters: Pick<Clusters, 'visit'>;
  readonly clock: Clock;
  /** Does anybody see the page? */
  readonly isSeen: () => boolean;
}

/** A look and what it was of: a context that leads elsewhere since then has not been looked at. */
interface Kept {
  readonly look: FleetLook;
  readonly of: string;
}

/** A check that is under way. */
interface Check {
  readonly stop: AbortController;
  readonly lateness: Lateness;
  /** Those that are looked at once more. */
  readonly again: Set<string>;
  done: number;
  total: number;
}

/**
 * Every context of every open talosconfig, as it was when it was looked at last. Each is looked at through its own context alone, and
 * what was found is kept by that context and where it led: clusters never mix.
 */
export class Fleet implements Observable<FleetState> {
  readonly #options: FleetOptions;
  readonly #value: Value<FleetState>;
  readonly #kept = new Map<string, Kept>();
  readonly #looking = new Set<string>();
  #check: Check | undefined;
  #waiting: string[] = [];
  /** Resolves when the next look may begin. */
  #turn = Promise.resolve();
  #stopFollowing: (() => void) | undefined;

  constructor(options: FleetOptions) {
    this.#options = options;
    this.#value = new Value<FleetState>({ rows: [], atMs: options.clock.now() });
  }

  get current(): FleetState {
    return this.#value.listenerCount > 0 ? this.#value.current : this.#state();
  }

  subscribe(listener: (state: FleetState) => void): () => void {
    const stop = this.#value.subscribe(listener);
    if (this.#value.listenerCount === 1) this.#follow();
    return () => {
      stop();
      if (this.#value.listenerCount > 0) return;
      this.#stopFollowing?.();
      this.#stopFollowing = undefined;
      this.stop();
    };
  }

  /** Looks at these contexts now, or at all; those that are being looked at already are not looked at twice. */
  check(contexts: readonly string[] = this.#contexts().map(({ id }) => id)): void {
    const usable = new Set(this.#contexts().flatMap(({ id, isUsable }) => (isUsable ? [id] : [])));
    const fresh = contexts.filter((id) => usable.has(id) && !this.#looking.has(id) && !this.#waiting.includes(id));
    if (fresh.length === 0) return;
    this.#waiting.push(...fresh);
    if (this.#check !== undefined) {
      this.#check.total += fresh.length;
      this.#publish();
      return;
    }
    const lateness = new Lateness(this.#options.clock);
    this.#check = { stop: new AbortController(), lateness, again: new Set(), done: 0, total: fresh.length };
    this.#publish();
    void this.#work(this.#check);
  }

  /** See {@link nodesOfCluster}. */
  nodes(context: string, signal: AbortSignal): Promise<readonly NodeSummary[]> {
    const { clusters, clock } = this.#options;
    return nodesOfCluster(clusters, clock, context, signal);
  }

  /** Ends the check that is under way. What was found stays. */
  stop(): void {
    this.#waiting = [];
    this.#check?.stop.abort();
    this.#check = undefined;
    this.#publish();
  }

  async #work(check: Check): Promise<void> {
    const { signal } = check.stop;
    while (this.#waiting.length > 0 && !signal.aborted) {
      const now = this.#waiting;
      this.#waiting = [];
      const look = async (id: string): Promise<void> => {
        await this.#pace(signal);
        if (await this.#look(id, check)) check.done += 1;
        else this.#waiting.push(id);
        this.#publish();
      };
      const atOnce = now.some((id) => check.again.has(id)) ? AGAIN_AT_ONCE : AT_ONCE;
      await eachBounded(now, atOnce, signal, look, () => undefined);
    }
    check.lateness.stop();
    if (this.#check === check) this.#check = undefined;
    this.#publish();
  }

  async #pace(signal: AbortSignal): Promise<void> {
    const turn = this.#turn;
    this.#turn = turn.then(() => pause(this.#options.clock, PACE_MS, signal));
    await turn;
  }

  /** False when it is to be looked at once more. */
  async #look(id: string, { stop: { signal }, lateness, again }: Check): Promise<boolean> {
    const { clusters, clock } = this.#options;
    const context = this.#contexts().find((one) => one.id === id);
    if (context === undefined || signal.aborted) return true;
    this.#looking.add(id);
    this.#publish();
    const lateBeforeMs = lateness.totalMs;
    const deadline = new AbortController();
    const cancel = clock.after(DEADLINE_MS, () => deadline.abort());
    let leave = (): void => undefined;
    try {
      const visit = clusters.visit(id);
      ({ leave } = visit);
      const look = await lookAtCluster(visit.cluster, clock, AbortSignal.any([signal, deadline.signal]));
      if (signal.aborted) return true;
      const isStarved = look.state !== 'up' && lateness.totalMs - lateBeforeMs > STARVED_MS;
      if (isStarved && !again.has(id)) {
        again.add(id);
        return false;
      }
      // Nothing is known of it then; what was found before stays, with its age.
      if (!isStarved || look.state !== 'down') this.#kept.set(id, { look, of: leadsTo(context) });
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      const { failure } = error;
      const unknown = context.endpoints.map((endpoint) => ({ endpoint, state: 'unknown' as const }));
      const look: FleetLook = { state: 'unusable', atMs: clock.now(), endpoints: unknown, talosVersions: [], failure };
      this.#kept.set(id, { look, of: leadsTo(context) });
    } finally {
      cancel();
      leave();
      this.#looking.delete(id);
    }
    return true;
  }

  /** Looks again at what is old, now and then, while somebody looks. */
  #follow(): void {
    const { talosconfig, clock, isSeen } = this.#options;
    const look = (): void => {
      if (!isSeen()) return;
      const oldMs = clock.now() - OLD_MS;
      this.check(
        this.#state()
          .rows.filter(({ atMs = -Infinity, state }) => state !== 'unusable' && atMs <= oldMs)
          .map(({ context }) => context),
      );
    };
    const stops = [talosconfig.subscribe(() => this.#publish()), every(clock, LOOK_EVERY_MS, look)];
    this.#stopFollowing = () => {
      for (const stop of stops) stop();
    };
    this.#publish();
    look();
  }

  #contexts(): readonly ContextSummary[] {
    return this.#options.talosconfig.current.contexts;
  }

  #publish(): void {
    this.#value.set(this.#state());
  }

  #state(): FleetState {
    const contexts = this.#contexts();
    const ids = new Set(contexts.map(({ id }) => id));
    for (const id of this.#kept.keys()) if (!ids.has(id)) this.#kept.delete(id);
    return {
      rows: contexts.map((context) => this.#row(context)),
      ...(this.#check && { check: { done: this.#check.done, total: this.#check.total } }),
      atMs: this.#options.clock.now(),
    };
  }

  #row(context: ContextSummary): FleetRow {
    const { id, name, file, isProduction = false, endpoints, certificate, isUsable } = context;
    const kept = this.#kept.get(id);
    const look = kept?.of === leadsTo(context) ? kept.look : undefined;
    return {
      ...{ context: id, name, file, isProduction },
      endpoints: endpoints.map((endpoint) => ({ endpoint, state: 'unknown' })),
      talosVersions: [],
      ...(certificate && { earliestExpiry: { atMs: certificate.notAfterMs, of: 'client' as const } }),
      ...look,
      state: !isUsable ? 'unusable' : this.#looking.has(id) ? 'checking' : (look?.state ?? 'unchecked'),
    };
  }
}

/** Another authority or other endpoints are another cluster, whatever its name. */
const leadsTo = ({ caFingerprints, endpoints, cluster = '' }: ContextSummary): string =>
  JSON.stringify([caFingerprints, endpoints, cluster]);
