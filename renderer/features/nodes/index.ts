import { tellWhyNot } from '../../state/tell.ts';
import type { Feature } from '../feature.ts';
import NodesScreen from './NodesScreen.svelte';
import { openRunMenu, runOnlyOn } from './run-menu.ts';

/** The machines of a cluster, and choosing those that a run asks. */
export const nodes: Feature = {
  id: 'nodes',
  order: 20,
  screen: { title: 'Nodes', icon: 'nodes', component: NodesScreen, needsContext: true },
  actions: [
    {
      id: 'nodes.run',
      title: 'Run on the selected nodes',
      chord: 'mod+r',
      isForTyping: true,
      isListed: () => false,
      run: openRunMenu,
    },
    {
      id: 'nodes.refresh',
      title: 'Ask every node again now',
      applies: ({ current }) => current.id !== undefined,
      run: (session) => {
        const context = session.current.id;
        if (context !== undefined) {
          void tellWhyNot(session, session.client.call('nodes.refresh', { context }));
          void session.client.call('health.refresh', { context });
        }
      },
    },
  ],
  offers: [{ id: 'node.run', kind: 'node', title: 'Run on this node only…', run: runOnlyOn }],
};
