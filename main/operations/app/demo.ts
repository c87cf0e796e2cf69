import { dirname } from 'node:path';
import type { TalosconfigChoice } from '../../../preload/contract/index.ts';

/** A running demo cluster; whoever started it closes it. */
export interface Demo {
  readonly choice: TalosconfigChoice;
  close(): Promise<void>;
}

/**
 * Whether a file is one of the demo's own, beside the talosconfig that was chosen: nothing of it is kept. It may be named by its real path, where
 * the system's temporary folder is behind a link.
 */
export const isOfDemo = ({ reason, path }: TalosconfigChoice, file: string): boolean =>
  reason === 'demo' && dirname(file).endsWith(dirname(path));

/** Starts a demo cluster; given by the composition root, because operations do not know the simulator. */
export type StartDemo = () => Promise<Demo>;
