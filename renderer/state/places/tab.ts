import type { Thing } from '../view.svelte.ts';

/** A cluster and what is shown of it. */
export interface Tab {
  readonly id: number;
  /** Id of its context; undefined while none is in use. */
  readonly context: string | undefined;
  /** What the context was called when it was last there. */
  readonly name: string;
  /** The address of its screen: `#/nodes`. */
  readonly hash: string;
  readonly inspected?: Thing | undefined;
}
