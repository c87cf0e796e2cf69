/** A thing on a screen that can be inspected and right-clicked. Features say what belongs to a kind; kinds are free words. */
export interface Thing {
  /** Such as `node`, `endpoint`, `context`, `run`. */
  readonly kind: string;
  /** Means it within its kind. */
  readonly id: string;
}
