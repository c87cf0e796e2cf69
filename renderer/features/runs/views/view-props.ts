import type { Snippet } from 'svelte';
import type { Run } from '../../../state/run.svelte.ts';

/** What the picture of a run's answers gets, whatever their shape. */
export interface ViewProps {
  readonly run: Run;
  /** The screen's main content, as opposed to the drawer. */
  readonly isMain: boolean;
  /** A node by its own name. */
  readonly nameOf: (node: string) => string;
  /** Nodes whose failure stands above already. */
  readonly stated: ReadonlySet<string>;
  /** It is asked again by itself. */
  readonly isLive: boolean;
  /** Nodes without a new answer while it is, with when theirs came. */
  readonly old: ReadonlyMap<string, number>;
  /** Now, while that matters. */
  readonly nowMs: number;
  /** Buttons of the run, to stand beside the view's own tools. */
  readonly actions: Snippet;
  /** What is said about the answers, to stand between tools and answers. */
  readonly notes: Snippet;
}
