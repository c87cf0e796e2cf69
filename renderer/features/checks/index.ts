import { nodeOfTarget } from '../../state/health/known-node.ts';
import type { Feature } from '../feature.ts';
import { checksOf } from './checks.svelte.ts';
import ChecksScreen from './ChecksScreen.svelte';

/** The health check of a cluster, check by check. */
export const checks: Feature = {
  id: 'checks',
  order: 45,
  screen: {
    title: 'Health check',
    icon: 'checks',
    component: ChecksScreen,
    needsContext: true,
    badge: (session) => (checksOf(session).current?.phase === 'running' ? 1 : 0),
  },
  actions: [
    {
      id: 'checks.open',
      title: 'Check the health of this cluster',
      words: 'talosctl health diagnose etcd kubelet ready',
      run: ({ screen }) => screen.show('checks'),
    },
  ],
  offers: [
    {
      id: 'node.health',
      kind: 'node',
      title: 'Check the health of the cluster by it…',
      applies: (session, id) => nodeOfTarget(session, id)?.role === 'controlplane',
      run: (session, id) => {
        checksOf(session).draft.node = id;
        session.screen.show('checks');
      },
    },
  ],
};
