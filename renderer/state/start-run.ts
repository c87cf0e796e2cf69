import type { CommandSummary, ContextSummary, NodeSummary } from '../../preload/contract/index.ts';
import { plural } from '../lib/format.ts';
import { nodeName } from '../lib/words.ts';
import type { Session } from './context.ts';
import type { RunDraft } from './view.svelte.ts';
import type { Run } from './run.svelte.ts';

/** What says which nodes the context in use has. */
export type Listing = Pick<Session, 'current' | 'nodeChoice'>;

/** What says which of them a run would ask. */
export type Choosing = Listing & Pick<Session, 'nodeSelection' | 'view'>;

/** What a run is started with. */
export type Starting = Choosing & Pick<Session, 'preferences' | 'runs'>;

/** Nodes of the context in use: those known, and those a selection text names that nobody knows. */
export function listedNodes(session: Listing): readonly NodeSummary[] {
  const known = session.current.nodes?.current?.nodes ?? [];
  const targets = new Set(known.map(({ target }) => target));
  const typed = session.nodeChoice.typedIn(session.current.id).filter(({ target }) => !targets.has(target));
  return typed.length === 0 ? known : [...known, ...typed];
}

/** What these nodes are called, by how they are reached; of one that is not known, just that. */
export function nodeNames(session: Listing): (target: string) => string {
  const names = new Map(listedNodes(session).map((node) => [node.target, nodeName(node)]));
  return (target) => names.get(target) ?? target;
}

/**
 * The nodes a run would ask now: those selected, else those a filter leaves in sight, else all. A selection text that
 * matches nothing never means all, and neither does such a filter.
 */
export function nodesToAsk(session: Choosing): readonly NodeSummary[] {
  const all = listedNodes(session);
  const { keys } = session.nodeSelection;
  const chosen = keys.size === 0 ? [] : all.filter(({ target }) => keys.has(target));
  if (chosen.length > 0 || selectionText(session) !== undefined) return chosen;
  const { nodesInSight } = session.view;
  return nodesInSight === undefined ? all : all.filter(({ target }) => nodesInSight.has(target));
}

/** Nodes that a run would ask although a filter hides them. */
export function askedOutOfSight(session: Choosing): readonly NodeSummary[] {
  const { nodesInSight } = session.view;
  return nodesInSight === undefined ? [] : nodesToAsk(session).filter(({ target }) => !nodesInSight.has(target));
}

/** The text the nodes are chosen with; undefined when they were not chosen by text. */
export function selectionText(session: Listing): string | undefined {
  return session.nodeChoice.textIn(session.current.id).trim() || undefined;
}

/** `14 nodes`, `3 selected nodes`, `3 selected nodes (1 hidden)`, `4 filtered nodes`. */
export function describeNodes(session: Choosing): string {
  const nodes = nodesToAsk(session);
  const { keys } = session.nodeSelection;
  const isChosen = keys.size > 0 && nodes.some(({ target }) => keys.has(target));
  const hidden = askedOutOfSight(session).length;
  if (isChosen) return `${plural(nodes.length, 'selected node')}${hidden === 0 ? '' : ` (${hidden} hidden)`}`;
  return plural(nodes.length, session.view.nodesInSight === undefined ? 'node' : 'filtered node');
}

/** Why a command cannot run now on the context in use; undefined when it can. */
export function whyNotRun(
  session: Choosing,
  command: CommandSummary,
  nodes: readonly string[] = nodesToAsk(session).map(({ target }) => target),
): string | undefined {
  const why = whyNotRunIn(session.current.context, command, nodes);
  if (why !== NO_NODES) return why;
  if (selectionText(session) !== undefined) return 'The selection matches no node.';
  return session.view.nodesInSight === undefined ? why : 'No node matches the filter.';
}

/** The same for any context. */
export function whyNotRunIn(
  context: ContextSummary | undefined,
  command: CommandSummary,
  nodes: readonly string[],
): string | undefined {
  if (!context?.isUsable) return 'The context cannot be used.';
  return context.refusedCommands?.[command.id] ?? (nodes.length === 0 ? NO_NODES : whyNotSoMany(command, nodes));
}

/** What one node sends is saved at one place. */
const whyNotSoMany = ({ picture, title }: CommandSummary, { length }: readonly string[]): string | undefined =>
  picture?.kind === 'bytes' && length > 1 ? `“${title}” asks exactly one node, not ${length}: select one.` : undefined;

const NO_NODES = 'No nodes are known yet.';

/** Why a form cannot run any more: it was opened for another cluster than the one in the bar. */
export function whyNotHere(session: Pick<Session, 'current'>, { context }: RunDraft): string | undefined {
  return context === undefined || context === session.current.id
    ? undefined
    : 'The bar shows another context than when this was opened. Close it and begin again.';
}

/** The values a command starts with. */
export function initialParams(command: CommandSummary): Readonly<Record<string, string | boolean>> {
  return Object.fromEntries(
    command.params.flatMap(({ id, initial }) => (initial === undefined ? [] : [[id, initial]])),
  );
}

/** Runs a command at once, or opens its form when it needs a value first. */
export function chooseRun(session: Starting, command: CommandSummary): void {
  const needsValue = command.params.some(({ required, initial }) => required && initial === undefined);
  if (needsValue) session.view.form = { ...ofContext(session), command, params: initialParams(command) };
  else startRun(session, { command, params: initialParams(command) });
}

/** Opens the form of a command with nodes, and some values, filled in; nothing is asked before it is pressed. False: there is no such command. */
export function openRunForm(
  session: Pick<Session, 'commands' | 'current' | 'view'>,
  { command: id, nodes, params = {} }: Pick<RunDraft, 'nodes'> & { command: string; params?: RunDraft['params'] },
): boolean {
  const command = session.commands.current?.find((each) => each.id === id);
  if (!command) return false;
  const values = { ...initialParams(command), ...params };
  session.view.form = { ...ofContext(session), command, params: values, ...(nodes && { nodes }) };
  return true;
}

/** For a form that is opened now: it runs on this context or not at all. */
export function ofContext(session: Pick<Session, 'current'>): Pick<RunDraft, 'context'> {
  const { id } = session.current;
  return id === undefined ? {} : { context: id };
}

/** Runs a command on the nodes named, else on the selection, or on all nodes when none is selected, and shows it in the drawer. */
export function startRun(session: Starting, draft: RunDraft): Run | undefined {
  const { command, params, nodes, deadlineMs = session.preferences.deadlineMs } = draft;
  const context = session.current.id;
  if (context === undefined || whyNotHere(session, draft) !== undefined) return undefined;
  if (whyNotRun(session, command, nodes) !== undefined) return undefined;
  const resolved = session.nodeChoice.resolvedTextIn(context).trim() || undefined;
  const selection = nodes === undefined ? resolved : draft.selection;
  const run = session.runs.start({
    context,
    ...(session.current.context && { contextName: session.current.context.name }),
    command,
    params,
    nodes: nodes ?? nodesToAsk(session).map(({ target }) => target),
    deadlineMs,
    ...(selection === undefined ? {} : { selection }),
  });
  session.view.isDrawerOpen = true;
  return run;
}
