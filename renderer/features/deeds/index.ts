import type { ServiceAction } from '../../../preload/contract/index.ts';
import type { Offer } from '../../state/action.ts';
import { thingParts } from '../../state/parts/things.ts';
import type { Feature } from '../feature.ts';
import { deedFlow } from './deed-flow.svelte.ts';
import DeedHost from './DeedHost.svelte';
import DeedsScreen from './DeedsScreen.svelte';

const TITLES: Readonly<Record<ServiceAction, string>> = {
  restart: 'Restart it…',
  start: 'Start it…',
  stop: 'Stop it…',
};

/** What changes clusters: planned first, confirmed, written down. */
export const deeds: Feature = {
  id: 'deeds',
  order: 47,
  screen: { title: 'Deeds', icon: 'deeds', component: DeedsScreen, needsContext: false },
  hosts: [{ place: 'frame', component: DeedHost }],
  offers: (['restart', 'start', 'stop'] as const).map(ofService),
};

/** Talos says itself which services allow it; the plan tells why not. */
function ofService(action: ServiceAction): Offer {
  return {
    id: `service.${action}`,
    kind: 'service',
    title: TITLES[action],
    run: (session, id) => {
      const [node = '', service = ''] = thingParts(id);
      const context = session.current.id;
      if (context !== undefined)
        deedFlow(session).open({ context, nodes: [node], deed: 'service', params: { service, action } });
    },
  };
}
