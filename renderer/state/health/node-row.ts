import type { HealthState, NodeHealth, NodeRole, NodeSummary } from '../../../preload/contract/index.ts';

/** A machine and what is known of how it is, joined by its target. */
export interface NodeRow {
  readonly target: string;
  readonly node: NodeSummary;
  /** Missing: main has not said anything of it yet. */
  readonly health: NodeHealth | undefined;
}

/** Every listed node with what is known of how it is; a node that discovery does not list any more is left out. */
export function nodeRows(nodes: readonly NodeSummary[], health: HealthState | undefined): readonly NodeRow[] {
  const known = new Map(health?.nodes.map((each) => [each.node, each]));
  return nodes.map((node) => ({ target: node.target, node, health: known.get(node.target) }));
}

/** Control planes, then workers, then those whose role nobody said; within each as `cp-2` before `cp-10`. */
export function byRoleAndName<T>(all: readonly T[], roleOf: (one: T) => NodeRole, nameOf: (one: T) => string): T[] {
  const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  return all.toSorted((a, b) => ROLE_ORDER[roleOf(a)] - ROLE_ORDER[roleOf(b)] || names.compare(nameOf(a), nameOf(b)));
}

/** Where the roles stand in lists. */
export const ROLE_ORDER: Readonly<Record<NodeRole, number>> = { controlplane: 0, worker: 1, unknown: 2 };
