import { readiness, type EndpointState } from './endpoint.ts';

/** When the last try of an endpoint that is down failed; undefined for others. */
function lastFailureMs(state: EndpointState): number | undefined {
  if (state.phase === 'backing-off') return state.sinceMs;
  if (state.phase === 'ejected' && state.step.kind === 'waiting') return state.step.fromMs;
  return undefined;
}

/**
 * What a call does that finds no endpoint to use or to wait for. It gives up only if every endpoint failed since the call
 * began: what failed before may be up again. Otherwise the milliseconds until the next try that `retryNowMs` allows.
 */
export function allDownOrRetryInMs(
  states: readonly EndpointState[],
  call: { readonly startedAtMs: number; readonly nowMs: number; readonly retryNowMs: number },
): number | 'all-down' {
  const waits = states.flatMap((state) => {
    const failedMs = readiness(state) === 'down' ? lastFailureMs(state) : undefined;
    if (failedMs === undefined || failedMs >= call.startedAtMs) return [];
    return [Math.max(1, call.retryNowMs - (call.nowMs - failedMs))];
  });
  return waits.length === 0 ? 'all-down' : Math.min(...waits);
}
