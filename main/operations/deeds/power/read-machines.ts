import type { Machine } from '../../plans/machine.ts';
import type { DeedTools } from '../kit/definition.ts';
import { READ_AT_ONCE, readEach } from '../kit/read-each.ts';
import { lookAt, type MachineLook } from './machine-look.ts';
import { readSituation, type PowerSituation } from './situation.ts';

/** A machine as it was read, or why it could not be. */
export interface ReadMachine {
  readonly machine: Machine;
  readonly look?: MachineLook;
  readonly refused?: string;
  /** It was not looked at, since another one forbids the whole. */
  readonly isUnread?: true;
}

/** What a plan to take machines down is made from. */
export interface ReadForDown {
  readonly read: readonly ReadMachine[];
  /** Missing where no control plane goes down. */
  readonly situation: PowerSituation | undefined;
}

/**
 * Reads machines, and etcd where control planes are among them. Of many, control planes first: where one is refused, nothing is done on
 * the others either, and they are not read. Throws Failed when nobody tells anything of etcd, and the signal's reason.
 */
export async function readForDown(
  tools: DeedTools,
  isControlPlane: (machine: Machine) => boolean,
  whyNot: (machine: ReadMachine, situation: PowerSituation) => string | undefined,
): Promise<ReadForDown> {
  const { machines, caller, clock, nodes, signal } = tools;
  const controlPlanes = machines.filter(isControlPlane);
  const isSoon = machines.length <= READ_AT_ONCE || controlPlanes.length === 0;
  const [first, situation] = await Promise.all([
    readMachines(isSoon ? machines : controlPlanes, tools),
    controlPlanes.length === 0 ? undefined : readSituation({ caller, clock, nodes: nodes(), signal }),
  ]);
  if (isSoon || situation === undefined) return { read: first, situation };
  const isForbidden = first.some((machine) => whyNot(machine, situation) !== undefined);
  const others = machines.filter((machine) => !isControlPlane(machine));
  if (isForbidden)
    return { read: [...first, ...others.map((machine) => ({ machine, isUnread: true as const }))], situation };
  return { read: distinct([...first, ...(await readMachines(others, tools))]), situation };
}

/**
 * Reads machines, in the order given. One that goes by two names is there once: two that have the same identity in the cluster, and the
 * same UUID where they tell it, are one.
 */
async function readMachines(machines: readonly Machine[], tools: DeedTools): Promise<readonly ReadMachine[]> {
  const read = await readEach<ReadMachine>(
    machines,
    tools,
    async (caller, machine) => ({ machine, look: await lookAt(caller, { node: machine.node, signal: tools.signal }) }),
    (machine, refused) => ({ machine, refused }),
  );
  return distinct(read);
}

/** Each machine once, whatever names it goes by. */
function distinct(read: readonly ReadMachine[]): readonly ReadMachine[] {
  const known = new Set<string>();
  return read.filter(({ look }) => {
    const { nodeId, uuid = '' } = look ?? {};
    if (nodeId === undefined) return true;
    const key = `${nodeId} ${uuid}`;
    const isNew = !known.has(key);
    known.add(key);
    return isNew;
  });
}
