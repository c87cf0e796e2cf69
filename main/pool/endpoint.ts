import type { Failure } from '../../preload/contract/index.ts';

/**
 * The state of one endpoint. All times are epoch milliseconds. `attempt` counts failures in a row before now; it sets
 * the length of the next wait.
 */
export type EndpointState =
  /** No connection, none needed: never used yet, or unused for a while. */
  | { readonly phase: 'idle'; readonly sinceMs: number }
  /** A connection is being made: name, TCP, TLS, HTTP/2 settings. */
  | { readonly phase: 'connecting'; readonly sinceMs: number; readonly attempt: number }
  /** Connected. `proven` once anything was answered: a server that accepts and hangs up must not be redialled at once. */
  | { readonly phase: 'ready'; readonly sinceMs: number; readonly attempt: number; readonly proven: boolean }
  /** The last try failed; the next one is at `untilMs`. */
  | {
      readonly phase: 'backing-off';
      readonly sinceMs: number;
      readonly untilMs: number;
      readonly attempt: number;
      readonly failure: Failure;
    }
  /** Was connected and went silent. Comes back only through a new connection whose probe is answered. */
  | {
      readonly phase: 'ejected';
      readonly sinceMs: number;
      readonly attempt: number;
      readonly failure: Failure;
      readonly step: EjectedStep;
    }
  /** Switched off by the user. */
  | { readonly phase: 'disabled'; readonly sinceMs: number }
  /** The pool is closed. Final. */
  | { readonly phase: 'closed'; readonly sinceMs: number };

/** Where an ejected endpoint is on its way back. */
export type EjectedStep =
  | { readonly kind: 'waiting'; readonly untilMs: number; readonly fromMs: number }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'probing' };

/** Something that happened to an endpoint. */
export type EndpointEvent =
  /** A call needs a connection; `force` ignores how recent the last try was. */
  | { readonly type: 'wanted'; readonly force?: boolean }
  | { readonly type: 'connected' }
  | { readonly type: 'connect-failed'; readonly failure: Failure }
  /** A connection that was up ended: closed, reset, or told to go away. */
  | { readonly type: 'lost'; readonly failure: Failure }
  /** The connection is up, but a probe was not answered in time. */
  | { readonly type: 'silent'; readonly failure: Failure }
  /** Any answer of the server, also an error status. */
  | { readonly type: 'answered' }
  /** The wait the state names is over. */
  | { readonly type: 'timer' }
  /** The pool had no calls for a while. */
  | { readonly type: 'rest' }
  | { readonly type: 'disable' }
  | { readonly type: 'enable' }
  | { readonly type: 'close' };

/** What the shell has to do after a transition, in order. */
export type EndpointEffect =
  /** Make a new connection. */
  | 'open'
  /** Send the present connection no new calls; calls on it may finish. */
  | 'release'
  /** As `release`, and move what may be moved away from it: it answers nobody. */
  | 'abandon'
  /** Ask the present connection something cheap. */
  | 'probe';

/** Until when the state waits for its `timer` event, if it does. */
export function waitsUntilMs(state: EndpointState): number | undefined {
  if (state.phase === 'backing-off') return state.untilMs;
  if (state.phase === 'ejected' && state.step.kind === 'waiting') return state.step.untilMs;
  return undefined;
}

/** Tries failed and none has succeeded since, whether one is under way or not: what is shown must not change with each try. */
export function isUnreachable(state: EndpointState): boolean {
  switch (state.phase) {
    case 'backing-off':
    case 'ejected':
      return true;
    case 'connecting':
      return state.attempt > 0;
    case 'ready':
      return state.attempt > 0 && !state.proven;
    case 'idle':
    case 'disabled':
    case 'closed':
      return false;
  }
}

/** Coarse view for picking: calls may `use` it, may `wait` for it, it is `down`, or `off` by choice. */
export function readiness(state: EndpointState): 'use' | 'wait' | 'down' | 'off' {
  switch (state.phase) {
    case 'ready':
      return 'use';
    case 'idle':
    case 'connecting':
      return 'wait';
    case 'ejected':
      return state.step.kind === 'waiting' ? 'down' : 'wait';
    case 'backing-off':
      return 'down';
    case 'disabled':
    case 'closed':
      return 'off';
  }
}
