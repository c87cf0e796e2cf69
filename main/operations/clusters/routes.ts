import type { CallHandlers, TopicHandlers } from '../handlers.ts';
import type { Workspace } from '../workspace.ts';

type ClusterCall =
  | 'power.set'
  | 'power.lift'
  | 'endpoints.test'
  | 'endpoints.setDisabled'
  | 'endpoints.useFile'
  | 'nodes.refresh'
  | 'nodes.resolve'
  | 'groups.save'
  | 'groups.remove';

type ClusterTopic = 'power.state' | 'pool.state' | 'nodes.state' | 'clock.state' | 'groups.state';

/** Calls about the endpoints and nodes of a cluster. */
export function clusterRoutes(workspace: Workspace): Pick<CallHandlers, ClusterCall> {
  const { clusters, groups, leastPower, talosconfig } = workspace;
  return {
    'endpoints.test': ({ context }) => clusters.get(context).test(),
    'endpoints.setDisabled': ({ context, endpoint, disabled }) => {
      clusters.get(context).setDisabled(endpoint, disabled);
    },
    'endpoints.useFile': ({ context }) => {
      talosconfig.useFileEndpoints(context);
    },
    'power.set': ({ context, isLeast }) => leastPower.set(talosconfig.context(context).summary, isLeast),
    'power.lift': async ({ context }, { signal }) => {
      const { power } = clusters.get(context);
      await leastPower.mayLift(talosconfig.context(context).summary, signal);
      power.lift();
    },
    'nodes.refresh': ({ context }) => workspace.nodes(context).refresh(),
    'nodes.resolve': ({ context, text }) => workspace.resolveNodes(context, text),
    'groups.save': ({ context, ...group }) => groups.save(context, group),
    'groups.remove': ({ context, name }) => groups.remove(context, name),
  };
}

/** What is known of a cluster's endpoints, nodes and clocks. */
export function clusterTopics(workspace: Workspace): Pick<TopicHandlers, ClusterTopic> {
  return {
    'pool.state': ({ context }) => workspace.timelines.overheard('endpoints', workspace.clusters.status(context)),
    'nodes.state': ({ context }) => workspace.timelines.overheard('nodes', workspace.clusters.nodes(context)),
    'power.state': ({ context }) => workspace.clusters.power(context),
    'clock.state': ({ context }) => workspace.clusters.clocks(context),
    'groups.state': ({ context }) => workspace.groups.state(context),
  };
}
