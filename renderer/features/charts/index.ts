import type { Feature } from '../feature.ts';
import { chartsOf } from './charts-view.svelte.ts';
import ChartsScreen from './ChartsScreen.svelte';
import NodeCharts from './NodeCharts.svelte';

/** How busy nodes are, live and over the last hour. */
export const charts: Feature = {
  id: 'charts',
  order: 22,
  screen: {
    title: 'Charts',
    words: 'cpu load memory network disk dashboard',
    icon: 'charts',
    component: ChartsScreen,
    needsContext: true,
  },
  nodeParts: [{ id: 'load', place: 'summary', title: 'Load', order: 10, component: NodeCharts }],
  offers: [
    {
      id: 'node.charts',
      kind: 'node',
      title: 'Charts of its load',
      run: (session, id) => {
        chartsOf(session).choose(session.current.id, { node: id });
        session.screen.show('charts');
      },
    },
  ],
};
