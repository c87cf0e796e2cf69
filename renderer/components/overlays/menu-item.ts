/** One line of a menu. */
export interface MenuItem {
  readonly id: string;
  readonly label: string;
  /** Shown muted at the end: a key, a count. */
  readonly detail?: string;
  /** Why it cannot be chosen. */
  readonly disabledBecause?: string | undefined;
  /** Makes it a choice that is on or off. */
  readonly isChecked?: boolean;
  readonly select: () => void;
}
