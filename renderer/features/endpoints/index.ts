import type { EndpointStatus } from '../../../preload/contract/index.ts';
import { copyText } from '../../lib/copy-text.ts';
import type { Session } from '../../state/context.ts';
import { tellWhyNot } from '../../state/tell.ts';
import type { Feature } from '../feature.ts';
import EndpointInspector from './EndpointInspector.svelte';
import EndpointsScreen from './EndpointsScreen.svelte';
import { switchEndpoint } from './switch-endpoint.ts';
import { useFileEndpoints } from './use-file-endpoints.ts';

/** The addresses a cluster is reached by, and how they fare. */
export const endpoints: Feature = {
  id: 'endpoints',
  order: 60,
  screen: {
    title: 'Endpoints',
    words: 'switch off on disable load balancer failover',
    icon: 'endpoints',
    component: EndpointsScreen,
    needsContext: true,
  },
  inspectors: [{ kind: 'endpoint', word: 'Endpoint', title: (_session, id) => id, component: EndpointInspector }],
  actions: [
    {
      id: 'endpoints.test',
      title: 'Test the endpoints now',
      applies: ({ current }) => current.id !== undefined,
      run: (session) => {
        const context = session.current.id;
        if (context !== undefined) void tellWhyNot(session, session.client.call('endpoints.test', { context }));
      },
    },
    {
      id: 'endpoints.use-file',
      title: 'Use the endpoints of the file, not those of this start',
      applies: ({ current }) => current.context?.startEndpoints !== undefined,
      run: (session) => {
        if (session.current.id !== undefined) useFileEndpoints(session, session.current.id);
      },
    },
  ],
  offers: [
    {
      id: 'endpoint.inspect',
      kind: 'endpoint',
      title: 'Show details',
      run: ({ view }, id) => view.inspect('endpoint', id),
    },
    {
      id: 'endpoint.switch',
      kind: 'endpoint',
      title: (session, id) =>
        statusOf(session, id)?.phase === 'disabled' ? 'Switch it on again' : 'Switch it off for this session',
      applies: (session, id) => !['closed', undefined].includes(statusOf(session, id)?.phase),
      run: (session, id) => {
        const endpoint = statusOf(session, id);
        if (endpoint) void switchEndpoint(session, endpoint);
      },
    },
    { id: 'endpoint.copy', kind: 'endpoint', title: 'Copy its address', run: (_session, id) => void copyText(id) },
  ],
};

function statusOf({ current }: Session, id: string): EndpointStatus | undefined {
  return current.pool?.current?.endpoints.find(({ endpoint }) => endpoint === id);
}
