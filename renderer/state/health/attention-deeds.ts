import type { AttentionAction } from '../../../preload/contract/index.ts';
import { attentionWords, type AttentionWords } from '../../lib/attention-words.ts';
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

/** For every list of such items. What goes wrong is said in a notice. */
export function attentionDeeds(session: Session): AttentionDeeds {
  const { client, current, notices } = session;
  return {
    onact: (id) => {
      const action = current.attention?.current?.items.find((item) => item.id === id)?.action;
      if (action) act(session, action);
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
    .map((item) => attentionWords(item, nowMs));
}

function act(session: Session, action: AttentionAction): void {
  if (action.kind === 'open') open(session, action);
  // What is asked of a cluster that is ill is seen before it is asked.
  else if (action.kind === 'run' && !openRunForm(session, action))
    session.notices.say('This Minos does not have that command.', 'bad');
}

function open({ screen, view, current }: Session, { what, node }: Extract<AttentionAction, { kind: 'open' }>): void {
  if (what === 'node' && node !== undefined) screen.show('node', node);
  else if (what === 'context') {
    if (current.id !== undefined) view.inspect('context', current.id);
  } else screen.show(what === 'endpoints' ? 'endpoints' : 'nodes');
}
