import type { CommandSummary, NodeSummary } from '../../preload/contract/index.ts';
import { plural } from '../lib/format.ts';
import type { Session } from './context.ts';
import type { RunDraft } from './view.svelte.ts';
import type { Run } from './run.svelte.ts';
import { DEFAULT_DEADLINE_MS } from './runs.svelte.ts';

/** The nodes a run would ask now: those selected, else all. */
export function nodesToAsk(session: Session): readonly NodeSummary[] {
  const all = session.current.nodes?.current?.nodes ?? [];
  const chosen = all.filter(({ target }) => session.nodeSelection.has(target));
  return chosen.length > 0 ? chosen : all;
}

/** `14 nodes`, `3 selected nodes`. */
export function describeNodes(session: Session): string {
  const nodes = nodesToAsk(session);
  const isChosen = nodes.some(({ target }) => session.nodeSelection.has(target));
  return isChosen ? plural(nodes.length, 'selected node') : plural(nodes.length, 'node');
}

/** Why a command cannot run now; undefined when it can. */
export function whyNotRun(
  session: Session,
  command: CommandSummary,
  nodes: readonly string[] = nodesToAsk(session).map(({ target }) => target),
): string | undefined {
  const context = session.current.context;
  if (!context?.isUsable) return 'The context cannot be used.';
  if (nodes.length === 0) return 'No nodes are known yet.';
  const roles = context.certificate?.roles;
  if (roles && command.roles.length > 0 && !command.roles.some((role) => roles.includes(role))) {
    return `Needs the role ${command.roles.join(' or ')}; this certificate has ${roles.join(', ') || 'none'}.`;
  }
  return undefined;
}

/** The values a command starts with. */
export function initialParams(command: CommandSummary): Readonly<Record<string, string | boolean>> {
  return Object.fromEntries(
    command.params.flatMap(({ id, initial }) => (initial === undefined ? [] : [[id, initial]])),
  );
}

/** Runs a command at once, or opens its form when it needs a value first. */
export function chooseRun(session: Session, command: CommandSummary): void {
  const needsValue = command.params.some(({ required, initial }) => required && initial === undefined);
  if (needsValue) session.view.form = { command, params: initialParams(command) };
  else startRun(session, { command, params: initialParams(command) });
}

/** Runs a command on the nodes named, else on the selection, or on all nodes when none is selected, and shows it in the drawer. */
export function startRun(session: Session, { command, params, nodes }: RunDraft): Run | undefined {
  const context = session.current.id;
  if (context === undefined || whyNotRun(session, command, nodes) !== undefined) return undefined;
  const run = session.runs.start({
    context,
    command,
    params,
    nodes: nodes ?? nodesToAsk(session).map(({ target }) => target),
    deadlineMs: DEFAULT_DEADLINE_MS,
  });
  session.view.isDrawerOpen = true;
  return run;
}
