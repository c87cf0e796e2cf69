import type { ContextSummary } from '../../preload/contract/index.ts';
import { contextTitle } from '../lib/context-names.ts';
import { showUnseen } from '../lib/unseen-signs.ts';
import type { Session } from './context.ts';
import type { Band } from './preferences.svelte.ts';
import type { Run, RunRequest } from './run.svelte.ts';
import { whyNotRunIn } from './start-run.ts';

/** The cluster a run asked, as it is shown wherever the run is. */
export interface RunPlace {
  /** `prod-fra`, with its file when several are open; as it was called then when it is gone. */
  readonly title: string;
  readonly band: Band;
  /** It is the context in the bar. */
  readonly isHere: boolean;
  /** Undefined when it is in no open file any more. */
  readonly context: ContextSummary | undefined;
}

/** What says which cluster is meant. */
export type OnContext = Pick<RunRequest, 'context' | 'contextName'>;

/** What says where a run ran. */
export type Placing = Pick<Session, 'current' | 'preferences' | 'topics'>;

/** Where a run ran, as it is shown: the context's title, its colour, and whether it is the one in use. */
export function placeOf(session: Placing, { context: id, contextName }: OnContext): RunPlace {
  const config = session.topics.config.current;
  const context = config?.contexts.find((each) => each.id === id);
  return {
    title: context ? contextTitle(context, config) : showUnseen(contextName ?? id),
    band: session.preferences.bandOf(id),
    isHere: id === session.current.id,
    context,
  };
}

/** The same command on the nodes that gave no answer. */
export const withoutAnswer = (run: Run): RunRequest => ({ ...run.request, nodes: run.unanswered });

/** Why what was asked cannot be asked again; undefined when it can. The certificate may have changed since. */
export function whyNotAgain(session: Placing, request: RunRequest): string | undefined {
  const { context, isHere, title } = placeOf(session, request);
  if (!context) return `${title} is in no open file any more.`;
  const why = whyNotRunIn(context, request.command, request.nodes);
  if (why !== undefined) return why;
  // The form works on the context in the bar.
  if (needsValues(request) && !isHere) return `Work on ${title} first: some values must be entered again.`;
  return undefined;
}

/**
 * Asks the same again. At once on the cluster in the bar; about any other one the user is asked first, by its name. What
 * is not kept must be entered again.
 */
export function askAgain(session: Placing & Pick<Session, 'runs' | 'view'>, request: RunRequest): void {
  if (whyNotAgain(session, request) !== undefined) return;
  if (!placeOf(session, request).isHere) session.view.elsewhere = request;
  else if (needsValues(request)) session.view.form = request;
  else session.runs.start(request);
}

const needsValues = ({ missing = [] }: RunRequest): boolean => missing.length > 0;
