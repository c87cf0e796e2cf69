import type { Problem } from '../../preload/contract/index.ts';
import { diffKubeconfigs, type KubeconfigDiff } from './kubeconfig-diff.ts';
import { editKubeconfig } from './edit-kubeconfig.ts';
import { parseIncoming } from './incoming.ts';
import { parseKubeconfig, type Kubeconfig } from './kubeconfig.ts';
import type { EntryChange, KubeconfigPlan, OnTaken } from './plan.ts';
import { planKubeconfigMerge, type MergeOptions } from './plan-merge.ts';
import { planRemoval, type UsedElsewhere } from './plan-removal.ts';
import { planRename, planUse } from './plan-rename.ts';
import { planTalosctlMerge } from './plan-talosctl.ts';
import { refuseAsKubectl } from './refuse-as-kubectl.ts';

/** One kubeconfig to merge. `talosctl` reproduces talosctl's own rules and names every conflict's answer. */
export interface MergeStep {
  readonly incoming: string;
  /** The file it lies in, for its relative paths; missing for one that a cluster sent or that was pasted. */
  readonly from?: string;
  readonly rules:
    | { readonly kind: 'minos'; readonly options: MergeOptions }
    | { readonly kind: 'talosctl'; readonly onTaken: OnTaken; readonly contextName?: string };
}

/** What a file will hold, and what differs. */
export interface ChangedKubeconfig {
  /** The new text. Holds keys. */
  readonly text: string;
  readonly changes: readonly EntryChange[];
  /** The context that stands for each merged cluster, in the order of the steps. */
  readonly contextNames: readonly string[];
  readonly currentContext: { readonly before: string; readonly after: string };
  readonly notes: readonly Problem[];
  readonly diff: KubeconfigDiff;
}

/** Merges one or several kubeconfigs into a text, one after the other. Pure; throws Failed `file-invalid`. */
export function mergeIntoText(text: string, steps: readonly MergeStep[], file?: string): ChangedKubeconfig {
  return changeText(
    text,
    file,
    steps.map((step) => (target) => planStep(target, step)),
  );
}

/** Removes contexts from a text. Pure; throws Failed `file-invalid`. */
export function removeFromText(
  text: string,
  names: readonly string[],
  elsewhere: UsedElsewhere,
  file?: string,
): ChangedKubeconfig {
  return changeText(text, file, [(target) => planRemoval(target, names, elsewhere)]);
}

/** Gives a context another name, or makes one the file's current one. Pure; throws Failed `file-invalid`, `invalid`. */
export function renameInText(text: string, wish: RenameWish, file?: string): ChangedKubeconfig {
  return changeText(text, file, [(target) => planRenames(target, wish)]);
}

/** What becomes of the contexts of one file. */
export interface RenameWish {
  readonly rename?: { readonly name: string; readonly to: string };
  /** The file's current context afterwards. */
  readonly current?: string;
}

function planRenames(target: Kubeconfig, { rename, current }: RenameWish): KubeconfigPlan {
  const renamed = rename ? planRename(target, rename.name, rename.to) : undefined;
  const used = current === undefined ? undefined : planUse(target, current);
  return {
    edits: [...(renamed?.edits ?? []), ...(used?.edits ?? [])],
    changes: [...(renamed?.changes ?? []), ...(used?.changes ?? [])],
    notes: [],
  };
}

function isFineForKubectl({ yaml }: Kubeconfig): boolean {
  try {
    refuseAsKubectl(yaml);
    return true;
  } catch {
    return false;
  }
}

function planStep(target: Kubeconfig, { incoming, from, rules }: MergeStep): KubeconfigPlan {
  const source = parseIncoming(incoming, from);
  if (rules.kind === 'minos') return planKubeconfigMerge(target, source, rules.options);
  return planTalosctlMerge(target, source, {
    decide: () => rules.onTaken,
    activate: true,
    ...(rules.contextName === undefined ? {} : { contextName: rules.contextName }),
  });
}

function changeText(
  text: string,
  file: string | undefined,
  plans: readonly ((target: Kubeconfig) => KubeconfigPlan)[],
): ChangedKubeconfig {
  const before = parseKubeconfig(text, file, { keepTokens: true });
  let kubeconfig = before;
  const changes: EntryChange[] = [];
  const notes: Problem[] = [];
  const contextNames: string[] = [];
  for (const [i, planOf] of plans.entries()) {
    const plan = planOf(kubeconfig);
    kubeconfig = editKubeconfig(kubeconfig, plan.edits, file, { keepTokens: i < plans.length - 1 }).kubeconfig;
    changes.push(...plan.changes);
    notes.push(...plan.notes);
    if (plan.contextName !== undefined) contextNames.push(plan.contextName);
  }
  // Nothing that kubectl read before is left to it unreadable.
  if (isFineForKubectl(before)) refuseAsKubectl(kubeconfig.yaml, file);
  return {
    text: kubeconfig.yaml.text,
    changes,
    contextNames,
    currentContext: { before: before.currentContext, after: kubeconfig.currentContext },
    notes,
    diff: diffKubeconfigs(before.yaml, kubeconfig.yaml),
  };
}
