import type { Caller } from '../../clusters/caller.ts';
import type { Machine } from '../../plans/machine.ts';
import { eachBounded } from '../../work/fan-out/each-bounded.ts';
import type { DeedTools } from './definition.ts';

/** Machines that are read at once for a plan. */
export const READ_AT_ONCE = 32;

/**
 * Reads every machine of a deed, in their order; of one that cannot be read `unread` says why, a sentence. Throws the signal's reason, and
 * Failed when the cluster cannot be dialled.
 */
export async function readEach<T>(
  machines: readonly Machine[],
  { caller, signal }: Pick<DeedTools, 'caller' | 'signal'>,
  read: (caller: Caller, machine: Machine) => Promise<T>,
  unread: (machine: Machine, why: string) => T,
): Promise<readonly T[]> {
  const found = new Map<Machine, T>();
  const one = async (machine: Machine): Promise<void> => {
    const calling = caller();
    try {
      found.set(machine, await read(calling, machine));
    } catch (error) {
      found.set(machine, unread(machine, calling.explain(error, { node: machine.node }).message));
    }
  };
  await eachBounded(machines, READ_AT_ONCE, signal, one, () => undefined);
  signal.throwIfAborted();
  return machines.map((machine) => found.get(machine) as T);
}
