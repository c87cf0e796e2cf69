import type { Workspace } from '../workspace.ts';

/** Why Minos may not end to be replaced, as a sentence; undefined when nothing needs it. */
export function busyWith({ plans, unfinished }: Pick<Workspace, 'plans' | 'unfinished'>): string | undefined {
  if (plans.staying.isNeeded()) return 'Something is being done to a cluster.';
  if (unfinished.isUnderWay) return 'A download or an export is being written.';
  return undefined;
}
