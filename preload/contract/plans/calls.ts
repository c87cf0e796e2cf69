import * as v from 'valibot';
import { call, filePath, shortText, token } from '../call.ts';
import type { ChangeSummary, WrittenChange } from './changes.ts';

/** Calls that carry out plans, and about changes that were made. Plans are made by the calls of their subjects. */
export const planCalls = {
  /**
   * Carry out a plan that was made and shown, once. `conflict` when something is not what the plan was made on;
   * `precondition` while a part of it was not shown; `cancelled` when the user, asked in a window of its own, refuses. A
   * plan that failed may be applied again, with the same checks.
   */
  'plans.apply': call<WrittenChange>()(v.strictObject({ token })),
  /**
   * Put back what was there before a change, by its id: of this session, or in the history of a file. Answers with the
   * change that this is. `conflict` when a file was changed since.
   */
  'plans.undo': call<WrittenChange>()(v.strictObject({ change: shortText })),
  /** Changes Minos made to a file, newest first. */
  'history.list': call<readonly ChangeSummary[]>()(v.strictObject({ file: filePath })),
  /** Forget all old versions of a file now; they hold old keys. The user is asked: `cancelled` when they refuse. */
  'history.forget': call<void>()(v.strictObject({ file: filePath })),
} as const;
