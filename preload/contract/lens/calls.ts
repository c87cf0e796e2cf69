import * as v from 'valibot';
import { call, contextName, nodeName, token } from '../call.ts';
import type { LensNodeSources } from './lens.ts';

/** Calls of the log lens. */
export const lensCalls = {
  /** What can be followed on each of these nodes. A node that does not answer has a `failure` and empty lists. */
  'lens.sources': call<readonly LensNodeSources[]>()(
    v.strictObject({ context: contextName, nodes: v.pipe(v.array(nodeName), v.minLength(1), v.maxLength(100)) }),
  ),
  /** No longer follow one source of an open stream `lens`. Nothing happens when it has ended. */
  'lens.leave': call<void>()(
    v.strictObject({ id: token, source: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(499)) }),
  ),
  /**
   * The next text of an open stream `lensExport`; answers when there is room for more. `isLast` ends the file. `not-found` when
   * the stream is no longer open.
   */
  'lens.write': call<void>()(
    v.strictObject({ id: token, text: v.pipe(v.string(), v.maxLength(262_144)), isLast: v.boolean() }),
  ),
} as const;
