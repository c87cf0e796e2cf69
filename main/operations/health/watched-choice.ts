import type { NodeRole } from '../../../preload/contract/index.ts';

/** Most nodes that are watched at a time; the others are asked now and then. */
const MOST_WATCHED = 100;

/** A node as far as the choice goes. */
export interface Choosable {
  readonly node: string;
  readonly role: NodeRole;
}

/**
 * Which nodes are watched: those in view, then the control planes, and in a cluster that is small enough all others.
 */
export function watchedNodes(nodes: readonly Choosable[], inView: readonly string[]): ReadonlySet<string> {
  const known = new Set(nodes.map(({ node }) => node));
  const wanted = [
    ...inView.filter((node) => known.has(node)),
    ...nodes.filter(({ role }) => role === 'controlplane').map(({ node }) => node),
    ...(nodes.length <= MOST_WATCHED ? nodes.map(({ node }) => node) : []),
  ];
  return new Set([...new Set(wanted)].slice(0, MOST_WATCHED));
}
