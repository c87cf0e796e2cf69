import type { CommandSummary, TalosctlRun } from '../../preload/contract/index.ts';
import type { PickItem } from '../components/overlays/pick.ts';
import { listOf } from '../lib/format.ts';
import { showUnseen } from '../lib/unseen-signs.ts';
import { nodeName } from '../lib/words.ts';
import { actionOf, offeredItems } from '../state/action.ts';
import type { Session } from '../state/context.ts';
import { namedContext } from '../state/named-context.ts';
import { lineIn, typedLineOf, type ReadLine } from '../state/palette/typed-line.svelte.ts';
import { describeNodes, listedNodes, ofContext, startRun, whyNotRun } from '../state/start-run.ts';
import { ACTIONS, offersOf, SCREENS } from './features.ts';
import { onNamedNode } from './words/named-node.ts';
import { otherToolNote } from './words/other-tools.ts';

/** What of a line is no thing that can be picked again. */
const LINE_ID = 'talosctl-line';
const MOST_COMPLETIONS = 30;
/** A word that a shell reads as it is, and that is no flag: what a cluster calls its types must not become more of the line. */
const ONE_WORD = /^[\w@%+=:,./][\w@%+=:,./-]*$/;

/** A line of the other program that people have at hand. */
const KUBECTL = /^\s*(?:[$#]\s+)?kubectl(?:\s|$)/;

/** Whether an item stands for the line that was typed, which nobody wants again by its id. */
export const isOfLine = ({ id }: PickItem): boolean => id.startsWith(LINE_ID);

/**
 * What a text typed into the palette means by itself: a line of talosctl, as far as it has been read. What reads runs at
 * once, what changes something opens its plan, and what is neither says what to use instead.
 */
export function typedItems(session: Session, text: string): readonly PickItem[] {
  const line = lineIn(text);
  if (line === undefined) return [...(KUBECTL.test(text) ? [forKubectl(session)] : []), ...onNamedNode(session, text)];
  const read = typedLineOf(session).of(line);
  const { run } = read ?? {};
  const meant = run?.ok === true ? meaning(session, line, run.value) : instead(session, run?.failure.hint);
  const isWhole = /\s\S/.test(line);
  return [...meant, ...(read ? completions(session, read) : []), ...(isWhole ? [inDialog(session, line)] : [])];
}

/**
 * Why a text that looks like a line means nothing, or not at once, and what to use instead; the same of a line for another program.
 * Said when nothing can complete it.
 */
export function typedNote(session: Session, text: string): string | undefined {
  const line = lineIn(text);
  if (line === undefined) return otherToolNote(text);
  const read = typedLineOf(session).of(line);
  const { run } = read ?? {};
  if (read === undefined || run === undefined || completions(session, read).length > 0) return undefined;
  if (run.ok) return notAtOnce(session, run.value);
  const { message, hint } = run.failure;
  return hint === undefined ? message : `${message} ${hint}`;
}

/** Why a line that can be read is looked at before it runs. */
function notAtOnce(session: Session, { context, notes }: TalosctlRun): string | undefined {
  const named = context ? namedContext(session.topics.config.current, context) : session.current.context;
  if (named === undefined) return `No open talosconfig has a context ${showUnseen(context ?? '')}.`;
  if (named === 'several')
    return `Several contexts are called ${showUnseen(context ?? '')}. Switch to the one you mean first.`;
  if (named.id !== session.current.id)
    return `The line is about ${showUnseen(named.name)}, which is not in view. Switch to it first, or read the line.`;
  return notes.length === 0 ? undefined : showUnseen(notes.join(' '));
}

const forKubectl = ({ screen }: Session): PickItem => ({
  id: `${LINE_ID}:kubectl`,
  label: 'Open Kubeconfig',
  detail: 'gets what kubectl needs',
  pick: () => screen.show('kubeconfig'),
});

/** Shown with all it says, before anything runs. */
const inDialog = ({ view }: Session, line: string): PickItem => ({
  id: LINE_ID,
  label: 'Read this talosctl command line',
  detail: 'shows what it means before anything runs',
  pick: () => (view.pasted = line.trim()),
});

function meaning(session: Session, line: string, run: TalosctlRun): readonly PickItem[] {
  const config = session.topics.config.current;
  // Empty, as talosctl takes it, names none.
  const named = run.context ? namedContext(config, run.context) : session.current.context;
  // Another cluster, or what has no effect here, is looked at first.
  if (named === undefined || named === 'several' || named.id !== session.current.id) return [];
  if (run.notes.length > 0) return [];
  const on = run.nodes.length > 0 ? `on ${listOf(run.nodes, 4)}` : `on ${describeNodes(session)}`;
  if (run.opens) return placed(session, run, run.nodes.length > 0 ? on : '');
  const command = session.commands.current?.find(({ id }) => id === run.command);
  const others = offeredItems(offersOf(LINE_ID), session, JSON.stringify(run)).map(
    ({ id, label, disabledBecause, select }) => ({
      id: `${LINE_ID}:${id}`,
      label,
      detail: on,
      ...(disabledBecause === undefined ? {} : { disabledBecause }),
      pick: select,
    }),
  );
  const asRun = command === undefined ? [] : [runItem(session, { line, run, command, on })];
  return run.params['follow'] === true ? [...others, ...asRun] : [...asRun, ...others];
}

interface Meant {
  readonly line: string;
  readonly run: TalosctlRun;
  readonly command: CommandSummary;
  readonly on: string;
}

function runItem(session: Session, { run, command, on }: Meant): PickItem {
  const nodes = run.nodes.length > 0 ? run.nodes : undefined;
  const why = whyNotRun(session, command, nodes);
  const draft = { ...ofContext(session), command, params: run.params, ...(nodes && { nodes }) };
  // It asks where to save first.
  const isSaved = command.picture?.kind === 'bytes';
  return {
    id: `${LINE_ID}:run`,
    label: `Run ${command.title}`,
    detail: isSaved ? `${on}: opens its form` : `${on}, at once`,
    ...(why === undefined ? {} : { disabledBecause: why }),
    pick: () => {
      if (isSaved) session.view.form = draft;
      else startRun(session, draft);
    },
  };
}

function placed(session: Session, { command, params, nodes, opens }: TalosctlRun, on: string): readonly PickItem[] {
  const action = opens && actionOf(ACTIONS, opens.action);
  if (action === undefined) return [];
  const why = action.whyNot?.(session);
  return [
    {
      id: `${LINE_ID}:open`,
      label: `${opens?.title ?? ''}…`,
      detail: `opens filled in${on === '' ? '' : `, ${on}`}`,
      ...(why === undefined ? {} : { disabledBecause: why }),
      pick: () => {
        session.view.filling = { command, params, nodes };
        action.run(session);
      },
    },
  ];
}

/** The screen that a refused command is told to use. */
function instead(session: Session, hint = ''): readonly PickItem[] {
  const found = SCREENS.find(({ screen }) => hint.startsWith('Open ') && hint.includes(screen.title));
  if (!found) return [];
  const { id, screen } = found;
  return [
    {
      id: `${LINE_ID}:instead`,
      label: `Open ${screen.title}`,
      detail: 'does what the line asks for',
      pick: () => session.screen.show(id),
    },
  ];
}

function completions(session: Session, { completion, types }: ReadLine): readonly PickItem[] {
  if (completion === undefined) return [];
  const { before, word, options, wants } = completion;
  const begun = ({ text, about }: { text: string; about: string }): boolean =>
    text !== word && (text.startsWith(word) || about.toLowerCase().startsWith(word.toLowerCase()));
  const more = wants === undefined ? [] : wanted(session, wants, types).filter(({ text }) => ONE_WORD.test(text));
  return [...options, ...more.filter(begun)].slice(0, MOST_COMPLETIONS).map(({ text, about }) => ({
    id: `${LINE_ID}:word:${text}`,
    label: text,
    detail: showUnseen(about),
    completes: `${before}${text} `,
    pick: () => undefined,
  }));
}

function wanted(
  session: Session,
  wants: 'node' | 'context' | 'resource-type',
  types: ReadLine['types'],
): ReadLine['types'] {
  if (wants === 'resource-type') return types;
  if (wants === 'node') return listedNodes(session).map((node) => ({ text: node.target, about: nodeName(node) }));
  const names = new Set((session.topics.config.current?.contexts ?? []).map(({ name }) => name));
  return [...names].map((text) => ({ text, about: 'context' }));
}
