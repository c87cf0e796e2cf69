import type { AppInfo } from '../../preload/contract/index.ts';
import { randomUUID } from 'node:crypto';
import type { Clock } from '../lib/clock.ts';
import { Failed } from '../lib/failed.ts';
import { COMMANDS, findCommand } from '../operations/commands/index.ts';
import { commandSummary } from '../operations/commands/summary.ts';
import type { Workspace } from '../operations/workspace.ts';
import { run } from '../operations/run.ts';
import type { CallHandlers, StreamHandlers, TopicHandlers } from './handlers.ts';

export interface RouteOptions {
  readonly workspace: Workspace;
  readonly info: () => AppInfo;
  readonly clock: Clock;
}

/** Which operation answers which call. No behaviour of its own. */
export function callRoutes({ workspace, info }: RouteOptions): CallHandlers {
  return {
    'app.info': () => info(),
    'app.openDemo': () => workspace.openDemo(),
    'contexts.select': ({ name }) => {
      workspace.talosconfig.select(name);
    },
    'config.reload': () => workspace.talosconfig.reload(),
    'endpoints.test': ({ context }) => workspace.connections.test(context),
    'nodes.refresh': ({ context }) => workspace.nodes(context).refresh(),
    'commands.list': () => COMMANDS.map(commandSummary),
  };
}

export function topicRoutes({ workspace }: RouteOptions): TopicHandlers {
  return {
    'config.state': () => workspace.talosconfig.state,
    'pool.state': ({ context }) => workspace.connections.status(context),
    'nodes.state': ({ context }) => workspace.nodes(context),
  };
}

export function streamRoutes({ workspace, clock }: RouteOptions): StreamHandlers {
  return {
    run: ({ context, command: id, params, nodes, deadlineMs }, { signal }) => {
      const command = findCommand(id);
      if (command === undefined) throw new Failed({ code: 'invalid', message: `There is no command ${id}.` });
      const connection = workspace.connections.of(context);
      return run({ runId: randomUUID(), connection, command, params, nodes, deadlineMs, signal, clock });
    },
  };
}
