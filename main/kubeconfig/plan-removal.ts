import type { Problem } from '../../preload/contract/index.ts';
import type { KubeconfigEdit } from './edit-kubeconfig.ts';
import { textOf, type Kubeconfig } from './kubeconfig.ts';
import { entryChange, type EntryChange, type KubeconfigPlan } from './plan.ts';

/** Clusters and users that contexts of other files refer to. */
export interface UsedElsewhere {
  readonly clusters: ReadonlySet<string>;
  readonly users: ReadonlySet<string>;
}

/** Removes contexts, each with its cluster and user when no remaining context refers to them. Pure. */
export function planRemoval(target: Kubeconfig, names: readonly string[], elsewhere: UsedElsewhere): KubeconfigPlan {
  const edits: KubeconfigEdit[] = [];
  const changes: EntryChange[] = [];
  const notes: Problem[] = [];
  const gone = names.flatMap((name) => target.contexts.get(name) ?? []);
  const goneNames = new Set(gone.map(({ name }) => name));
  const remaining = [...target.contexts.values()].filter(({ name }) => !goneNames.has(name));
  for (const name of goneNames) {
    edits.push({ kind: 'remove', section: 'contexts', name });
    changes.push(entryChange('contexts', 'removed', name));
  }
  for (const [section, field] of [
    ['clusters', 'cluster'],
    ['users', 'user'],
  ] as const) {
    for (const name of new Set(gone.map(({ value }) => textOf(value.get(field))))) {
      if (!target[section].has(name)) continue;
      const isUsed = remaining.some(({ value }) => textOf(value.get(field)) === name) || elsewhere[section].has(name);
      changes.push(entryChange(section, isUsed ? 'kept' : 'removed', name));
      if (!isUsed) edits.push({ kind: 'remove', section, name });
    }
  }
  if (goneNames.has(target.currentContext)) {
    edits.push({ kind: 'current', name: '' });
    notes.push({
      severity: 'warning',
      message: `${target.currentContext} is the file's current context; afterwards there is none.`,
      hint: 'Choose another one: kubectl config use-context NAME.',
    });
  }
  return { edits, changes, notes };
}
