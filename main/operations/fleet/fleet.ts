import {
  dialledEndpoints,
  type ContextSummary,
  type FleetRow,
  type FleetState,
  type NodeSummary,
  type TalosconfigState,
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
/** A look has its 3 s without what this computer was late meanwhile, but no more than so long in all. */
const MOST_MS = 6_000;
const AGAIN_AT_ONCE = 4;
/** Between the beginnings of two looks: handshakes of many at once would wait for each other and count as silence. */
const PACE_MS = 30;
/** The first looks are alone until one of them has ended, but no longer than this: something is to be seen soon. */
const FIRST_LOOKS = 2;
const FIRST_MS = 300;
/** All rows are told each time: no more often than this while a check goes on. */
const TELL_EVERY_MS = 100;
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
  begun: number;
  done: number;
  total: number;
  /** Ends what the next look waits for. */
  goOn?: () => void;
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
  /** Something was told just now; what changes meanwhile is told after a rest. */
  #cancelRest: (() => void) | undefined;
  #isUntold = false;

  constructor(options: FleetOptions) {
    this.#options = options;
    this.#value = new Value<FleetState>({ rows: [], atMs: options.clock.now() });
  }

  get current(): FleetState {
    return this.#state();
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
      this.#cancelRest?.();
      this.#cancelRest = undefined;
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
    this.#check = { stop: new AbortController(), lateness, again: new Set(), begun: 0, done: 0, total: fresh.length };
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
    this.#tell();
  }

  async #work(check: Check): Promise<void> {
    const { signal } = check.stop;
    while (this.#waiting.length > 0 && !signal.aborted) {
      const now = this.#waiting;
      this.#waiting = [];
      const look = async (id: string): Promise<void> => {
        await this.#pace(check);
        if (await this.#look(id, check)) check.done += 1;
        else this.#waiting.push(id);
        check.goOn?.();
        this.#publish();
      };
      const atOnce = now.some((id) => check.again.has(id)) ? AGAIN_AT_ONCE : AT_ONCE;
      await eachBounded(now, atOnce, signal, look, () => undefined);
    }
    check.lateness.stop();
    if (this.#check !== check) return;
    this.#check = undefined;
    this.#tell();
  }

  async #pace(check: Check): Promise<void> {
    const turn = this.#turn;
    this.#turn = turn.then(async () => {
      check.begun += 1;
      const isFirst = check.begun === FIRST_LOOKS && check.done === 0;
      const told = isFirst ? (goOn: () => void): void => void (check.goOn = goOn) : undefined;
      await pause(this.#options.clock, isFirst ? FIRST_MS : PACE_MS, check.stop.signal, told);
    });
    await turn;
  }

  /** False when it is to be looked at once more. */
  async #look(id: string, { stop: { signal }, lateness, again }: Check): Promise<boolean> {
    const { clusters, clock } = this.#options;
    const context = this.#contexts().find((one) => one.id === id);
    if (context === undefined || signal.aborted) return true;
    this.#looking.add(id);
    this.#publish();
    const begunMs = clock.monotonic();
    const lateBeforeMs = lateness.totalMs;
    const deadline = new AbortController();
    const restMs = (): number => {
      const tookMs = clock.monotonic() - begunMs;
      return Math.min(DEADLINE_MS + lateness.totalMs - lateBeforeMs, MOST_MS) - tookMs;
    };
    let cancel = (): void => undefined;
    const wait = (): void => {
      const leftMs = restMs();
      if (leftMs <= 0) deadline.abort();
      else cancel = clock.after(leftMs, wait);
    };
    wait();
    let leave = (): void => undefined;
    try {
      const visit = clusters.visit(id);
      ({ leave } = visit);
      const look = await lookAtCluster(visit.cluster, clock, AbortSignal.any([signal, deadline.signal]));
      if (signal.aborted) return true;
      const isStarved = look.state !== 'up' && lateness.totalMs - lateBeforeMs > MOST_MS - DEADLINE_MS;
      if (isStarved && !again.has(id)) {
        again.add(id);
        return false;
      }
      // Nothing is known of it then; what was found before stays, with its age.
      if (!isStarved || look.state !== 'down') this.#kept.set(id, { look, of: leadsTo(context) });
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      const { failure } = error;
      const unknown = dialledEndpoints(context).map((endpoint) => ({ endpoint, state: 'unknown' as const }));
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
    this.#isUntold = true;
    if (this.#cancelRest === undefined) this.#tell();
  }

  #tell(): void {
    this.#isUntold = false;
    if (this.#value.listenerCount === 0) return;
    this.#value.set(this.#state());
    this.#cancelRest?.();
    this.#cancelRest = this.#options.clock.after(TELL_EVERY_MS, () => {
      this.#cancelRest = undefined;
      if (this.#isUntold) this.#tell();
    });
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
    const { id, name, file, isProduction = false, certificate, isUsable } = context;
    const kept = this.#kept.get(id);
    const look = kept?.of === leadsTo(context) ? kept.look : undefined;
    return {
      ...{ context: id, name, file, isProduction },
      endpoints: dialledEndpoints(context).map((endpoint) => ({ endpoint, state: 'unknown' })),
      ...(context.startEndpoints && { hasStartEndpoints: true }),
      talosVersions: [],
      ...(certificate && { earliestExpiry: { atMs: certificate.notAfterMs, of: 'client' as const } }),
      ...look,
      state: !isUsable ? 'unusable' : this.#looking.has(id) ? 'checking' : (look?.state ?? 'unchecked'),
    };
  }
}

/** Another authority or other endpoints are another cluster, whatever its name. */
const leadsTo = (context: ContextSummary): string =>
  JSON.stringify([context.caFingerprints, dialledEndpoints(context), context.cluster ?? '']);
