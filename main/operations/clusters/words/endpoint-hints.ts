import type { NodeSummary } from '../../../../preload/contract/index.ts';
import { PoolCallError } from '../../../pool/calls/call-error.ts';
import { isThisComputer } from '../../../lib/this-computer.ts';
import { parseEndpoints } from '../../../lib/endpoint-address.ts';

/** What is known about a context's endpoints beside their state. */
export interface EndpointFacts {
  /** As written. */
  readonly endpoints: readonly string[];
  /** The machines of the cluster, as far as they are known. */
  readonly nodes: readonly NodeSummary[];
  /** Endpoints that said they do not forward. */
  readonly notForwarding: ReadonlySet<string>;
  /** The failure of each is shown, which says whose computer it is. */
  readonly isAllDown?: boolean;
}

/** Advice about endpoints that work, but should not be in the list. */
export function endpointHints({
  endpoints,
  nodes,
  notForwarding,
  isAllDown = false,
}: EndpointFacts): readonly string[] {
  const owners = parseEndpoints(endpoints).map((parsed) => {
    const host = 'host' in parsed ? parsed.host : undefined;
    const owner = nodes.find(({ target, hostname, addresses }) => {
      return host !== undefined && (target === host || hostname === host || addresses.includes(host));
    });
    // A name may lead to any of them.
    return { endpoint: parsed.endpoint, isAddress: host !== undefined && /^[\d.]+$|:/.test(host), owner };
  });
  // Behind a translation of addresses no endpoint is a member's; then this says nothing.
  const isPlain = owners.some(({ owner }) => owner !== undefined);
  const own = owners.filter(({ endpoint, owner }) => owner === undefined && isThisComputer(endpoint));
  const said = owners.flatMap(({ endpoint, isAddress, owner }) => {
    if (owner?.role === 'worker' || notForwarding.has(endpoint)) {
      return [`${endpoint} is a worker: it answers for itself only. List control plane nodes instead.`];
    }
    if (owner !== undefined || !isAddress || !isPlain || isThisComputer(endpoint)) return [];
    return [
      `${endpoint} is no address of a known node: it may be a virtual address or a load balancer. ` +
        'List the servers themselves.',
    ];
  });
  return [...said, ...ownComputer(isAllDown ? [] : own.map(({ endpoint }) => endpoint))];
}

const MOST_NAMED = 3;

/** Of all of them at once: a simulated cluster has one for each node. */
function ownComputer(endpoints: readonly string[]): readonly string[] {
  if (endpoints.length === 0) return [];
  const what = endpoints.length === 1 ? 'is your own computer: it leads' : 'are your own computer: they lead';
  const more = endpoints.length - MOST_NAMED;
  const named = endpoints.slice(0, MOST_NAMED).join(', ');
  const names = more > 0 ? `${named} and ${more} more` : named;
  return [`${names} ${what} to a cluster only through a tunnel, or to one that runs here.`];
}

/** The endpoint that refused a call because it is a worker. */
export function refusedToForward(error: unknown): string | undefined {
  if (!(error instanceof PoolCallError) || error.reason.kind !== 'status') return undefined;
  return error.reason.error.details.includes('no request forwarding') ? error.endpoint : undefined;
}
