import * as v from 'valibot';
import type { DeedPreview } from '../../../../preload/contract/index.ts';
import type { CommandParams } from '../../commands/kit/definition.ts';
import type { DeedPlan } from '../../plans/plan.ts';
import type { DeedDefinition } from '../kit/definition.ts';
import { effectsInFile, planFileSchema, type FileMachine, type PlanFile } from './plan-file.ts';

/** A plan, and what it was made of. */
export interface MadePlan {
  readonly definition: Pick<DeedDefinition, 'id' | 'params'>;
  /** Checked. */
  readonly params: CommandParams;
  /** Fingerprints of the CAs of its context. */
  readonly authorities: readonly string[];
  readonly plan: DeedPlan;
  readonly preview: Pick<DeedPreview, 'deed' | 'machines' | 'loses' | 'talosctl' | 'atMs'>;
  /** The version of this Minos. */
  readonly minos: string;
}

/** Of one parameter; as in the journal. */
const MOST_PARAM = 2_000;

/** Where the talosconfig lies on this computer, as `talosctlLine` writes it: that is nobody else's business. */
const TALOSCONFIG = / --talosconfig (?:\$'(?:[^'\\]|\\.)*'|(?:'[^']*'|\\')+|[^ ']+)/g;

/** The file that a plan is saved as, or why it is never in one, a sentence. */
export function fileOfPlan({ definition, params, ...made }: MadePlan): PlanFile | string {
  const { authorities, plan, preview, minos } = made;
  for (const { id, title, isSensitive, isGiven } of definition.params) {
    const value = params[id];
    if (value === undefined || value === '') continue;
    if (isSensitive === true) return `${title}: it may hold a secret, which Minos writes into no file.`;
    if (isGiven === true) return `${title}: that is on this computer alone, so nobody else could open the plan.`;
    if (String(value).length > MOST_PARAM) return `${title}: it is too long for a file of a plan.`;
  }
  if (authorities.length === 0)
    return 'Its context has no CA, so that nobody could tell elsewhere which cluster the plan is for.';
  const file = {
    minosPlan: 1,
    made: { at: new Date(preview.atMs).toISOString(), by: minos },
    cluster: { context: plan.head.context, authorities },
    deed: definition.id,
    says: preview.deed,
    params,
    machines: preview.machines.map(({ node, name }) => machineOf({ node, name }, plan)),
    effects: effectsInFile(plan.effects),
    ...(preview.loses && { loses: preview.loses.map(({ node, name, what }) => ({ node, name, what })) }),
    talosctl: preview.talosctl.replaceAll(TALOSCONFIG, ''),
  };
  const checked = v.safeParse(planFileSchema, file);
  return checked.success ? checked.output : 'It is larger than a file of a plan may be.';
}

function machineOf(named: Pick<FileMachine, 'node' | 'name'>, { before }: DeedPlan): FileMachine {
  const { uuid, nodeId, version, saw } = before?.get(named.node) ?? {};
  return {
    ...named,
    ...{ ...(uuid !== undefined && { uuid }), ...(nodeId !== undefined && { identity: nodeId }) },
    ...{ ...(version !== undefined && { version }), ...(saw !== undefined && { saw }) },
  };
}
