import type { EndpointStatus } from '../../../preload/contract/index.ts';
import { formatDuration } from '../../lib/format.ts';
import { ESTIMATE_WORDS, legTime } from '../../lib/leg-time.ts';
import { endpointSign } from '../../lib/words.ts';
import type { Session } from '../context.ts';
import { healthOfTarget, nodeOfTarget } from './known-node.ts';

/** One leg of a way, as PathView draws it. */
export interface WayLeg {
  readonly to: string;
  readonly state: 'ok' | 'broken' | 'unknown';
  /** Round trip, already written. */
  readonly text?: string;
  /** Where that comes from, when it is an estimate. */
  readonly detail?: string;
}

/**
 * The way to a node: you → the endpoint that answered for it last, or the first one that is ready → the node. A node that is that
 * endpoint is one leg away. A leg nobody has tried is unknown, never fine.
 */
export function wayTo(session: Pick<Session, 'current' | 'runs'>, target: string): readonly WayLeg[] {
  const node = nodeOfTarget(session, target);
  const health = healthOfTarget(session, target);
  const endpoints = session.current.pool?.current?.endpoints ?? [];
  const last = health?.answer?.endpoint ?? lastEndpoint(session, target);
  const endpoint = endpoints.find((each) => each.endpoint === last) ?? endpoints.find(({ phase }) => phase === 'ready');
  const here = node?.addresses[0] ?? target;
  const reached =
    health?.notReachedSinceMs !== undefined
      ? 'broken'
      : health?.seenAtMs === undefined || health.isStale
        ? 'unknown'
        : 'ok';
  if (!endpoint) {
    const all = endpoints.length > 0 && endpoints.every((each) => endpointSign(each) === 'failed');
    return [
      { to: all ? `${endpoints.length} endpoints` : 'an endpoint', state: all ? 'broken' : 'unknown' },
      { to: here, state: all ? 'unknown' : reached },
    ];
  }
  const first = legTo(endpoint);
  const isItself = node?.addresses.includes(endpoint.endpoint) === true || endpoint.endpoint === target;
  if (isItself) return [{ ...first, to: here }];
  const time = reached === 'ok' ? legTime(health, endpoints) : undefined;
  return [first, { to: here, state: reached, ...(time !== undefined && { text: time, detail: ESTIMATE_WORDS }) }];
}

function legTo({ endpoint, roundTripMs, ...status }: EndpointStatus): WayLeg {
  const sign = endpointSign(status);
  return {
    to: endpoint,
    state: sign === 'ready' ? 'ok' : sign === 'failed' ? 'broken' : 'unknown',
    ...(roundTripMs === undefined || sign !== 'ready' ? {} : { text: formatDuration(roundTripMs) }),
  };
}

/** The endpoint of the newest answer about a node in this session; undefined when it was not asked by a run. */
function lastEndpoint(session: Pick<Session, 'current' | 'runs'>, target: string): string | undefined {
  for (const run of session.runs.list) {
    if (run.request.context !== session.current.id) continue;
    const endpoint = run.nodes.find(
      ({ node, state }) => node === target && (state === 'done' || state === 'failed'),
    )?.endpoint;
    if (endpoint !== undefined) return endpoint;
  }
  return undefined;
}
