import type { NodeSummary } from '../../../../preload/contract/index.ts';
import { Failed } from '../../../lib/failed.ts';
import type { Caller } from '../../clusters/caller.ts';
import type { CommandParams } from '../../commands/kit/definition.ts';
import { effectsOf } from '../../plans/plan.ts';
import { quoted } from '../../quoted.ts';
import type { PlannedDeed } from '../kit/definition.ts';
import { differences } from './differences.ts';
import { machinesNow, whyNotIt } from './machines-now.ts';
import type { OpenedFile } from './saved-plans.ts';

/** What {@link planOpened} works with. */
interface PlanningOpened {
  readonly caller: Caller;
  /** As discovery knows them now. */
  readonly nodes: readonly NodeSummary[];
  /** Of the machines of the file those that are wished: all, as the file calls them, or some, as they are reached now. */
  readonly wished: readonly string[];
  readonly params: CommandParams;
  readonly plan: (nodes: readonly string[]) => Promise<PlannedDeed>;
  readonly signal: AbortSignal;
}

/**
 * Plans what a file wishes, on those of its machines that still are the machines they were, and says what differs. The question says that it
 * is of a file. Throws Failed `not-found` where none of them is left, `conflict` where one became another machine meanwhile, and as planning
 * does.
 */
export async function planOpened({ name, plan: file }: OpenedFile, planning: PlanningOpened): Promise<PlannedDeed> {
  const { wished, params } = planning;
  const machines = await machinesNow(file.machines, planning);
  // Addresses may have changed places: once some are left out, they are called as the plan calls them.
  const isAll = machines.every(({ was }) => wished.includes(was.node));
  const those = machines.flatMap(({ node }) => (node !== undefined && (isAll || wished.includes(node)) ? [node] : []));
  if (those.length === 0) {
    const [first] = machines;
    throw new Failed({
      code: 'not-found',
      message: `None of the machines of this plan is there any more. ${first?.gone ?? ''}`.trim(),
      hint: 'Plan it anew on machines of this cluster.',
    });
  }
  const { plan, preview, ...rest } = await planning.plan(those);
  for (const { was, node } of plan === undefined ? [] : machines) {
    if (node === undefined || !those.includes(node)) continue;
    // It may not have answered when it was looked for, or be another one since then.
    const why = whyNotIt(was, plan?.before?.get(node)?.uuid);
    if (why !== undefined)
      throw new Failed({
        code: 'conflict',
        message: `${quoted(was.name)}: ${why}`,
        hint: 'Plan again: what is another machine is left out.',
        where: { node },
      });
  }
  const now = { preview, params, machines, before: plan?.before ?? new Map(), effects: plan && effectsOf(plan) };
  const told = { ...rest, preview: { ...preview, differs: differences(file, now) } };
  if (plan === undefined) return told;
  const facts = [...plan.question.facts, `It comes from the file ${quoted(name)}, and was planned anew.`];
  return { ...told, plan: { ...plan, question: { ...plan.question, facts } } };
}
