import type { Failure } from '../failure.ts';

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

/** Why an endpoint failed at a moment. */
export interface EndpointFailure {
  readonly atMs: number;
  readonly failure: Failure;
}

/** One endpoint of a context, as the pool sees it now. */
export interface EndpointStatus {
  /** As written in the talosconfig. */
  readonly endpoint: string;
  /** `host:port` that is dialled (docs/talos-behaviour.md, endpoint strings). */
  readonly target: string;
  readonly phase: EndpointPhase;
  readonly sinceMs: number;
  /**
   * Since the first of the failures that last until now; also while it is tried again (`connecting`), and while a new connection
   * has not answered anything yet (`ready`).
   */
  readonly downSinceMs?: number;
  readonly untilMs?: number;
  /** Why it is not ready. */
  readonly failure?: Failure;
  /** Smoothed round trip of the last calls. */
  readonly roundTripMs?: number;
  /** Newest last, at most 60. */
  readonly roundTripsMs: readonly number[];
  /** Server certificate as seen in the last handshake. Servers renew it without dropping connections. */
  readonly certificate?: {
    readonly subject: string;
    readonly issuer?: string;
    readonly notBeforeMs?: number;
    readonly notAfterMs: number;
    readonly names: readonly string[];
    readonly seenAtMs: number;
  };
  /** How a new connection went that the user asked for while another one stood. */
  readonly tested?: { readonly atMs: number; readonly failure?: Failure };
  readonly talosVersion?: string;
  readonly calls: number;
  readonly activeCalls: number;
  /** Newest first, at most 20. */
  readonly failures: readonly EndpointFailure[];
}

/** Topic `pool.state`. */
export interface PoolStatus {
  readonly context: string;
  /** Each once, also where the file names one twice. */
  readonly endpoints: readonly EndpointStatus[];
  /** `all-down` is a page with one cause per endpoint, not a spinner. */
  readonly summary: 'idle' | 'connecting' | 'ready' | 'degraded' | 'all-down';
  readonly hints: readonly string[];
}
