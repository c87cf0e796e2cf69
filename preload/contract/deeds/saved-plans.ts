import type { DeedRest } from './deeds.ts';

/** A plan of a file that was opened. Nothing is planned yet, and no machine was asked. Texts of the file may hold anything. */
export interface OpenedPlan {
  /** The file, without where it lies. */
  readonly file: string;
  /** When it was made; epoch milliseconds. */
  readonly madeAtMs: number;
  /** The Minos that made it, as the file says it: `0.1.0`. */
  readonly minos: string;
  /** What is to be planned anew, by the context that leads to its cluster here. */
  readonly wish: DeedRest & { readonly opened: string };
}
