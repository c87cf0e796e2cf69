import type { AppInfo, DesktopRequest } from '../../preload/contract/index.ts';
import { COMMANDS } from '../operations/commands/index.ts';
import { withRefusals } from '../operations/commands/kit/allowed.ts';
import { commandSummary } from '../operations/commands/kit/summary.ts';
import { saveExport } from '../operations/work/sinks/save-export.ts';
import { readResource, resourceTypes } from '../operations/resources.ts';
import { parseTalosctl } from '../operations/commands/kit/talosctl-parse.ts';
import type { Workspace } from '../operations/workspace.ts';
import { talosconfigRoutes, type Desktop } from './talosconfig-routes.ts';
import { oneDialogAtATime } from './one-dialog.ts';
import { kubeconfigRoutes, type KubeconfigDesktop } from './kubeconfig-routes.ts';
import type { CallHandlers, StreamHandlers, TopicHandlers } from './handlers.ts';

export interface RouteOptions {
  readonly workspace: Workspace;
  readonly info: () => AppInfo;
  readonly desktop: Desktop & KubeconfigDesktop;
  /** What the user asks for outside the page, until the signal aborts. */
  readonly pageRequests: (signal: AbortSignal) => AsyncIterable<DesktopRequest>;
}

/** Which operation answers which call. No behaviour of its own. */
export function callRoutes({ workspace, info, ...options }: RouteOptions): CallHandlers {
  const desktop = oneDialogAtATime(options.desktop);
  const { connections, runs, groups } = workspace;
  const rolesOf = (context: string) => workspace.talosconfig.context(context).summary.certificate?.roles ?? [];
  return {
    ...talosconfigRoutes(workspace, desktop),
    ...kubeconfigRoutes(workspace.kubeconfigs, desktop),
    'app.info': () => info(),
    'app.openDemo': () => workspace.openDemo(),
    'app.leaveDemo': () => workspace.leaveDemo(),
    'config.reload': () => workspace.talosconfig.reload(),
    'endpoints.test': ({ context }) => connections.test(context),
    'endpoints.setDisabled': ({ context, endpoint, disabled }) => {
      connections.setDisabled(context, endpoint, disabled);
    },
    'nodes.refresh': ({ context }) => workspace.nodes(context).refresh(),
    'nodes.resolve': ({ context, text }) => workspace.resolveNodes(context, text),
    'groups.save': ({ context, ...group }) => groups.save(context, group),
    'groups.remove': ({ context, name }) => groups.remove(context, name),
    'commands.list': () => COMMANDS.map(commandSummary),
    'runs.cancelNode': ({ runId, node }) => {
      runs.cancelNode(runId, node);
    },
    'runs.again': ({ runId }) => runs.again(runId),
    'runs.raw': ({ runId, node }) => runs.raw(runId, node),
    'runs.detail': ({ runId, node, row }) => runs.detail(runId, node, row),
    'runs.text': ({ runId, format }) => runs.text(runId, format),
    'runs.save': ({ runId, format }, { windowId }) =>
      saveExport(runs.exported(runId), format, (wish) => desktop.chooseSavePath(windowId, wish), workspace.unfinished),
    'runs.parseTalosctl': ({ line }) => parseTalosctl(line, COMMANDS),
    'page.seen': ({ isSeen }) => {
      workspace.isPageSeen = isSeen;
    },
    'resources.types': ({ context }, { signal }) =>
      resourceTypes(connections.of(context), rolesOf(context), signal, workspace.controlPlanes(context)),
    'resources.yaml': ({ context, ...wanted }, { signal }) => readResource(connections.of(context), wanted, signal),
  };
}

export function topicRoutes({ workspace }: RouteOptions): TopicHandlers {
  const config = withRefusals(workspace.talosconfig.state, COMMANDS);
  return {
    'config.state': () => config,
    'pool.state': ({ context }) => workspace.connections.status(context),
    'nodes.state': ({ context }) => workspace.nodes(context),
    'clock.state': ({ context }) => workspace.clocks(context),
    'groups.state': ({ context }) => workspace.groups.state(context),
    'kubeconfig.state': () => workspace.kubeconfigs.state,
    'runs.history': () => workspace.runs.history,
  };
}

export function streamRoutes({ workspace, pageRequests }: RouteOptions): StreamHandlers {
  return {
    desktop: (_nothing, { signal }) => pageRequests(signal),
    run: (input, { signal }) => workspace.runs.start(input, signal),
    replay: ({ runId }) => workspace.runs.replay(runId),
    watch: ({ context, ...input }, { signal }) => workspace.watch(context, { ...input, signal }),
  };
}
