import type { Caller } from '../../clusters/caller.ts';
import type { Machine } from '../../plans/machine.ts';
import { eachBounded } from '../../work/fan-out/each-bounded.ts';
import { lookAt, type MachineLook } from './machine-look.ts';

/** Machines that are read at once. */
const MOST_AT_ONCE = 32;

/** A machine as it was read, or why it could not be. */
export interface ReadMachine {
  readonly machine: Machine;
  readonly look?: MachineLook;
  readonly refused?: string;
}

/**
 * Reads machines, in the order given. One that goes by two names is there once: two that have the same identity in the cluster, and the
 * same UUID where they tell it, are one.
 */
export async function readMachines(
  machines: readonly Machine[],
  caller: () => Caller,
  signal: AbortSignal,
): Promise<readonly ReadMachine[]> {
  const read = new Map<Machine, ReadMachine>();
  const one = async (machine: Machine): Promise<void> => {
    const calling = caller();
    try {
      read.set(machine, { machine, look: await lookAt(calling, { node: machine.node, signal }) });
    } catch (error) {
      read.set(machine, { machine, refused: calling.explain(error, { node: machine.node }).message });
    }
  };
  await eachBounded(machines, MOST_AT_ONCE, signal, one, () => undefined);
  signal.throwIfAborted();
  const known = new Set<string>();
  return machines.flatMap((machine): readonly ReadMachine[] => {
    const found = read.get(machine) ?? { machine, refused: 'It was not asked.' };
    const { nodeId, uuid = '' } = found.look ?? {};
    if (nodeId === undefined) return [found];
    const key = `${nodeId} ${uuid}`;
    if (known.has(key)) return [];
    known.add(key);
    return [found];
  });
}
