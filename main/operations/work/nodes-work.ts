import type { RunColumn, RunNote } from '../../../preload/contract/index.ts';
import type { Turn } from './fan-out/fan-out.ts';

/** What a run does, by the shape of its command's answers; what must be known before the first node is asked is known. */
export interface NodesWork {
  readonly columns: readonly RunColumn[];
  /** Asks one node and tells the output everything about it. Never rejects. */
  node(turn: Turn): Promise<void>;
  /** After the last node; what is worth saying about all of them. */
  end(): readonly RunNote[];
}
