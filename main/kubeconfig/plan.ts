import type { Problem } from '../../preload/contract/index.ts';
import type { KubeconfigEdit } from './edit-kubeconfig.ts';
import type { Section } from './kubeconfig.ts';

/** What happens to one entry. `kept`: it stays as it is and is used. */
export type EntryAction = 'added' | 'refreshed' | 'replaced' | 'renamed' | 'kept' | 'removed';

/** One line of a preview. */
export interface EntryChange {
  readonly section: Section;
  readonly action: EntryAction;
  /** As it is called in the file. */
  readonly name: string;
  /** As the cluster calls it, where that is another name; of a renamed one its old name. */
  readonly incomingName?: string;
}

/** Everything a merge or removal will do to one kubeconfig. Its edits hold keys: it stays in main. */
export interface KubeconfigPlan {
  readonly edits: readonly KubeconfigEdit[];
  readonly changes: readonly EntryChange[];
  /** The context that stands for the cluster afterwards; undefined for a removal. */
  readonly contextName?: string;
  readonly notes: readonly Problem[];
}

/** What a name stands for when it is taken: rename the incoming entry (`-1`, `-2` …) or replace the one that is there. */
export type OnTaken = 'rename' | 'overwrite';

/** A change of an entry that is new in the file, under this name. */
export const addedAs = (section: Section, name: string, incomingName: string): EntryChange => ({
  section,
  action: 'added',
  name,
  ...(name === incomingName ? {} : { incomingName }),
});

/** A change of an entry that was there. */
export const entryChange = (section: Section, action: EntryAction, name: string, incomingName = name): EntryChange => ({
  section,
  action,
  name,
  ...(name === incomingName ? {} : { incomingName }),
});
