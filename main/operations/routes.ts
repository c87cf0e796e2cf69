import type { AppInfo } from '../../preload/contract/index.ts';
import { appRoutes, appStreams, type DesktopRequests, type OpenWindow } from './app/routes.ts';
import { bundleRoutes } from './bundles/routes.ts';
import { checkStreamRoutes } from './checks/routes.ts';
import { blackboxRoutes, blackboxStreamRoutes } from './blackbox/routes.ts';
import { clusterRoutes, clusterTopics } from './clusters/routes.ts';
import { withRefusals } from './commands/kit/allowed.ts';
import { COMMANDS } from './commands/index.ts';
import type { Desktop } from './app/desktop.ts';
import type { DiagnosticsOptions } from './app/diagnostics.ts';
import type { CallHandlers, StreamHandlers, TopicHandlers } from './handlers.ts';
import { fileStreamRoutes } from './files/routes.ts';
import { deedRoutes, deedTopics } from './deeds/routes.ts';
import { etcdRoutes, etcdTopics } from './etcd/routes.ts';
import { fleetRoutes, fleetTopics } from './fleet/routes.ts';
import { healthRoutes, healthTopics } from './health/routes.ts';
import { graphRoutes, graphStreamRoutes } from './graph/routes.ts';
import { kubeconfigRoutes, kubeconfigTopics } from './kubeconfig/routes.ts';
import { machineConfigRoutes, machineConfigStreamRoutes } from './machine-configs/routes.ts';
import { oneDialogAtATime } from './app/one-dialog.ts';
import { lensRoutes, lensStreams } from './lens/routes.ts';
import { planRoutes } from './plans/routes.ts';
import { sampleStreamRoutes } from './samples/routes.ts';
import { settingsRoutes, settingsTopics } from './settings/routes.ts';
import { talosconfigRoutes } from './talosconfigs/routes.ts';
import { timelineStreamRoutes } from './timeline/routes.ts';
import { updateRoutes, updateTopics } from './updates/routes.ts';
import type { Updates } from './updates/updates.ts';
import { workRoutes, workStreams, workTopics } from './work/routes.ts';
import type { Workspace } from './workspace.ts';

/** What the routes work on. */
export interface RouteOptions {
  readonly workspace: Workspace;
  readonly info: (windowId: number) => AppInfo;
  readonly openWindow: OpenWindow;
  readonly diagnostics: DiagnosticsOptions;
  readonly desktop: Desktop;
  readonly pageRequests: DesktopRequests;
  /** Newer versions of Minos. */
  readonly updates: Updates;
  /** Missing: the desktop has no tray. */
  readonly showTray?: (isShown: boolean) => void;
}

/** Which operation answers which call. No behaviour of its own. */
export function callRoutes({
  workspace,
  info,
  diagnostics,
  showTray,
  openWindow,
  updates,
  ...options
}: RouteOptions): CallHandlers {
  const desktop = oneDialogAtATime(options.desktop);
  return {
    ...appRoutes(workspace, info, diagnostics, showTray, openWindow),
    ...bundleRoutes(),
    ...clusterRoutes(workspace),
    ...workRoutes(workspace, desktop),
    ...planRoutes(workspace.plans),
    ...deedRoutes(workspace, desktop),
    ...etcdRoutes(workspace, desktop),
    ...talosconfigRoutes(workspace, desktop),
    ...kubeconfigRoutes(workspace.kubeconfigs, desktop),
    ...graphRoutes(workspace, desktop),
    ...blackboxRoutes(workspace, desktop),
    ...lensRoutes(workspace),
    ...machineConfigRoutes(workspace, desktop),
    ...healthRoutes(workspace),
    ...fleetRoutes(workspace, desktop),
    ...settingsRoutes(workspace, desktop),
    ...updateRoutes(updates),
  };
}

/** Which value answers which topic. */
export function topicRoutes({ workspace, updates }: RouteOptions): TopicHandlers {
  const config = withRefusals(workspace.talosconfig.state, COMMANDS);
  return {
    'config.state': (_nothing, { windowId }) => workspace.talosconfig.windows.of(windowId, config),
    ...clusterTopics(workspace),
    ...kubeconfigTopics(workspace.kubeconfigs),
    ...workTopics(workspace),
    ...deedTopics(workspace),
    ...etcdTopics(workspace),
    ...healthTopics(workspace),
    ...fleetTopics(workspace),
    ...settingsTopics(workspace),
    ...updateTopics(updates),
  };
}

/** Which sequence answers which stream. */
export function streamRoutes({ workspace, pageRequests, ...options }: RouteOptions): StreamHandlers {
  const desktop = oneDialogAtATime(options.desktop);
  return {
    ...appStreams(pageRequests),
    ...workStreams(workspace, desktop),
    ...lensStreams(workspace, desktop),
    ...checkStreamRoutes(workspace),
    ...sampleStreamRoutes(workspace),
    ...timelineStreamRoutes(workspace),
    ...fileStreamRoutes(workspace),
    ...graphStreamRoutes(workspace),
    ...machineConfigStreamRoutes(workspace),
    ...blackboxStreamRoutes(workspace),
  };
}
