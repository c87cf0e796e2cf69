/** One line of a menu. */
export interface MenuItem {
  readonly id: string;
  readonly label: string;
  /** What it stands under together with its neighbours of the same heading. */
  readonly heading?: string | undefined;
  /** Shown muted at the end: a key, a count. */
  readonly detail?: string;
  /** Why it cannot be chosen. */
  readonly disabledBecause?: string | undefined;
  /** Makes it a choice that is on or off. */
  readonly isChecked?: boolean;
  readonly select: () => void;
}

/** Neighbours under one heading, or without any. */
export interface MenuGroup {
  readonly heading: string | undefined;
  readonly items: readonly MenuItem[];
}

/** Splits a menu where the heading changes; the order stays. */
export function menuGroups(items: readonly MenuItem[]): readonly MenuGroup[] {
  const groups: { heading: string | undefined; items: MenuItem[] }[] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (last !== undefined && last.heading === item.heading) last.items.push(item);
    else groups.push({ heading: item.heading, items: [item] });
  }
  return groups;
}
