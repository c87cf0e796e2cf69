import type { Feature } from '../feature.ts';
import BlackBoxHost from './BlackBoxHost.svelte';
import { openBox, saveBox } from './opened-box.svelte.ts';

/** The last hour of a cluster as a file that a colleague can look at. */
export const blackbox: Feature = {
  id: 'blackbox',
  order: 95,
  hosts: [{ place: 'window', component: BlackBoxHost }],
  actions: [
    {
      id: 'blackbox.save',
      title: 'Save a black box of the last hour…',
      words: 'incident export time line record hand on',
      applies: ({ current }) => current.id !== undefined,
      run: (session) => void saveBox(session),
    },
    {
      id: 'blackbox.open',
      title: 'Open a black box…',
      words: 'incident import record read only',
      run: (session) => void openBox(session),
    },
  ],
};
