import { Failed } from '../lib/failed.ts';
import type { Kubeconfig } from './kubeconfig.ts';
import { entryChange, type KubeconfigPlan } from './plan.ts';

/** Gives a context another name, as `kubectl config rename-context`; what it means stays. Pure. Throws Failed `invalid`. */
export function planRename(target: Kubeconfig, name: string, to: string): KubeconfigPlan {
  if (!target.contexts.has(name)) throw notThere(name);
  if (target.contexts.has(to))
    throw new Failed({ code: 'invalid', message: `There is a context ${to} already.`, hint: 'Choose another name.' });
  return {
    edits: [{ kind: 'rename', section: 'contexts', name, to }],
    changes: [entryChange('contexts', 'renamed', to, name)],
    contextName: to,
    notes: [],
  };
}

/** Makes a context the file's current one; it may stand in another file that kubectl reads. Pure. */
export const planUse = (target: Kubeconfig, name: string): KubeconfigPlan => ({
  edits: target.currentContext === name ? [] : [{ kind: 'current', name }],
  changes: target.contexts.has(name) ? [entryChange('contexts', 'kept', name)] : [],
  contextName: name,
  notes: [],
});

const notThere = (name: string): Failed =>
  new Failed({ code: 'not-found', message: `There is no context ${name} in this file any more.` });
