import type { Feature } from '../feature.ts';
import { chartsOf } from './charts-view.svelte.ts';
import ChartsScreen from './ChartsScreen.svelte';

/** How busy nodes are, live and over the last hour. */
export const charts: Feature = {
  id: 'charts',
  order: 22,
  screen: { title: 'Charts', icon: 'charts', component: ChartsScreen, needsContext: true },
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
