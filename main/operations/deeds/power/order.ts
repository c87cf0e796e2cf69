import type { NodeRole } from '../../../../preload/contract/index.ts';
import type { Lane } from '../../plans/conduct.ts';
import type { Machine } from '../../plans/machine.ts';

/** What decides about the order. */
export interface Ordering {
  readonly machines: readonly Machine[];
  readonly roleOf: (machine: Machine) => NodeRole;
  /** It leads etcd. */
  readonly isLeader: (machine: Machine) => boolean;
  /** Minos is connected through it. */
  readonly isEndpoint: (machine: Machine) => boolean;
  /** Workers that are away at a time. */
  readonly workersAtOnce: number;
  /** What goes stays away: control planes, which lead to the others, go last. */
  readonly workersFirst: boolean;
}

/**
 * Control planes one after another, in the order of the user, but those that Minos is connected through later and the leader of etcd
 * last; then workers, so many at a time, or before them where nothing comes back.
 */
export function lanesOf(ordering: Ordering): readonly Lane[] {
  const { machines, roleOf, isLeader, isEndpoint, workersAtOnce, workersFirst } = ordering;
  const weight = (machine: Machine): number => (isLeader(machine) ? 2 : 0) + (isEndpoint(machine) ? 1 : 0);
  const workers = machines
    .filter((machine) => roleOf(machine) === 'worker')
    .sort((one, other) => (workersFirst ? weight(one) - weight(other) : 0));
  const others = machines
    .filter((machine) => roleOf(machine) !== 'worker')
    .sort((one, other) => weight(one) - weight(other));
  const controlPlanes = { machines: others, atOnce: 1 };
  const rest = { machines: workers, atOnce: workersAtOnce };
  return (workersFirst ? [rest, controlPlanes] : [controlPlanes, rest]).filter((lane) => lane.machines.length > 0);
}
