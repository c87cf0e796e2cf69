import type { NodeSummary } from '../../../../preload/contract/index.ts';
import { Failed } from '../../../lib/failed.ts';
import type { Caller } from '../../clusters/caller.ts';
import { machineOf, type Machine } from '../../plans/machine.ts';
import { eachBounded } from '../../work/fan-out/each-bounded.ts';
import { quoted } from '../../quoted.ts';
import { READ_AT_ONCE } from '../kit/read-each.ts';
import { machineIdentityOf } from '../power/machine-look.ts';
import type { FileMachine } from './plan-file.ts';

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
 * it is not the machine. One that does not answer is taken: it is refused when it is planned, or has to be looked at again by then
 * ({@link whyNotIt}). Never rejects.
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
        const why = whyNotIt(was, now.uuid);
        gone ??= why;
        if (why !== undefined) continue;
        found.set(was, { was, node, ...(now.nodeId !== undefined && { identity: now.nodeId }) });
        return;
      } catch {
        // Planning it says why it does not answer.
        found.set(was, { was, node });
        // What has its address now would not be told apart from it.
        if (was.uuid === undefined) return;
      }
    }
    if (!found.has(was))
      found.set(was, { was, gone: gone ?? 'No machine of this cluster is known by its name or address any more.' });
  };
  await eachBounded(machines, READ_AT_ONCE, signal, find, () => undefined);
  return machines.map((was) => found.get(was) ?? { was, gone: 'It was not looked for.' });
}

/** Why what has this UUID is not the machine of a file, a sentence; undefined where it is, or the file says nothing of it. */
export function whyNotIt(was: Pick<FileMachine, 'uuid'>, uuid: string | undefined): string | undefined {
  if (was.uuid === undefined || was.uuid === uuid) return undefined;
  if (uuid === undefined) return 'What answers at its address does not tell its UUID, so it may be another machine.';
  return `Another machine answers at its address: its UUID was ${quoted(was.uuid)} and is ${quoted(uuid)}.`;
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
