import { copyText } from '../../lib/copy-text.ts';
import type { Feature } from '../feature.ts';
import HostnamesScreen from './HostnamesScreen.svelte';

/** The machines of a cluster by the names they give themselves. */
export const hostnames: Feature = {
  id: 'hostnames',
  order: 65,
  screen: { title: 'Hostnames', icon: 'nodes', component: HostnamesScreen, needsContext: true },
  actions: [
    {
      id: 'hostnames.show',
      title: 'Show the hostnames',
      words: 'machines names',
      applies: ({ current }) => current.id !== undefined,
      run: ({ screen }) => screen.show('hostnames'),
    },
  ],
  offers: [{ id: 'hostnames.copy', kind: 'node', title: 'Copy its name', run: (_session, id) => void copyText(id) }],
};
