import { invalidTarget, noFanOut, noForwarding, notSingleValued } from './errors.ts';

/*
 * Where an endpoint sends a call: the decision of apid's director, in its order (docs/talos-behaviour.md). Pure, so the
 * upstream cases are a table in the test.
 */

/** What a call brings. Absent headers are empty lists. */
export interface RouteRequest {
  readonly path: string;
  /** `node` header as received; several values may come joined by commas. */
  readonly node: readonly string[];
  readonly nodes: readonly string[];
  /** Present when another apid forwarded the call. */
  readonly proxyFrom: readonly string[];
}

/** What the endpoint is. */
export interface RoutingNode {
  /** False in maintenance mode. */
  readonly routing: boolean;
  /** Control planes have a client certificate to call other nodes with; workers have none. */
  readonly forwards: boolean;
  /** Its own addresses and hostname. */
  isSelf(target: string): boolean;
}

/** The decision; refusals are thrown. */
export type Route =
  | { readonly kind: 'local' }
  | { readonly kind: 'node'; readonly target: string }
  | { readonly kind: 'fan-out'; readonly targets: readonly string[] };

/** Services whose replies apid knows how to merge. */
const FAN_OUT_SERVICES = [
  'machine.MachineService',
  'cluster.ClusterService',
  'inspect.InspectService',
  'storage.StorageService',
  'time.TimeService',
];

const LOCAL: Route = { kind: 'local' };

/** grpc-js cannot tell a repeated header from a joined one, so both are taken apart. */
const values = (header: readonly string[]): readonly string[] =>
  header.flatMap((value) => value.split(',').map((part) => part.trim()));

/** A target is dialled as `target:50000`, so it must not bring a port of its own. */
function assertDialable(target: string): void {
  const isIPv6 = target.split(':').length > 2 && !target.startsWith('[');
  if (target === '' || (target.includes(':') && !isIPv6)) throw invalidTarget(target);
}

/** Decides for one call. Throws the Refusal that the client gets. */
export function route(call: RouteRequest, endpoint: RoutingNode): Route {
  const node = values(call.node);
  const nodes = values(call.nodes);
  if (!endpoint.routing || (node.length === 0 && nodes.length === 0) || call.proxyFrom.length > 0) return LOCAL;
  if (node.length > 1) throw notSingleValued();

  const [target] = nodes.length > 0 ? nodes : node;
  if (!endpoint.forwards) {
    const targets = nodes.length > 0 ? nodes : node;
    if (targets.length === 1 && target !== undefined && endpoint.isSelf(target)) return LOCAL;
    throw noForwarding();
  }
  if (nodes.length > 0) {
    const service = call.path.split('/')[1] ?? '';
    if (!FAN_OUT_SERVICES.includes(service)) throw noFanOut(call.path);
    nodes.forEach(assertDialable);
    return { kind: 'fan-out', targets: nodes };
  }
  if (target === undefined) return LOCAL;
  assertDialable(target);
  return { kind: 'node', target };
}
