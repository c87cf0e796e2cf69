import * as v from 'valibot';
import { call, filePath, shortText } from '../call.ts';
import type { AppliedChange, ChangeSummary } from './changes.ts';

/** Calls about changes that were made. */
export const planCalls = {
  /** Changes Minos made to a file, newest first. */
  'history.list': call<readonly ChangeSummary[]>()(v.strictObject({ file: filePath })),
  /** Put back the bytes from before a change. `conflict` when the file was changed since. */
  'history.undo': call<AppliedChange>()(v.strictObject({ file: filePath, changeId: shortText })),
  /** Forget all old versions of a file now; they hold old keys. The user is asked: `cancelled` when they refuse. */
  'history.forget': call<void>()(v.strictObject({ file: filePath })),
} as const;
