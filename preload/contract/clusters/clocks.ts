import type { Failure } from '../failure.ts';

/** How far the clock of a machine is from this computer's, measured through one call. */
export interface NodeClock {
  /** The node's name, or the endpoint that answered for itself. */
  readonly node: string;
  /** Milliseconds the node is ahead of this computer; negative when it is behind. */
  readonly aheadMs: number;
  /** The true value lies within this much: half the round trip. */
  readonly errorMs: number;
  readonly atMs: number;
}

/** Topic `clock.state`. What could not be measured is not in it: unknown, neither right nor wrong. */
export interface ClockState {
  readonly context: string;
  readonly status: 'measuring' | 'known' | 'unknown';
  readonly clocks: readonly NodeClock[];
  /** Why it is unknown. */
  readonly failure?: Failure;
}
