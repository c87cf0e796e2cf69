import type { TalosconfigChoice } from '../../../preload/contract/index.ts';

/** A running demo cluster; whoever started it closes it. */
export interface Demo {
  readonly choice: TalosconfigChoice;
  close(): Promise<void>;
}

/** Starts a demo cluster; given by the composition root, because operations do not know the simulator. */
export type StartDemo = () => Promise<Demo>;
