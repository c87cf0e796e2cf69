import type { Feature } from '../feature.ts';
import OverviewScreen from './OverviewScreen.svelte';

/** The first screen: what a cluster is like at a glance. */
export const overview: Feature = {
  id: 'overview',
  order: 10,
  screen: { title: 'Overview', icon: 'overview', component: OverviewScreen, needsContext: true },
};
