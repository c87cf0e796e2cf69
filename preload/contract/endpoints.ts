import type { Failure } from './failure.ts';

/** States of one endpoint, in words a user understands. */
export type EndpointPhase =
  /** Never needed yet. */
  | 'idle'
  /** Connecting now. */
  | 'connecting'
  /** Connected; calls go here. */
  | 'ready'
  /** Could not connect; waits until `untilMs` before the next try. */
  | 'backing-off'
  /** Was connected and stopped answering; not used until a probe succeeds. */
  | 'ejected'
  /** Switched off by the user for this session. */
  | 'disabled'
  /** The pool is closed. */
  | 'closed';

export interface EndpointFailure {
  readonly atMs: number;
  readonly failure: Failure;
}

export interface EndpointStatus {
  /** As written in the talosconfig. */
  readonly endpoint: string;
  /** `host:port` that is dialled (docs/talos-behaviour.md, endpoint strings). */
  readonly target: string;
  readonly phase: EndpointPhase;
  readonly sinceMs: number;
  readonly untilMs?: number;
  /** Why it is not ready. */
  readonly failure?: Failure;
  /** Smoothed round trip of the last calls. */
  readonly roundTripMs?: number;
  /** Newest last, at most 60. */
  readonly roundTripsMs: readonly number[];
  /** Server certificate as seen in the handshake. */
  readonly certificate?: { readonly subject: string; readonly notAfterMs: number; readonly names: readonly string[] };
  readonly talosVersion?: string;
  readonly calls: number;
  readonly activeCalls: number;
  /** Newest first, at most 20. */
  readonly failures: readonly EndpointFailure[];
}

/** Topic `pool.state`. */
export interface PoolStatus {
  readonly context: string;
  readonly endpoints: readonly EndpointStatus[];
  /** `all-down` is a page with one cause per endpoint, not a spinner. */
  readonly summary: 'idle' | 'connecting' | 'ready' | 'degraded' | 'all-down';
  readonly hints: readonly string[];
}
