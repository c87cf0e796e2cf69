import type { Clock } from '../lib/clock.ts';
import { allDownOrRetryInMs } from './all-down.ts';
import type { EndpointReason } from './calls/call-error.ts';
import { Deadline } from './calls/deadline.ts';
import { planDials } from './dial-plan.ts';
import type { EndpointShell } from './endpoint-shell.ts';
import { isUnreachable } from './endpoint.ts';
import type { PoolLimits } from './limits.ts';
import type { Link } from './link.ts';
import type { MethodClass } from './calls/retry.ts';
import { cost, pick } from './picker.ts';

/** A connection to run a call on. */
export interface Connection {
  readonly shell: EndpointShell;
  readonly link: Link;
}

/** Why there is none. */
export type NoConnection = 'all-down' | 'deadline' | 'cancelled' | 'closed';

/** What a call asks for. */
export interface ConnectionRequest {
  readonly deadline: Deadline;
  /** When the call began, epoch milliseconds. */
  readonly startedAtMs: number;
  readonly signal: AbortSignal | undefined;
  /** Endpoints this call already failed on. */
  readonly avoid: ReadonlySet<EndpointShell>;
  /** While everything is down, wait until this (a stream that resumes) instead of giving up. */
  readonly patience?: Deadline;
}

const NONE: ReadonlySet<number> = new Set();

/** What {@link Connections} is made of. */
export interface ConnectionsOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly limits: PoolLimits;
}

/**
 * Hands out connections: makes them when they are needed, as `planDials` says, chooses as `pick` says, lets calls wait
 * while something is being tried, and lets everything rest when no call came for a while.
 */
export class Connections {
  readonly #options: ConnectionsOptions;
  #shells: readonly EndpointShell[] = [];
  #waiters = new Set<() => void>();
  #turn = 0;
  #users = 0;
  /** Of these, calls that may not run twice. */
  #onceUsers = 0;
  #resting = true;
  #closed = false;
  #onlyOnce = false;
  #cancelWake: (() => void) | undefined;
  #cancelRest: (() => void) | undefined;

  constructor(options: ConnectionsOptions) {
    this.#options = options;
  }

  /** Calls run or ran lately. */
  get inUse(): boolean {
    return !this.#resting;
  }

  /** Whether nothing is sent any more: the pool was closed, or only waits for what was sent. */
  get isEnding(): boolean {
    return this.#closed || this.#onlyOnce;
  }

  /** Whether calls of this class are ended: the pool was closed, or waits only for those that may not run twice. */
  isClosedFor(methodClass: MethodClass): boolean {
    return this.#closed || (this.#onlyOnce && methodClass !== 'once');
  }

  /** Number of endpoints. */
  get size(): number {
    return this.#shells.length;
  }

  /** Those that are written so. */
  named(endpoints: readonly string[]): readonly EndpointShell[] {
    return this.#shells.filter(({ endpoint }) => endpoints.includes(endpoint));
  }

  /** Given once, right after construction: shells and this object know each other. In the order to try them. */
  attach(shells: readonly EndpointShell[]): void {
    this.#shells = shells;
  }

  /** A user of the pool begins; call the result when it is done. */
  use(methodClass: MethodClass): () => void {
    const once = methodClass === 'once' ? 1 : 0;
    this.#users += 1;
    this.#onceUsers += once;
    this.#resting = false;
    this.#cancelRest?.();
    let done = false;
    return () => {
      if (done) return;
      done = true;
      this.#users -= 1;
      this.#onceUsers -= once;
      if (this.#onlyOnce) this.#wake();
      if (this.#users > 0 || this.#closed) return;
      this.#restLater();
      this.#wake();
    };
  }

  /** Resolves when nobody uses the pool, when it was closed, or after `limitMs`. */
  async unused(limitMs: number): Promise<void> {
    let late = limitMs <= 0;
    const isBounded = limitMs > 0 && limitMs < Infinity;
    const cancel = isBounded
      ? this.#options.clock.after(limitMs, () => {
          late = true;
          this.#wake();
        })
      : undefined;
    while (this.#users > 0 && !this.#closed && !late) await this.#nextChange();
    cancel?.();
  }

  /**
   * From now on nothing is sent, and only calls that may not run twice are waited for. Resolves when none is left, or when the
   * pool was closed.
   */
  async onceEnded(): Promise<void> {
    this.#onlyOnce = true;
    this.#wake();
    while (this.#onceUsers > 0 && !this.#closed) await this.#nextChange();
  }

  /** The connection for one try, or why there is none: at once if that is known now, as it nearly always is. Never rejects. */
  acquire(request: ConnectionRequest): Connection | NoConnection | Promise<Connection | NoConnection> {
    if (request.avoid.size > 0) return this.#wait(request);
    const found = this.#ended(request) ?? this.#choose(request.avoid, false);
    return found === 'wait' || found === 'refuse' ? this.#wait(request) : found;
  }

  #ended({ signal, deadline }: ConnectionRequest): NoConnection | undefined {
    if (this.isEnding) return 'closed';
    if (signal?.aborted === true) return 'cancelled';
    return deadline.remainingMs <= 0 ? 'deadline' : undefined;
  }

  async #wait(request: ConnectionRequest): Promise<Connection | NoConnection> {
    // After a lost try, another endpoint that is about to connect is better than the one that lost it.
    const hedge = new Deadline(this.#options.clock, this.#options.limits.hedgeDelayMs);
    for (;;) {
      const ended = this.#ended(request);
      if (ended !== undefined) return ended;
      const hedgeMs = request.avoid.size > 0 ? hedge.remainingMs : 0;
      const found = this.#choose(request.avoid, hedgeMs > 0);
      if (typeof found === 'object') return found;
      const waitMs = found === 'refuse' ? this.#retryInMs(request) : hedgeMs > 0 ? hedgeMs : Infinity;
      if (waitMs === 'all-down') return 'all-down';
      await this.#change(request, waitMs);
    }
  }

  /** The least busy of the endpoints that are well, for a second question; undefined if there is none beside those to avoid. */
  healthy(avoid: ReadonlySet<EndpointShell>): Connection | undefined {
    let best: Connection | undefined;
    let least = Infinity;
    for (const shell of this.#shells) {
      const { link } = shell;
      if (link === undefined || avoid.has(shell) || shell.isDoubted || isUnreachable(shell.state)) continue;
      const wait = cost(shell.candidate(), 0);
      if (wait >= least) continue;
      least = wait;
      best = { shell, link };
    }
    return best;
  }

  /** One reason per endpoint that cannot be used, for an error. */
  reasons(): readonly EndpointReason[] {
    return [...this.#shells].map((shell) => {
      const why = shell.failure;
      return { endpoint: shell.endpoint, ...(why && { failure: why }) };
    });
  }

  /** Called after every change of an endpoint's state. */
  changed(): void {
    if (this.#closed) return;
    if (!this.#resting) this.#dial();
    this.#wake();
  }

  /** Resolves when no endpoint is being tried any more. */
  async settled(): Promise<void> {
    const trying = (shell: EndpointShell): boolean =>
      shell.candidate().readiness === 'wait' && shell.state.phase !== 'idle';
    while (!this.#closed && this.#shells.some(trying)) await this.#nextChange();
  }

  /** Ends every wait. The shells are destroyed by their owner. */
  close(): void {
    this.#closed = true;
    this.#cancelWake?.();
    this.#cancelRest?.();
    this.#wake();
  }

  #choose(avoid: ReadonlySet<EndpointShell>, mayWait: boolean): Connection | 'wait' | 'refuse' {
    this.#dial();
    let picked = this.#pick(avoid, mayWait);
    if (picked.kind === 'refuse') {
      // Somebody wants an answer now: try again what was not tried just before.
      for (const shell of this.#shells) shell.send({ type: 'wanted' });
      picked = this.#pick(avoid, mayWait);
    }
    if (picked.kind !== 'use') return picked.kind;
    const shell = this.#shells[picked.index];
    const link = shell?.link;
    if (!shell || !link) return 'wait';
    this.#turn += 1;
    return { shell, link };
  }

  /** Nothing to use or to wait for: how long until the next try, or that it is of no use. */
  #retryInMs({ startedAtMs, patience }: ConnectionRequest): number | 'all-down' {
    const { clock, limits } = this.#options;
    const states = this.#shells.map(({ state }) => state);
    const call = { startedAtMs, nowMs: clock.now(), retryNowMs: limits.retryNowMs };
    const answer = allDownOrRetryInMs(states, call);
    if (answer !== 'all-down') return answer;
    const patienceMs = patience?.remainingMs ?? 0;
    return patienceMs > 0 ? patienceMs : 'all-down';
  }

  #pick(avoid: ReadonlySet<EndpointShell>, mayWait: boolean) {
    const candidates = this.#shells.map((shell) => shell.candidate());
    const avoided = avoid.size === 0 ? NONE : new Set([...avoid].map((shell) => this.#shells.indexOf(shell)));
    return pick({ candidates, turn: this.#turn }, avoided, this.#options.random, mayWait);
  }

  #dial(): void {
    this.#cancelWake?.();
    this.#cancelWake = undefined;
    // So it is for nearly every call.
    if (!this.#shells.some(({ state }) => state.phase === 'idle')) return;
    const { clock, limits } = this.#options;
    const plan = planDials(
      this.#shells.map(({ state }) => state),
      clock.now(),
      limits.hedgeDelayMs,
    );
    if (plan.wakeInMs !== undefined) {
      this.#cancelWake = clock.after(plan.wakeInMs, () => {
        this.#dial();
      });
    }
    for (const index of plan.connect) this.#shells[index]?.send({ type: 'wanted' });
  }

  #restLater(): void {
    const { clock, limits } = this.#options;
    this.#cancelRest = clock.after(limits.idleAfterMs, () => {
      this.#resting = true;
      this.#cancelWake?.();
      for (const shell of this.#shells) shell.send({ type: 'rest' });
    });
  }

  #wake(): void {
    const waiters = this.#waiters;
    this.#waiters = new Set();
    for (const waiter of waiters) waiter();
  }

  #nextChange(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#waiters.add(() => {
      resolve(undefined);
    });
    return promise;
  }

  /** Waits for a change of any endpoint, `waitMs`, the deadline or the signal, whatever is first. */
  async #change({ deadline, signal }: ConnectionRequest, waitMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const done = (): void => {
      resolve(undefined);
    };
    const limitMs = Math.min(deadline.remainingMs, waitMs);
    const cancelTimer = limitMs === Infinity ? undefined : this.#options.clock.after(limitMs, done);
    this.#waiters.add(done);
    signal?.addEventListener('abort', done, { once: true });
    await promise;
    this.#waiters.delete(done);
    signal?.removeEventListener('abort', done);
    cancelTimer?.();
  }
}
