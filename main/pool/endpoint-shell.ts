import { assertNever } from '../lib/assert-never.ts';
import type { Clock } from '../lib/clock.ts';
import { failure } from '../lib/failed.ts';
import type { EndpointStatus, Failure } from '../../preload/contract/index.ts';
import { BulkConnection } from './bulk-connection.ts';
import type { CredentialsSource } from './channel-source.ts';
import type { Lookup } from './dialing.ts';
import type { EndpointAddress, EndpointProblem } from '../lib/endpoint-address.ts';
import { EndpointRecord } from './endpoint-record.ts';
import { explainProblem } from './explain-problem.ts';
import {
  isUnreachable,
  readiness,
  waitsUntilMs,
  type EndpointEffect,
  type EndpointEvent,
  type EndpointState,
} from './endpoint.ts';
import type { PoolLimits } from './limits.ts';
import type { Link, LinkEnd, LinkListener, OpenLink } from './link.ts';
import type { Candidate } from './picker.ts';
import { throughProxy } from './proxy/proxy-tunnel.ts';
import { chooseProxy, type ProxySettings } from './proxy/proxy-choice.ts';
import { runProbe, type Probe, type ProbeResult } from './probe.ts';
import { SilenceWatches } from './silence-watches.ts';
import { transition } from './transition.ts';
import { explainBadEndpoint, type Explain, type TransportProblem } from './transport-failure.ts';

/** What the shells of one pool share. */
export interface ShellContext {
  readonly credentials: CredentialsSource;
  /** Looked at for every dial. */
  readonly proxy: ProxySettings;
  readonly lookup: Lookup;
  readonly openLink: OpenLink;
  readonly clock: Clock;
  readonly random: () => number;
  readonly limits: PoolLimits;
  readonly probe: Probe | undefined;
  /** Probe an endpoint when it is first connected: its version and round trip are known before the first call. */
  readonly probeFirst: boolean;
  readonly explain: Explain | undefined;
  readonly inUse: () => boolean;
  /** After every change of the state. */
  readonly onState: () => void;
  /** A call could start on some connection now. */
  readonly isAnyReady: () => boolean;
  /** A connection was found dead while it was open: perhaps the others are, too. */
  readonly onSilent: () => void;
}

/**
 * One endpoint at run time: holds its state, its connection and its timer, and carries out what `transition` says. It
 * holds no rules of its own.
 */
export class EndpointShell {
  readonly endpoint: string;
  readonly record = new EndpointRecord();
  readonly #parsed: EndpointAddress | EndpointProblem;
  readonly #context: ShellContext;
  #state: EndpointState;
  #link: Link | undefined;
  readonly #watches: SilenceWatches;
  #cancelTimer: (() => void) | undefined;
  /** Every connection that is not over, also those that only serve old calls and probes. */
  readonly #links = new Set<Link>();
  /** Connections made only to look, by how to stop waiting for them. */
  readonly #looks = new Set<() => void>();
  /** For transfers. Used only while the endpoint itself is ready. */
  readonly bulk: BulkConnection;

  constructor(parsed: EndpointAddress | EndpointProblem, context: ShellContext) {
    this.endpoint = parsed.endpoint;
    this.#parsed = parsed;
    this.#context = context;
    this.#state = { phase: 'idle', sinceMs: context.clock.now() };
    this.#watches = new SilenceWatches(context);
    this.bulk = new BulkConnection({
      clock: context.clock,
      idleAfterMs: context.limits.bulkIdleAfterMs,
      open: (listener) => this.#openBulk(listener),
    });
  }

  get state(): EndpointState {
    return this.#state;
  }

  /** The connection, if calls may start on it now. */
  get link(): Link | undefined {
    return this.#state.phase === 'ready' && this.#link?.isReady === true ? this.#link : undefined;
  }

  /** Why calls cannot go here, if something is wrong. */
  get failure(): Failure | undefined {
    return this.status().failure;
  }

  candidate(): Candidate {
    const ready = readiness(this.#state);
    return {
      // A connection that just ended is not reported yet: a new one is about to be made.
      readiness: ready === 'use' && !this.link ? 'wait' : ready,
      activeCalls: this.record.activeCalls,
      roundTripMs: this.record.roundTripMs,
      isDoubted: this.isDoubted,
    };
  }

  status(): EndpointStatus {
    const target = 'target' in this.#parsed ? this.#parsed.target : this.endpoint;
    return this.record.status(this.endpoint, target, this.#state);
  }

  /** Feeds one event through the transition table and does what follows. */
  send(event: EndpointEvent): void {
    const { clock, random, limits, probe, inUse, onState } = this.#context;
    const next = transition(this.#state, event, {
      nowMs: clock.now(),
      random: random(),
      inUse: inUse(),
      canProbe: probe !== undefined,
      limits,
    });
    if ('failure' in event && next.state !== this.#state) this.record.failed(clock.now(), event.failure);
    if (next.state === this.#state && next.effects.length === 0) return;
    this.#state = next.state;
    if (!isUnreachable(next.state) && next.state.phase !== 'connecting') this.record.recovered();
    this.#setTimer();
    for (const effect of next.effects) this.#run(effect);
    onState();
  }

  /** A call of this endpoint begins or ceases to wait for an answer. */
  waiting(link: Link, delta: 1 | -1): void {
    this.#watches.waiting(link, delta);
  }

  /** An answer on this connection is overdue and nothing else came on it: it is found dead although no call waits any more. */
  doubt(link: Link): void {
    this.#watches.doubt(link);
  }

  /** Doubted, and nothing came since. */
  get isDoubted(): boolean {
    return this.#link !== undefined && this.#watches.isDoubted(this.#link);
  }

  /** The server answered something on this connection. What an older connection brings proves nothing now. */
  answered(link: Link): void {
    // Of an endpoint that answered before it is no news; so it is for nearly every call.
    const isNews = this.#state.phase !== 'ready' || !this.#state.proven;
    if (isNews && link === this.#link) this.send({ type: 'answered' });
  }

  /** Turns a transport problem into a failure with this endpoint's name. */
  explain(problem: TransportProblem, error?: unknown): Failure {
    const { proxy, explain, clock } = this.#context;
    const { endpoint, record } = this;
    const site = { endpoint, parsed: this.#parsed, proxy, explain, peer: record.peer, nowMs: clock.now() };
    return failure(explainProblem(problem, error, site));
  }

  /** Probes a ready endpoint now; an endpoint without an answer is ejected. Resolves when that is known. */
  async test(): Promise<void> {
    const { link } = this;
    if (link && this.#context.probe) await this.#probe(link, this.#context.probe);
  }

  /**
   * Makes another connection beside the one in use, looks at the certificate and whether it answers, and closes it. Resolves
   * when that is known; what runs goes on.
   */
  async look(): Promise<void> {
    const { clock, limits, probe, onState } = this.#context;
    if (!this.link || 'problem' in this.#parsed) return;
    const { promise, resolve } = Promise.withResolvers<Failure | undefined>();
    const link: Link = this.#makeLink(this.#parsed, limits.windowBytes, {
      onPeer: (facts) => this.record.saw(facts, clock.now()),
      onEnd: ({ problem, error }) => resolve(this.explain(problem, error)),
      onReady: () => {
        const answer = probe
          ? runProbe(probe, link, clock, limits.probeTimeoutMs)
          : Promise.resolve({ answered: true });
        void answer.then(({ answered }) => {
          // What ended the connection says more; it is on its way.
          if (answered || link.isReady) resolve(answered ? undefined : this.#silent());
        });
      },
    });
    const giveUp = (): void => resolve(undefined);
    this.#looks.add(giveUp);
    const why = await promise;
    this.#looks.delete(giveUp);
    link.release();
    if (this.#state.phase === 'closed') return;
    this.record.tested({ atMs: clock.now(), ...(why && { failure: why }) });
    onState();
  }

  /**
   * Asks something cheap over the connection in use, for whoever must know that the way to a node works. Counts as waiting: a
   * connection that went dead is noticed by it.
   */
  async ask(question: Probe, timeoutMs: number): Promise<ProbeResult> {
    const { link } = this;
    if (!link) return { answered: false, durationMs: 0 };
    this.waiting(link, 1);
    const result = await runProbe(question, link, this.#context.clock, timeoutMs);
    this.waiting(link, -1);
    if (result.answered) this.answered(link);
    return result;
  }

  /** Ends the calls of this endpoint that may run twice. */
  cancelCalls(): void {
    for (const link of this.#links) link.cancelCalls();
  }

  /** Ends everything of this endpoint now, also calls that still run. */
  destroy(): void {
    this.send({ type: 'close' });
    this.bulk.destroy();
    for (const giveUp of this.#looks) giveUp();
    for (const link of this.#links) link.destroy();
    this.#links.clear();
    this.#watches.stop();
  }

  #run(effect: EndpointEffect): void {
    switch (effect) {
      case 'open':
        this.#open();
        return;
      case 'release':
        this.#drop((link) => {
          link.release();
        });
        this.bulk.release();
        return;
      case 'abandon':
        this.#drop((link) => {
          this.#watches.end(link);
          link.abandon();
        });
        this.bulk.abandon();
        return;
      case 'probe':
        if (this.#link && this.#context.probe) void this.#probe(this.#link, this.#context.probe);
        return;
      default:
        assertNever(effect);
    }
  }

  #drop(end: (link: Link) => void): void {
    const link = this.#link;
    this.#link = undefined;
    if (link) end(link);
  }

  #open(): void {
    const parsed = this.#parsed;
    const proxy = 'problem' in parsed ? undefined : chooseProxy(this.#context.proxy, parsed);
    const wrong = 'problem' in parsed ? parsed : proxy && 'problem' in proxy ? proxy : undefined;
    if ('problem' in parsed || wrong) {
      const bad = failure(explainBadEndpoint(parsed.endpoint, wrong?.problem ?? ''));
      // Not at once: the effect runs in the middle of a transition.
      queueMicrotask(() => {
        this.send({ type: 'connect-failed', failure: bad });
      });
      return;
    }
    const link: Link = this.#makeLink(parsed, this.#context.limits.windowBytes, {
      onReady: () => {
        if (link === this.#link) this.#connected(link);
      },
      onPeer: (facts) => {
        this.record.saw(facts, this.#context.clock.now());
      },
      onEnd: (end) => {
        if (link === this.#link) this.#ended(end);
      },
    });
    this.#link = link;
  }

  #openBulk(listener: LinkListener): Link {
    if ('problem' in this.#parsed) throw new Error('a transfer was started on an endpoint that cannot be dialled');
    const link: Link = this.#makeLink(this.#parsed, this.#context.limits.bulkWindowBytes, {
      ...listener,
      onReady: () => {
        this.#watches.begin(link, () => {
          this.bulk.abandon();
          // The connection for calls may be dead as well: ask it now instead of at its next call.
          void this.test();
        });
        listener.onReady();
      },
    });
    return link;
  }

  #makeLink(address: EndpointAddress, windowBytes: number, listener: LinkListener): Link {
    const { credentials, lookup, openLink, clock, limits } = this.#context;
    const proxy = chooseProxy(this.#context.proxy, address);
    const options = {
      target: { host: address.host, port: address.port, name: address.name },
      credentials,
      lookup,
      clock,
      connectTimeoutMs: limits.connectTimeoutMs,
      maxReceiveBytes: limits.maxReceiveBytes,
      windowBytes,
      ...(proxy && 'scheme' in proxy && { proxy: throughProxy(proxy, this.#context.proxy.authorities) }),
    };
    for (const old of this.#links) {
      if (!old.isOver) continue;
      this.#links.delete(old);
      this.#watches.end(old);
    }
    const link = openLink(options, listener);
    this.#links.add(link);
    return link;
  }

  #connected(link: Link): void {
    this.#watches.begin(link, () => {
      if (link !== this.#link) return;
      this.send({ type: 'silent', failure: this.#silent() });
      this.#context.onSilent();
    });
    this.send({ type: 'connected' });
    this.record.tested(undefined);
    const isNew = this.#context.probeFirst && this.record.roundTripMs === undefined;
    // After failures a connection alone is no proof: one that is accepted may be closed again.
    if (isNew || isUnreachable(this.#state)) void this.test();
  }

  #ended({ kind, problem, error }: LinkEnd): void {
    const type = kind === 'failed' ? 'connect-failed' : 'lost';
    this.send({ type, failure: this.explain(problem, error) });
  }

  async #probe(link: Link, probe: Probe): Promise<void> {
    const { clock, limits, onState } = this.#context;
    const { answered, durationMs, version } = await runProbe(probe, link, clock, limits.probeTimeoutMs);
    if (version !== undefined) this.record.isVersion(version);
    if (answered) this.record.measured(durationMs);
    // A connection that ended while it was asked is lost, not silent; that event is on its way.
    if (link !== this.#link || (!answered && !link.isReady)) return;
    this.send(answered ? { type: 'answered' } : { type: 'silent', failure: this.#silent() });
    // An answer changes the numbers also where it leaves the state as it was.
    if (answered) onState();
  }

  #silent(): Failure {
    return this.explain({ stage: 'established', code: 'SILENT', details: '' });
  }

  #setTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const untilMs = waitsUntilMs(this.#state);
    if (untilMs === undefined) return;
    const { clock } = this.#context;
    this.#cancelTimer = clock.after(Math.max(0, untilMs - clock.now()), () => {
      this.send({ type: 'timer' });
    });
  }
}
