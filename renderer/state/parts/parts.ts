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

/** What one feature shows of the cluster in use on the overview, below topology and attention. */
export interface OverviewPart {
  /** Unique. */
  readonly id: string;
  readonly order: number;
  readonly component: Component;
}

/** What the features show on other screens. */
export interface Parts {
  /** In their order. */
  readonly node: readonly NodePart[];
  /** In their order. */
  readonly overview: readonly OverviewPart[];
}

/** What features show on the pages of nodes and on the overview, for those screens: a feature imports no other one. */
export const [getParts, setParts] = createContext<Parts>();
