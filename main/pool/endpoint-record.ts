import type { EndpointFailure, EndpointStatus, Failure } from '../../preload/contract/index.ts';
import type { PeerFacts } from './channel-source.ts';
import type { EndpointState } from './endpoint.ts';
import { isUnreachable, waitsUntilMs } from './endpoint.ts';
import { RoundTrips } from './round-trip.ts';

/** How many failures are kept. */
const FAILURES_KEPT = 20;

/** What is remembered of an endpoint beside its state: measurements, the last failures, what it said about itself. */
export class EndpointRecord {
  readonly #trips = new RoundTrips();
  #failures: readonly EndpointFailure[] = [];
  #calls = 0;
  #activeCalls = 0;
  #peer: PeerFacts | undefined;
  #seenAtMs = 0;
  #firstFailureMs: number | undefined;
  #tested: EndpointStatus['tested'];
  #version: string | undefined;

  get activeCalls(): number {
    return this.#activeCalls;
  }

  get roundTripMs(): number | undefined {
    return this.#trips.leastMs;
  }

  get peer(): PeerFacts | undefined {
    return this.#peer;
  }

  callStarted(): void {
    this.#calls += 1;
    this.#activeCalls += 1;
  }

  callEnded(): void {
    this.#activeCalls -= 1;
  }

  measured(sampleMs: number): void {
    this.#trips.add(sampleMs);
  }

  failed(atMs: number, failure: Failure): void {
    this.#firstFailureMs ??= atMs;
    this.#failures = [{ atMs, failure }, ...this.#failures].slice(0, FAILURES_KEPT);
  }

  /** The failures so far are over: the next one is the first of another row. */
  recovered(): void {
    this.#firstFailureMs = undefined;
  }

  saw(peer: PeerFacts, atMs: number): void {
    this.#peer = peer;
    this.#seenAtMs = atMs;
  }

  /** How a new connection went that was made to see whether there can be one; undefined forgets it. */
  tested(how: EndpointStatus['tested']): void {
    this.#tested = how;
  }

  isVersion(version: string): void {
    this.#version = version;
  }

  /** What the panel shows. */
  status(endpoint: string, target: string, state: EndpointState): EndpointStatus {
    const untilMs = waitsUntilMs(state);
    const isDown = isUnreachable(state);
    const failure = isDown ? (failureOf(state) ?? this.#failures[0]?.failure) : undefined;
    const downSinceMs = isDown ? this.#firstFailureMs : undefined;
    const measured = this.roundTripMs;
    return {
      endpoint,
      target,
      phase: state.phase,
      sinceMs: state.sinceMs,
      roundTripsMs: this.#trips.samplesMs,
      calls: this.#calls,
      activeCalls: this.#activeCalls,
      failures: this.#failures,
      ...(downSinceMs !== undefined && { downSinceMs }),
      ...(this.#tested && { tested: this.#tested }),
      ...(untilMs !== undefined && { untilMs }),
      ...(failure && { failure }),
      ...(measured !== undefined && { roundTripMs: measured }),
      ...(this.#peer && {
        certificate: { ...this.#peer, seenAtMs: this.#seenAtMs },
      }),
      ...(this.#version !== undefined && { talosVersion: this.#version }),
    };
  }
}

const failureOf = (state: EndpointState): Failure | undefined => ('failure' in state ? state.failure : undefined);
