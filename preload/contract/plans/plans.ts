/** What a plan says of itself, whatever it is about. */

/**
 * How much a plan costs whoever applies it by mistake. `undoable`: its files are put back from the history. `final`: what
 * it makes cannot be called back. `interrupts`: machines or services are away for a while. `destroys`: something is gone
 * afterwards.
 */
export type PlanRisk = 'undoable' | 'final' | 'interrupts' | 'destroys';

/**
 * A plan that waits in main to be applied. Nothing is done yet. A plan of files is shown by its own difference, so no screen
 * shows risk and effects yet; they are for plans that have no other preview.
 */
export interface PlanHead {
  /** Names it for `plans.apply`, for a while: it ends with time, and when the computer sleeps. */
  readonly token: string;
  readonly risk: PlanRisk;
  /** What would be done, a sentence each, as it will stand in the history. */
  readonly effects: readonly string[];
}
