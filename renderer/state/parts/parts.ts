import { createContext, type Component } from 'svelte';
import type { Session } from '../context.ts';

/** What one feature shows of one node on that node's page: a tab of its own, or a piece of the tab Summary. */
export interface NodePart {
  /** Unique; a tab's stands in the session, so that the page of another node opens at the same one. */
  readonly id: string;
  readonly place: 'tab' | 'summary';
  /** The tab's name, or the heading of the piece. */
  readonly title: string;
  /** Smallest first. Summary itself stands at 0. */
  readonly order: number;
  /** Gets the node's target and the id of this part. It is made when it is looked at and ends when it is not: nothing goes on behind another tab. */
  readonly component: Component<{ node: string; part: string }>;
  /** False: this node, or this cluster, has no such thing. */
  readonly applies?: (session: Session, node: string) => boolean;
}

/** What features show on the pages of nodes, in their order, for that page: a feature imports no other one. */
export const [getParts, setParts] = createContext<readonly NodePart[]>();
