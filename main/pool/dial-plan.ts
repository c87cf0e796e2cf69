import { readiness, type EndpointState } from './endpoint.ts';

/** Which endpoints to connect now, and when to look again. */
export interface DialPlan {
  /** Positions in the list given. */
  readonly connect: readonly number[];
  /** Look again after this, if nothing happens before. */
  readonly wakeInMs?: number;
}

/**
 * Hedged connecting. `states` is in the pool's own (shuffled) order.
 *
 * While nothing is ready, one endpoint is tried at a time: a refusal lets the next start at once, an endpoint that is
 * still trying after `hedgeDelayMs` gets company. As soon as one is ready the others are connected too, so that calls
 * spread and a later failure costs no handshake.
 */
export function planDials(states: readonly EndpointState[], nowMs: number, hedgeDelayMs: number): DialPlan {
  const idle = states.flatMap((state, index) => (state.phase === 'idle' ? [index] : []));
  const next = idle[0];
  if (next === undefined) return { connect: [] };
  if (states.some((state) => readiness(state) === 'use')) return { connect: idle };
  // A clock set back makes an age negative: counted as old, else the next endpoint would wait for hours.
  const ages = states.flatMap((state) => (state.phase === 'connecting' ? [nowMs - state.sinceMs] : []));
  const youngest = Math.min(...ages.map((age) => (age < 0 ? Infinity : age)));
  if (youngest < hedgeDelayMs) return { connect: [], wakeInMs: hedgeDelayMs - youngest };
  return idle.length > 1 ? { connect: [next], wakeInMs: hedgeDelayMs } : { connect: [next] };
}
