import type { AttentionAction, AttentionItem } from '../../../preload/contract/index.ts';
import { attentionWords, type AttentionWords } from '../../lib/attention-words.ts';
import { actionOf, getActions, type Action } from '../action.ts';
import type { Session } from '../context.ts';
import { openRunForm } from '../start-run.ts';
import { tellWhyNot } from '../tell.ts';

/** What can be done about an item of the attention list of the cluster in use, by the item's id. */
export interface AttentionDeeds {
  readonly onact: (id: string) => void;
  readonly onmute: (id: string, untilMs: number) => void;
  readonly onunmute: (id: string) => void;
  readonly oncopied: () => void;
}

/** For every list of such items; asked for while a component is made. What goes wrong is said in a notice. */
export function attentionDeeds(session: Session): AttentionDeeds {
  const { client, current, notices } = session;
  const actions = getActions();
  return {
    onact: (id) => {
      const action = current.attention?.current?.items.find((item) => item.id === id)?.action;
      if (action) act(session, action, actions);
    },
    onmute: (id, untilMs) => {
      const context = current.id;
      if (context !== undefined) void tellWhyNot(session, client.call('attention.mute', { context, id, untilMs }));
    },
    onunmute: (id) => {
      const context = current.id;
      if (context !== undefined) void tellWhyNot(session, client.call('attention.unmute', { context, id }));
    },
    oncopied: () => notices.say('Copied the talosctl command line.'),
  };
}

/** What is wrong with one machine of the cluster in use, as it reads at a moment. */
export function attentionOfNode(
  { current }: Pick<Session, 'current'>,
  target: string,
  nowMs: number,
): readonly AttentionWords[] {
  return (current.attention?.current?.items ?? [])
    .filter(({ node }) => node === target)
    .map((item) => attentionWords(withoutWayTo(target, item), nowMs));
}

/** Where a machine is looked at, nothing needs to lead to it. */
function withoutWayTo(target: string, item: AttentionItem): AttentionItem {
  const { action, ...rest } = item;
  return action?.kind === 'open' && action.what === 'node' && action.node === target ? rest : item;
}

function act(session: Session, action: AttentionAction, actions: readonly Action[]): void {
  if (!isDone(session, action, actions)) session.notices.say('This Minos does not have that command.', 'bad');
}

/** What is asked of a cluster that is ill, or done to it, is seen before it is. */
function isDone(session: Session, action: AttentionAction, actions: readonly Action[]): boolean {
  switch (action.kind) {
    case 'open':
      return open(session, action, actions);
    case 'run':
      return openRunForm(session, action);
    case 'deed':
      return plan(session, action, actions);
    case 'talosctl':
      return true;
  }
}

/** Opens the plan of a deed. False: this Minos does no deeds. */
function plan(
  session: Session,
  { deed, nodes, params = {} }: Extract<AttentionAction, { kind: 'deed' }>,
  actions: readonly Action[],
): boolean {
  const planning = actionOf(actions, 'deeds.plan');
  if (planning === undefined) return false;
  session.view.filling = { command: deed, nodes, params };
  planning.run(session);
  return true;
}

/** Opens what shows it. False: this Minos does not have it. */
function open(
  session: Session,
  { what, node }: Extract<AttentionAction, { kind: 'open' }>,
  actions: readonly Action[],
): boolean {
  const { screen, view, current } = session;
  if (what === 'recovery') {
    const recovering = actionOf(actions, 'etcd.recover');
    recovering?.run(session);
    return recovering !== undefined;
  }
  if (what === 'node' && node !== undefined) screen.show('node', node);
  else if (what === 'context') {
    if (current.id !== undefined) view.inspect('context', current.id);
  } else screen.show(what === 'endpoints' ? 'endpoints' : 'nodes');
  return true;
}
