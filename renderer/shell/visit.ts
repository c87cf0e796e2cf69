import type { AskedPlace, ContextSummary, NodeSummary } from '../../preload/contract/index.ts';
import { contextName, contextTitle } from '../lib/context-names.ts';
import { showUnseen } from '../lib/unseen-signs.ts';
import { nodeName } from '../lib/words.ts';
import type { Session } from '../state/context.ts';
import { namedContext } from '../state/named-context.ts';
import { until } from '../state/places/until.svelte.ts';
import { tabsOf } from '../state/places/tabs.svelte.ts';
import { SCREENS } from './features.ts';

/** Files are read and members found within this, or the place is not shown. */
const WAIT_MS = 15_000;

/**
 * Goes to a place that was asked for from outside: it comes from strangers, so only what is there is gone to, a notice says where to, and
 * nothing is left that is being filled in. Nothing runs, nothing is written.
 */
export async function visit(session: Session, place: AskedPlace): Promise<void> {
  const context = await contextOf(session, place);
  if (typeof context === 'string') return session.notices.say(context, 'bad');
  await tabsOf(session).whenRestored;
  if (isHeld(session)) return;
  const config = session.topics.config.current;
  if (context.id !== session.current.id) {
    await tabsOf(session).showContext(context.id);
    // Main has said why not.
    if (session.current.id !== context.id) return;
    session.notices.say(`Opened from outside: ${contextTitle(context, config)}.`);
  }
  if (place.hasEndpoints && context.startEndpoints === undefined) session.notices.say(noStartEndpoints(context), 'bad');
  if (place.screen !== undefined) showScreen(session, place.screen);
  if (place.node !== undefined) await showNode(session, context, place.node);
  if (place.select !== undefined) await select(session, context, place.select);
}

/** Something is open that nobody is led away from; a notice says so. What is waited for may take a while, so it is asked before each step. */
function isHeld({ notices }: Session): boolean {
  const isOpen = document.querySelector('dialog[open]') !== null;
  if (isOpen) notices.say('A link or a second start asked for another place. Close what is open, and ask again.');
  return isOpen;
}

const noStartEndpoints = (context: ContextSummary): string =>
  `--endpoints has no effect: it is for one context of the talosconfig in use, which is not there. ${contextName(context)} is dialled as its file says.`;

/** The context that is meant, or why there is none. */
async function contextOf(
  session: Session,
  { context: name, hasEndpoints }: AskedPlace,
): Promise<ContextSummary | string> {
  const { topics, current } = session;
  const config = await until(() => topics.config.current, WAIT_MS);
  const started = config?.contexts.find(({ startEndpoints }) => startEndpoints !== undefined);
  if (name === undefined) return (hasEndpoints && started) || (current.context ?? 'No context is in use.');
  const named = namedContext(config, name);
  const quoted = `“${contextName({ name })}”`;
  if (named === undefined) return `Asked for from outside: the context ${quoted}, which no open talosconfig has.`;
  return named === 'several'
    ? `Asked for from outside: the context ${quoted}, which several open files have. Choose one of them.`
    : named;
}

function showScreen({ screen, notices }: Session, id: string): void {
  if (SCREENS.some((each) => each.id === id)) screen.show(id);
  else notices.say(`Asked for from outside: a screen “${showUnseen(id)}”, which Minos has not.`, 'bad');
}

async function nodesOf({ topics }: Session, { id }: ContextSummary): Promise<readonly NodeSummary[]> {
  const state = await until(() => {
    const nodes = topics.nodes(id).current;
    return nodes === undefined || nodes.status === 'loading' ? undefined : nodes;
  }, WAIT_MS);
  return state?.nodes ?? [];
}

const isCalled =
  (name: string) =>
  (node: NodeSummary): boolean =>
    node.target === name || nodeName(node) === name || node.addresses.includes(name);

/** The one that is meant: by how it is reached, else by a name or an address that it alone has. A node may call itself what another one is. */
function meantBy(nodes: readonly NodeSummary[], name: string): NodeSummary | undefined {
  const [first, second] = nodes.filter(isCalled(name));
  return nodes.find(({ target }) => target === name) ?? (second === undefined ? first : undefined);
}

/** Only of one that is known: a name that a stranger made up is asked of nobody. */
async function showNode(session: Session, context: ContextSummary, name: string): Promise<void> {
  const nodes = await nodesOf(session, context);
  const found = meantBy(nodes, name);
  if (session.current.id !== context.id || isHeld(session)) return;
  if (found) return session.screen.show('node', found.target);
  session.screen.show('nodes');
  if (nodes.some(isCalled(name))) return sayTwice(session, context, name);
  session.notices.say(`${contextName(context)} has no node “${showUnseen(name)}” that is known.`, 'bad');
}

async function select(session: Session, context: ContextSummary, names: readonly string[]): Promise<void> {
  const nodes = await nodesOf(session, context);
  const found = names.map((name) => meantBy(nodes, name));
  const missing = names.filter((name) => !nodes.some(isCalled(name)));
  const twice = names.find((name, index) => found[index] === undefined && !missing.includes(name));
  session.nodeSelection.setIn(
    context.id,
    found.flatMap((node) => node?.target ?? []),
  );
  if (session.current.id === context.id && !isHeld(session)) session.screen.show('nodes');
  if (twice !== undefined) sayTwice(session, context, twice);
  if (missing.length > 0) {
    const words = missing.slice(0, 3).map(showUnseen).join(', ');
    session.notices.say(`${contextName(context)} has no node ${words} that is known; it is not selected.`, 'bad');
  }
}

const sayTwice = ({ notices }: Session, context: ContextSummary, name: string): void =>
  notices.say(
    `${contextName(context)} has several nodes “${showUnseen(name)}”: none is meant. Name one by its address.`,
    'bad',
  );
