import type { EndpointStatus, NodeHealth } from '../../preload/contract/index.ts';
import { formatDuration } from './format.ts';

/** Where the figure comes from: it is shown beside an estimate. */
export const ESTIMATE_WORDS = 'Estimated: how long the node takes to answer, less the round trip to the endpoint.';

/**
 * About how long the way from an endpoint to a node and back takes, such as `≈ 3 ms`: what its answers take, less the round trip to the
 * endpoint that passed them on. Undefined where either is not known now, and for an endpoint that answers for itself.
 */
export function legTime(health: NodeHealth | undefined, endpoints: readonly EndpointStatus[]): string | undefined {
  if (health?.answer === undefined || health.isStale || health.notReachedSinceMs !== undefined) return undefined;
  const { endpoint: through, durationMs } = health.answer;
  const endpoint = endpoints.find(({ endpoint: name }) => name === through);
  if (endpoint?.roundTripMs === undefined || through === health.node) return undefined;
  return `≈ ${formatDuration(Math.max(0, durationMs - endpoint.roundTripMs))}`;
}
