import type { NodeSummary } from '../../../../preload/contract/index.ts';
import { Failed } from '../../../lib/failed.ts';
import type { Caller } from '../../clusters/caller.ts';
import { machineOf, type Machine } from '../../plans/machine.ts';
import { eachBounded } from '../../work/fan-out/each-bounded.ts';
import { machineIdentityOf, whyAnother } from '../power/machine-look.ts';
import type { FileMachine } from './plan-file.ts';

/** Machines that are read at once. */
const MOST_AT_ONCE = 32;

/** A machine of a saved plan as it is known now. */
export interface MachineNow {
  readonly was: FileMachine;
  /** As it is reached now; missing when it is not in this plan any more. */
  readonly node?: string;
  /** Why it is not, a sentence. */
  readonly gone?: string;
  /** By which discovery knows it now. */
  readonly identity?: string;
}

/** What {@link machinesNow} works with. */
interface Looking {
  readonly caller: Caller;
  readonly nodes: readonly NodeSummary[];
  readonly signal: AbortSignal;
}

/**
 * The machines of a saved plan as they are now, by the UUID of their hardware: whatever answers by the name or the address of one without being
 * it is not the machine. One that does not answer is taken, and refused when it is planned. Never rejects.
 */
export async function machinesNow(
  machines: readonly FileMachine[],
  { caller, nodes, signal }: Looking,
): Promise<readonly MachineNow[]> {
  const found = new Map<FileMachine, MachineNow>();
  const find = async (was: FileMachine): Promise<void> => {
    let gone: string | undefined;
    for (const { node } of candidates(was, nodes)) {
      try {
        const now = await machineIdentityOf(caller, { node, signal });
        gone ??= whyAnother({ uuid: was.uuid, nodeId: undefined }, now);
        if (whyAnother({ uuid: was.uuid, nodeId: undefined }, now) !== undefined) continue;
        found.set(was, { was, node, ...(now.nodeId !== undefined && { identity: now.nodeId }) });
        return;
      } catch {
        // Planning it says why it does not answer.
        found.set(was, { was, node });
      }
    }
    if (!found.has(was))
      found.set(was, { was, gone: gone ?? 'No machine of this cluster is known by its name or address any more.' });
  };
  await eachBounded(machines, MOST_AT_ONCE, signal, find, () => undefined);
  return machines.map((was) => found.get(was) ?? { was, gone: 'It was not looked for.' });
}

/** By its name first: addresses are given to other machines more often. */
function candidates({ name, node }: FileMachine, nodes: readonly NodeSummary[]): readonly Machine[] {
  const named = [name, node].flatMap((each): readonly Machine[] => {
    try {
      return [machineOf(each, nodes)];
    } catch (error) {
      if (error instanceof Failed) return [];
      throw error;
    }
  });
  return [...new Map(named.map((machine) => [machine.node, machine])).values()];
}
