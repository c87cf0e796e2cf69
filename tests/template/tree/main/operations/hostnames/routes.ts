import type { CallHandlers } from '../handlers.ts';
import { deedPlace } from '../plans/deed-place.ts';
import { machinesOf } from '../plans/machine.ts';
import type { Workspace } from '../workspace.ts';
import { rebootPlan } from './reboot-plan.ts';

/** Calls about the names of machines. */
export function hostnameRoutes(workspace: Workspace): Pick<CallHandlers, `hostnames.${'list' | 'planReboot'}`> {
  return {
    'hostnames.list': ({ context }) =>
      workspace
        .nodes(context)
        .current.nodes.map(({ target, hostname }) => ({ node: target, ...(hostname !== undefined && { hostname }) })),
    'hostnames.planReboot': ({ context, nodes }) => {
      const cluster = workspace.clusters.get(context);
      const machines = machinesOf(nodes, cluster.nodes.current.nodes);
      return workspace.plans.keep(
        rebootPlan(machines, () => cluster.caller, deedPlace(workspace.talosconfig.context(context).summary)),
      );
    },
  };
}
