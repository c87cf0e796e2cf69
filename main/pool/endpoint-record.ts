import type { EndpointFailure, EndpointStatus, Failure } from '../../preload/contract/index.ts';
import type { PeerFacts } from './channel-source.ts';
import type { EndpointState } from './endpoint.ts';
import { waitsUntilMs } from './endpoint.ts';
import { RoundTrips } from './round-trip.ts';

/** How many failures are kept. */
export const FAILURES_KEPT = 20;

/** What is remembered of an endpoint beside its state: measurements, the last failures, what it said about itself. */
export class EndpointRecord {
  readonly #trips = new RoundTrips();
  #failures: readonly EndpointFailure[] = [];
  #calls = 0;
  #activeCalls = 0;
  #peer: PeerFacts | undefined;
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
    this.#failures = [{ atMs, failure }, ...this.#failures].slice(0, FAILURES_KEPT);
  }

  saw(peer: PeerFacts): void {
    this.#peer = peer;
  }

  isVersion(version: string): void {
    this.#version = version;
  }

  /** What the panel shows. */
  status(endpoint: string, target: string, state: EndpointState): EndpointStatus {
    const untilMs = waitsUntilMs(state);
    const failure = whyNotReady(state, this.#failures);
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
      ...(untilMs !== undefined && { untilMs }),
      ...(failure && { failure }),
      ...(measured !== undefined && { roundTripMs: measured }),
      ...(this.#peer && {
        certificate: { subject: this.#peer.subject, notAfterMs: this.#peer.notAfterMs, names: this.#peer.names },
      }),
      ...(this.#version !== undefined && { talosVersion: this.#version }),
    };
  }
}

function whyNotReady(state: EndpointState, failures: readonly EndpointFailure[]): Failure | undefined {
  if (state.phase === 'backing-off' || state.phase === 'ejected') return state.failure;
  return state.phase === 'connecting' && state.attempt > 0 ? failures[0]?.failure : undefined;
}
