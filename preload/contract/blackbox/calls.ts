import * as v from 'valibot';
import { call, contextName, nothing } from '../call.ts';
import type { Saved } from '../work/answers.ts';
import type { BlackBoxHead } from './blackbox.ts';

/** Calls about black boxes: the last hour of a cluster as one file. */
export const blackboxCalls = {
  /** Save what is known of a cluster's last hour where the user chooses, readable by its owner alone. */
  'blackbox.save': call<Saved>()(v.strictObject({ context: contextName })),
  /** Open such a file that the user chooses; its contents come by stream `blackbox`. Nothing in it is ever dialled. */
  'blackbox.open': call<BlackBoxHead>()(nothing),
} as const;
