import { assertNever } from '../lib/assert-never.ts';
import type { Failure } from '../../preload/contract/index.ts';
import { backoffMs, type BackoffLimits } from '../lib/backoff.ts';
import type { EndpointEffect, EndpointEvent, EndpointState } from './endpoint.ts';

/** What a transition may look at besides state and event. */
export interface TransitionContext {
  /** Epoch milliseconds. */
  readonly nowMs: number;
  /** In [0, 1): jitter of the next wait. */
  readonly random: number;
  /** The pool has calls or had some lately: reconnect by itself. */
  readonly inUse: boolean;
  /** A probe is configured; without one an ejected endpoint is back as soon as it connects. */
  readonly canProbe: boolean;
  readonly limits: { readonly backoff: BackoffLimits; readonly retryNowMs: number };
}

/** The next state and what to do about it. The same state object means: nothing changed. */
export interface Transition {
  readonly state: EndpointState;
  readonly effects: readonly EndpointEffect[];
}

type In<P extends EndpointState['phase']> = Extract<EndpointState, { phase: P }>;

/**
 * The only place where an endpoint's state changes. Pure: same input, same answer. An event that means nothing in a
 * state leaves it untouched, because events of a connection may arrive late.
 */
export function transition(state: EndpointState, event: EndpointEvent, context: TransitionContext): Transition {
  const stay: Transition = { state, effects: [] };
  if (state.phase === 'closed') return stay;
  if (event.type === 'close') return { state: { phase: 'closed', sinceMs: context.nowMs }, effects: ['release'] };
  if (state.phase === 'disabled') {
    return event.type === 'enable' ? { state: { phase: 'idle', sinceMs: context.nowMs }, effects: [] } : stay;
  }
  if (event.type === 'disable') return { state: { phase: 'disabled', sinceMs: context.nowMs }, effects: ['release'] };
  if (event.type === 'rest' && state.phase !== 'idle') {
    return { state: { phase: 'idle', sinceMs: context.nowMs }, effects: ['release'] };
  }
  switch (state.phase) {
    case 'idle':
      return event.type === 'wanted' ? connect(0, context) : stay;
    case 'connecting':
      return whileConnecting(state, event, context) ?? stay;
    case 'ready':
      return whileReady(state, event, context) ?? stay;
    case 'backing-off':
      return whileBackingOff(state, event, context) ?? stay;
    case 'ejected':
      return whileEjected(state, event, context) ?? stay;
    default:
      return assertNever(state);
  }
}

const connect = (attempt: number, { nowMs }: TransitionContext): Transition => ({
  state: { phase: 'connecting', sinceMs: nowMs, attempt },
  effects: ['open'],
});

function backOff(attempt: number, failure: Failure, context: TransitionContext): Transition {
  const untilMs = context.nowMs + backoffMs(attempt, context.random, context.limits.backoff);
  return {
    state: { phase: 'backing-off', sinceMs: context.nowMs, untilMs, attempt, failure },
    effects: ['release'],
  };
}

/** Back to waiting: the new connection of an ejected endpoint was no good either. */
function ejectAgain(sinceMs: number, attempt: number, failure: Failure, context: TransitionContext): Transition {
  const untilMs = context.nowMs + backoffMs(attempt, context.random, context.limits.backoff);
  const step = { kind: 'waiting', untilMs, fromMs: context.nowMs } as const;
  return { state: { phase: 'ejected', sinceMs, attempt, failure, step }, effects: ['abandon'] };
}

/** A wait may be cut short by a call, but not more often than `retryNowMs`. A clock set back does not lock it. */
function mayCutShort(fromMs: number, force: boolean, context: TransitionContext): boolean {
  const ageMs = context.nowMs - fromMs;
  return force || ageMs < 0 || ageMs >= context.limits.retryNowMs;
}

function whileConnecting(state: In<'connecting'>, event: EndpointEvent, context: TransitionContext) {
  switch (event.type) {
    case 'connected':
      return {
        state: { phase: 'ready', sinceMs: context.nowMs, attempt: state.attempt, proven: false },
        effects: [],
      } as const;
    case 'connect-failed':
    case 'lost':
    case 'silent':
      return backOff(state.attempt + 1, event.failure, context);
    default:
      return undefined;
  }
}

function whileReady(state: In<'ready'>, event: EndpointEvent, context: TransitionContext): Transition | undefined {
  switch (event.type) {
    case 'answered':
      return state.proven ? undefined : { state: { ...state, proven: true, attempt: 0 }, effects: [] };
    case 'lost':
    case 'connect-failed': {
      if (!state.proven) return backOff(state.attempt + 1, event.failure, context);
      if (!context.inUse) return { state: { phase: 'idle', sinceMs: context.nowMs }, effects: ['release'] };
      const next = connect(0, context);
      return { state: next.state, effects: ['release', ...next.effects] };
    }
    case 'silent': {
      // Often only this connection is dead (a sleep, a forgotten NAT entry): a new one is tried at once.
      const { attempt } = state;
      const step = { kind: 'connecting' } as const;
      const ejected = { phase: 'ejected', sinceMs: context.nowMs, attempt, failure: event.failure, step } as const;
      return { state: ejected, effects: ['abandon', 'open'] };
    }
    default:
      return undefined;
  }
}

function whileBackingOff(state: In<'backing-off'>, event: EndpointEvent, context: TransitionContext) {
  switch (event.type) {
    case 'timer':
      if (!context.inUse) return { state: { phase: 'idle', sinceMs: context.nowMs }, effects: [] } as const;
      return connect(state.attempt, context);
    case 'wanted':
      if (!mayCutShort(state.sinceMs, event.force ?? false, context)) return undefined;
      return connect(state.attempt, context);
    default:
      return undefined;
  }
}

function whileEjected(state: In<'ejected'>, event: EndpointEvent, context: TransitionContext): Transition | undefined {
  const reconnect = (): Transition => ({ state: { ...state, step: { kind: 'connecting' } }, effects: ['open'] });
  switch (event.type) {
    case 'timer':
      if (state.step.kind !== 'waiting') return undefined;
      return context.inUse ? reconnect() : { state: { phase: 'idle', sinceMs: context.nowMs }, effects: [] };
    case 'wanted':
      if (state.step.kind !== 'waiting') return undefined;
      return mayCutShort(state.step.fromMs, event.force ?? false, context) ? reconnect() : undefined;
    case 'connected':
      if (state.step.kind !== 'connecting') return undefined;
      if (context.canProbe) return { state: { ...state, step: { kind: 'probing' } }, effects: ['probe'] };
      return {
        state: { phase: 'ready', sinceMs: context.nowMs, attempt: state.attempt, proven: false },
        effects: [],
      };
    case 'answered':
      if (state.step.kind !== 'probing') return undefined;
      return { state: { phase: 'ready', sinceMs: context.nowMs, attempt: 0, proven: true }, effects: [] };
    case 'connect-failed':
      return state.step.kind === 'connecting' ? backOff(state.attempt + 1, event.failure, context) : undefined;
    case 'lost':
    case 'silent':
      if (state.step.kind === 'waiting') return undefined;
      return ejectAgain(state.sinceMs, state.attempt + 1, event.failure, context);
    default:
      return undefined;
  }
}
