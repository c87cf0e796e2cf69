import type { NodeSummary } from '../../../preload/contract/index.ts';
import { Failed } from '../../lib/failed.ts';
import { quoted } from '../quoted.ts';

declare const IS_KNOWN: unique symbol;

/** One machine that a deed is done on. Made by {@link machineOf} alone: it is certainly one, and which one. */
export interface Machine {
  /** What is sent as the `node` header. */
  readonly node: string;
  /** As people call it. */
  readonly name: string;
  readonly [IS_KNOWN]: true;
}

/**
 * The machine a node name or address means. Throws Failed `not-found` for what discovery does not know, where it knows
 * any: a virtual IP or a load balancer leads to whichever machine has it at that moment. Throws `invalid` for what more
 * than one machine goes by.
 */
export function machineOf(node: string, nodes: readonly NodeSummary[]): Machine {
  const discovered = nodes.filter(({ sources }) => sources.includes('discovered'));
  const candidates = discovered.length > 0 ? discovered : nodes;
  const found = candidates.filter(
    ({ target, hostname, addresses }) => target === node || hostname === node || addresses.includes(node),
  );
  const [only, another] = found;
  if (only === undefined) {
    throw new Failed({
      code: 'not-found',
      message: `No machine of this cluster is known as ${quoted(node)}; nothing was done.`,
      hint: 'An address that several machines share, such as a virtual IP or a load balancer, names none of them.',
      where: { node },
    });
  }
  if (another !== undefined) {
    throw new Failed({
      code: 'invalid',
      message: `More than one machine is known as ${quoted(node)}; nothing was done.`,
      hint: 'Name the machine by an address of its own.',
      where: { node },
    });
  }
  return { node: only.target, name: only.hostname ?? only.target } as Machine;
}

/** The machines of a list that the user made. Throws Failed `invalid` for an empty one: it means none here, never all. */
export function machinesOf(names: readonly string[], nodes: readonly NodeSummary[]): readonly [Machine, ...Machine[]] {
  const byNode = new Map(names.map((name) => machineOf(name, nodes)).map((machine) => [machine.node, machine]));
  const [first, ...others] = byNode.values();
  if (first !== undefined) return [first, ...others];
  throw new Failed({
    code: 'invalid',
    message: 'No machine was named, so nothing is done.',
    hint: 'Select the machines one by one.',
    where: { field: 'nodes' },
  });
}
