import * as v from 'valibot';
import { call, token } from '../call.ts';
import type { BlackBoxItem } from './blackbox.ts';

/** What an opened black box holds. */
export const blackboxStreams = {
  /** The contents of the black box that was opened last, then the end. */
  blackbox: call<BlackBoxItem>()(v.strictObject({ id: token })),
} as const;
