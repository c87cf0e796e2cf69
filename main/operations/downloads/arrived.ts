/** What became of a download. */
export interface Arrived {
  /** What it is called; where it lies is the user's. */
  readonly name: string;
  /** Behind which it lies. Never told to the page. */
  readonly path: string;
  readonly bytes: number;
  /** What is to be said of it, such as what was checked. */
  readonly said: string;
  /** What of it was left out, with why. */
  readonly refused?: readonly { readonly name: string; readonly why: string }[];
  /** How many that are, when not all are named. */
  readonly refusedCount?: number;
}
