import * as v from 'valibot';
import { call, contextName, nothing, runId } from '../call.ts';
import type { NodeSummary } from '../clusters/nodes.ts';
import type { Saved } from '../work/answers.ts';
import { MOST_ASKED_CLUSTERS } from './fleet.ts';

/** One run for each cluster, and those that could not even be asked: a table that is read elsewhere still says what is missing. */
const answersOfClusters = v.strictObject({
  runIds: v.pipe(v.array(runId), v.maxLength(MOST_ASKED_CLUSTERS)),
  missing: v.pipe(
    v.array(
      v.strictObject({ cluster: v.pipe(v.string(), v.maxLength(1000)), why: v.pipe(v.string(), v.maxLength(4096)) }),
    ),
    v.maxLength(MOST_ASKED_CLUSTERS),
  ),
});

/** Calls about all clusters together. */
export const fleetCalls = {
  /** Look at these contexts now, or at all of them: 32 at a time, 3 s each. The state tells how far it is. */
  'fleet.check': call<void>()(
    v.strictObject({ contexts: v.optional(v.pipe(v.array(contextName), v.maxLength(1000))) }),
  ),
  /** The machines of one cluster, asked for now, within 5 s; connections that had to be made for it end with it. Fails as discovery does. */
  'fleet.nodes': call<readonly NodeSummary[]>()(v.strictObject({ context: contextName })),
  /** What several clusters answered the same question, as CSV with a column for the cluster, to copy. `too-large` above 1 MiB. */
  'fleet.answers': call<string>()(answersOfClusters),
  /** The same as a file, where the user chooses in the system's dialog. */
  'fleet.saveAnswers': call<Saved>()(answersOfClusters),
  /** End the check that is under way; what was found stays. */
  'fleet.stop': call<void>()(nothing),
} as const;
