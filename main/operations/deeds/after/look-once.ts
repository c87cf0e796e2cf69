import type { DeedStep } from '../../../../preload/contract/index.ts';
import type { Caller } from '../../clusters/caller.ts';
import type { DeedTrace } from '../../plans/journal.ts';
import type { CameOf, DeedDefinition, PlannedDeed } from '../kit/definition.ts';
import type { ConfigDesk } from '../config/config-desk.ts';
import { machineIdentityOf, whyAnother, type MachineIdentity } from '../power/machine-look.ts';
import { uncordonLine } from './left-cordoned.ts';

/** A machine of a deed of which nobody saw what came, and what it is looked up with. */
export interface Unseen {
  readonly trace: DeedTrace;
  readonly step: DeedStep;
  /** The kind of deed; undefined for one that this Minos does not have. */
  readonly definition: Pick<DeedDefinition, 'lookUp'> | undefined;
  readonly caller: Caller;
  readonly configs: Pick<ConfigDesk, 'texts'>;
  readonly sinceMs: number;
  readonly plan: () => Promise<PlannedDeed>;
  readonly signal: AbortSignal;
}

/** What a look found. */
export interface WhatCame extends CameOf {
  readonly giveBack?: string;
}

/** Looks once at a machine, by reading alone. Throws what calls throw. */
export async function lookOnce(unseen: Unseen): Promise<WhatCame> {
  const { trace, step, caller, signal } = unseen;
  const looking = { node: step.node, signal };
  const { uuid, nodeId } = trace.machines[step.node] ?? {};
  const identity = await machineIdentityOf(caller, looking);
  const another = whyAnother({ uuid, nodeId }, identity);
  const came = await cameOf(unseen, identity, another);
  if (came.kind === 'goes-on' || another !== undefined || trace.params['drain'] !== true) return came;
  const giveBack = await uncordonLine(caller, looking);
  if (giveBack === undefined) return came;
  return { ...came, giveBack, text: `${came.text} It is still cordoned by Minos.` };
}

async function cameOf(
  { definition, trace, step, ...tools }: Unseen,
  identity: MachineIdentity,
  another: string | undefined,
): Promise<CameOf> {
  // Only its drain had begun.
  if (step.stage === 'left') return { kind: 'not-done', text: 'Minos ended before it was asked.' };
  const { node, name } = step;
  const before = trace.machines[node] ?? {};
  const { params } = trace;
  if (definition?.lookUp !== undefined)
    return definition.lookUp({ ...tools, node, name, before, params, identity, another });
  return { kind: 'unknown', text: another ?? 'Minos cannot see of this kind of deed whether it was done.' };
}
