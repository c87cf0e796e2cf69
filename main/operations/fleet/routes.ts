import type { CallInput } from '../../../preload/contract/index.ts';
import type { Desktop } from '../app/desktop.ts';
import type { CallHandlers, TopicHandlers } from '../handlers.ts';
import { clustersCsv } from '../work/sinks/clusters-csv.ts';
import { copied, inSlices } from '../work/sinks/run-text.ts';
import { clustersStem, savePieces } from '../work/sinks/save-export.ts';
import type { Workspace } from '../workspace.ts';

type FleetCall = 'fleet.check' | 'fleet.stop' | 'fleet.nodes' | 'fleet.answers' | 'fleet.saveAnswers';

/** Calls about all clusters together. */
export function fleetRoutes(
  { fleet, runs, unfinished }: Workspace,
  desktop: Pick<Desktop, 'chooseSavePath'>,
): Pick<CallHandlers, FleetCall> {
  const csvOf = ({ runIds, missing }: CallInput<'fleet.answers'>): AsyncIterable<string> =>
    inSlices(
      clustersCsv(
        runIds.map((runId) => runs.exported(runId)),
        missing,
      ),
    );
  return {
    'fleet.check': ({ contexts }) => fleet.check(contexts),
    'fleet.stop': () => fleet.stop(),
    'fleet.nodes': ({ context }, { signal }) => fleet.nodes(context, signal),
    'fleet.answers': (input) => copied(csvOf(input)),
    'fleet.saveAnswers': (input, { windowId }) => {
      const choose = (wish: Parameters<Desktop['chooseSavePath']>[1]) => desktop.chooseSavePath(windowId, wish);
      const place = {
        stem: clustersStem(input.runIds.map((runId) => runs.exported(runId))),
        extension: 'csv',
        choose,
        unfinished,
      };
      return savePieces(place, () => csvOf(input));
    },
  };
}

/** What is known of all clusters. */
export const fleetTopics = ({ fleet }: Workspace): Pick<TopicHandlers, 'fleet.state'> => ({
  'fleet.state': () => fleet,
});
