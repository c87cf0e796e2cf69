import { tellWhyNot } from '../../state/tell.ts';
import type { Feature } from '../feature.ts';
import FleetScreen from './FleetScreen.svelte';

/** Every cluster of the open talosconfigs at a glance. */
export const fleet: Feature = {
  id: 'fleet',
  order: 15,
  screen: { title: 'Fleet', icon: 'fleet', component: FleetScreen, needsContext: false },
  actions: [
    {
      id: 'fleet.check',
      title: 'Check all clusters now',
      words: 'fleet contexts',
      run: (session) => {
        session.screen.show('fleet');
        void tellWhyNot(session, session.client.call('fleet.check', {}));
      },
    },
  ],
};
