import { showUnseen } from '../../lib/unseen-signs.ts';
import { thingParts } from '../../state/parts/things.ts';
import { nodeNames } from '../../state/start-run.ts';
import type { Feature } from '../feature.ts';
import { deedFlow } from './deed-flow.svelte.ts';
import { DEED_OFFERS, deedPicks } from './deed-offers.ts';
import DeedHost from './DeedHost.svelte';
import DeedsScreen from './DeedsScreen.svelte';

/** What changes clusters: planned first, confirmed, written down. */
export const deeds: Feature = {
  id: 'deeds',
  order: 47,
  screen: { title: 'Deeds', icon: 'deeds', component: DeedsScreen, needsContext: false },
  hosts: [{ place: 'frame', component: DeedHost }],
  actions: [
    {
      id: 'deeds.plan',
      title: 'Plan a deed',
      // The palette lists each kind by itself; a pasted line of talosctl comes here.
      isListed: () => false,
      run: (session) => {
        const { filling } = session.view;
        const context = session.current.id;
        session.view.filling = undefined;
        if (filling === undefined || context === undefined) return;
        const { command: deed, nodes, params } = filling;
        deedFlow(session).open({ context, nodes: [...nodes], deed, params });
      },
    },
    {
      id: 'deeds.open',
      title: 'Open a plan…',
      detail: 'that a colleague saved',
      words: 'deed import file minos-plan',
      applies: ({ topics }) => (topics.config.current?.contexts.length ?? 0) > 0,
      run: (session) => void deedFlow(session).openFile(session.current.id),
    },
  ],
  titles: {
    image: (_session, id) => showUnseen(thingParts(id)[1] ?? ''),
    device: (session, id) => {
      const [node = '', device = ''] = thingParts(id);
      return `${showUnseen(device)} of ${showUnseen(nodeNames(session)(node))}`;
    },
  },
  // Talos says itself what it allows; the plan tells why not.
  offers: DEED_OFFERS,
  picks: (session) => deedPicks(session, deedFlow(session).kinds.current ?? []),
};
