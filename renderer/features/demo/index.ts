import { isDemo, leaveDemo, openDemo } from '../../state/demo.ts';
import type { Feature } from '../feature.ts';
import DemoBar from './DemoBar.svelte';

/** The simulated cluster: going there and coming back. */
export const demo: Feature = {
  id: 'demo',
  order: 100,
  hosts: [{ place: 'top', component: DemoBar }],
  actions: [
    {
      id: 'demo.leave',
      title: 'Leave the demo',
      detail: 'to your own files',
      applies: isDemo,
      run: (session) => void leaveDemo(session),
    },
    {
      id: 'demo.open',
      title: 'Open the demo',
      detail: 'a simulated cluster',
      applies: (session) => !isDemo(session),
      run: (session) => void openDemo(session),
    },
  ],
};
