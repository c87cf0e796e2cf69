import type { CallName } from '../../../preload/contract/index.ts';
import { COMMANDS, groupOf, PLACED } from '../commands/index.ts';
import { commandSummary } from '../commands/kit/summary.ts';
import type { Desktop } from '../app/desktop.ts';
import { saveExport } from './sinks/save-export.ts';
import type { CallHandlers, StreamHandlers, TopicHandlers } from '../handlers.ts';
import { readResource, resourceTypes } from '../resources.ts';
import { DEED_COMMANDS } from '../deeds/deed-list.ts';
import { completeTalosctl } from '../commands/kit/talosctl-complete.ts';
import { parseTalosctl } from '../commands/kit/talosctl-parse.ts';
import type { Workspace } from '../workspace.ts';

type WorkCall = Extract<CallName, `commands.${string}` | `runs.${string}` | `resources.${string}`>;

/** Every command that a line of talosctl may name. */
const READABLE = [...COMMANDS, ...PLACED, ...DEED_COMMANDS];

/** Calls about commands, their runs, and resources. */
export function workRoutes(
  workspace: Workspace,
  desktop: Pick<Desktop, 'chooseSavePath' | 'showInFolder'>,
): Pick<CallHandlers, WorkCall> {
  const { clusters, runs } = workspace;
  const rolesOf = (context: string) => workspace.talosconfig.context(context).summary.certificate?.roles ?? [];
  return {
    'commands.list': () => COMMANDS.map((command) => commandSummary(command, groupOf(command))),
    'runs.cancelNode': ({ runId, node }) => {
      runs.cancelNode(runId, node);
    },
    'runs.again': ({ runId }) => runs.again(runId),
    'runs.raw': ({ runId, node }) => runs.raw(runId, node),
    'runs.detail': ({ runId, node, row }) => runs.detail(runId, node, row),
    'runs.text': ({ runId, format }) => runs.text(runId, format),
    'runs.save': ({ runId, format }, { windowId }) =>
      saveExport(runs.exported(runId), format, (wish) => desktop.chooseSavePath(windowId, wish), workspace.unfinished),
    'runs.showSaved': ({ runId }) => {
      desktop.showInFolder(runs.savedAt(runId));
    },
    'runs.parseTalosctl': ({ line }) => parseTalosctl(line, READABLE),
    'runs.completeTalosctl': ({ line }) => completeTalosctl(line, READABLE),
    'resources.types': ({ context }, { signal }) =>
      resourceTypes(clusters.of(context), rolesOf(context), signal, workspace.controlPlanes(context)),
    'resources.yaml': ({ context, ...wanted }, { signal }) => readResource(clusters.of(context), wanted, signal),
  };
}

/** The runs of each window. */
export function workTopics({ runs }: Workspace): Pick<TopicHandlers, 'runs.history'> {
  return { 'runs.history': (_nothing, { windowId }) => runs.historyOf(windowId) };
}

/** Runs as they go, runs looked at again, and resources as they change. */
export function workStreams(
  workspace: Workspace,
  desktop: Pick<Desktop, 'chooseSavePath'>,
): Pick<StreamHandlers, 'run' | 'replay' | 'watch'> {
  return {
    run: (input, { signal, windowId }) =>
      workspace.runs.start(input, signal, (wish) => desktop.chooseSavePath(windowId, wish), windowId),
    replay: ({ runId }) => workspace.runs.replay(runId),
    watch: ({ context, ...input }, { signal }) => workspace.watch(context, { ...input, signal }),
  };
}
