/** One thing that can be picked from a list by typing. */
export interface PickItem {
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
  readonly group?: string;
  /** Further words that find it. */
  readonly words?: string;
  /** A longer text about it, which finds it after everything that its words find. */
  readonly text?: string;
  /** Among what is found as well, it comes last: one of very many. */
  readonly isMinor?: true;
  readonly chord?: string;
  readonly isCurrent?: boolean;
  /** Why it cannot be picked. */
  readonly disabledBecause?: string;
  /** Picking it makes this the text that is typed, and the list stays open. */
  readonly completes?: string;
  readonly pick: () => void;
  /** What picking it with Ctrl does (⌘ on a Mac), where that is something else. */
  readonly pickElsewhere?: () => void;
}

/** Without those whose id another one before them has: names of machines, types and files may be the same twice, and a list holds each once. */
export function uniqueItems(items: readonly PickItem[]): readonly PickItem[] {
  const ids = new Set<string>();
  return items.filter(({ id }) => !ids.has(id) && ids.add(id));
}
