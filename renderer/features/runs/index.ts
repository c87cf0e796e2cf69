import type { PickItem } from '../../components/overlays/pick.ts';
import { copyText } from '../../lib/copy-text.ts';
import type { Session } from '../../state/context.ts';
import { askAgain, whyNotAgain } from '../../state/run-again.ts';
import type { Run } from '../../state/run.svelte.ts';
import { chooseRun, describeNodes, nodesToAsk, whyNotRun } from '../../state/start-run.ts';
import type { Feature } from '../feature.ts';
import { answerTitle } from './answer-id.ts';
import AnswerInspector from './AnswerInspector.svelte';
import AskHost from './clusters/AskHost.svelte';
import { ASK_CLUSTERS } from './clusters/ask-clusters.ts';
import { NODE_PARTS } from './node/node-parts.ts';
import PasteLine from './PasteLine.svelte';
import RunAnnouncer from './RunAnnouncer.svelte';
import { DRAWER_ACTIONS } from './drawer-actions.ts';
import DrawerHost from './DrawerHost.svelte';
import RunElsewhereHost from './RunElsewhereHost.svelte';
import RunForm from './RunForm.svelte';
import RunsScreen from './RunsScreen.svelte';

/** Commands on many nodes, and their answers. */
export const runs: Feature = {
  id: 'runs',
  order: 40,
  screen: {
    title: 'Runs',
    icon: 'runs',
    component: RunsScreen,
    needsContext: false,
    badge: (session) => session.runs.running,
  },
  inspectors: [{ kind: 'answer', word: 'Answer', title: answerTitle, component: AnswerInspector }],
  titles: {
    run: (session, id) => ifKnown(session, id, ({ number, title }) => `#${number} ${title}`) ?? 'A run that is gone',
  },
  hosts: [
    { place: 'drawer', component: DrawerHost },
    { place: 'frame', component: RunForm },
    { place: 'frame', component: RunAnnouncer },
    { place: 'frame', component: RunElsewhereHost },
    { place: 'frame', component: PasteLine },
    { place: 'frame', component: AskHost },
  ],
  nodeParts: NODE_PARTS,
  actions: [
    ...DRAWER_ACTIONS,
    {
      id: 'runs.paste',
      title: 'Paste a talosctl command line',
      words: 'cli command line type',
      run: ({ view }) => (view.pasted = ''),
    },
  ],
  offers: [
    ASK_CLUSTERS,
    {
      id: 'run.again',
      kind: 'run',
      title: 'Run it again',
      whyNot: (session, id) => ifKnown(session, id, ({ request }) => whyNotAgain(session, request)),
      run: (session, id) => ifKnown(session, id, ({ request }) => askAgain(session, request)),
    },
    {
      id: 'run.copy',
      kind: 'run',
      title: 'Copy it as a talosctl command line',
      applies: (session, id) => ifKnown(session, id, ({ talosctl }) => talosctl !== undefined) ?? false,
      run: (session, id) => ifKnown(session, id, ({ talosctl }) => copyText(talosctl ?? '')),
    },
  ],
  picks: (session) => [...commandPicks(session), ...madePicks(session)],
};

function commandPicks(session: Session): readonly PickItem[] {
  const nodes = nodesToAsk(session).map(({ target }) => target);
  const detail = `on ${describeNodes(session)}`;
  return (session.commands.current ?? []).map((command) => {
    const why = whyNotRun(session, command, nodes);
    return {
      id: `run:${command.id}`,
      label: `Run ${command.title}`,
      detail,
      group: 'Run',
      words: [...(command.names ?? []), command.about ?? ''].join(' '),
      ...(why === undefined ? {} : { disabledBecause: why }),
      pick: () => chooseRun(session, command),
    };
  });
}

/** Runs that were made, the newest first. */
function madePicks({ runs: made, screen }: Session): readonly PickItem[] {
  return made.list.map((run) => ({
    id: `made:${run.number}`,
    label: `Run #${run.number}: ${run.title}`,
    detail: 'what it answered',
    group: 'Runs',
    words: 'history answers result',
    isCurrent: run === made.shown,
    pick: () => {
      made.show(run);
      screen.show('runs');
    },
  }));
}

/** Runs are known by their number. */
function ifKnown<T>(session: Session, id: string, then: (run: Run) => T): T | undefined {
  const run = session.runs.list.find(({ number }) => String(number) === id);
  return run && then(run);
}
