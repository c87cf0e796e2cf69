import { whyNoKubeconfig } from '../../lib/rights.ts';
import type { Feature } from '../feature.ts';
import KubeconfigHost from './KubeconfigHost.svelte';
import KubeconfigScreen from './KubeconfigScreen.svelte';

/** Kubeconfig files: getting one from a cluster and merging it. */
export const kubeconfig: Feature = {
  id: 'kubeconfig',
  order: 50,
  screen: { title: 'Kubeconfig', icon: 'kubeconfig', component: KubeconfigScreen, needsContext: false },
  hosts: [{ place: 'window', component: KubeconfigHost }],
  actions: [
    {
      id: 'kubeconfig.get',
      title: ({ current }) => `Get the kubeconfig of ${current.name ?? ''}`,
      words: 'kubectl merge',
      applies: ({ current }) => current.id !== undefined,
      whyNot: ({ current }) => current.context && whyNoKubeconfig(current.context),
      run: ({ current, kubeconfig: flow }) => current.id !== undefined && void flow.merge(current.id),
    },
  ],
  offers: [
    {
      id: 'context.kubeconfig',
      kind: 'context',
      title: 'Get its kubeconfig…',
      applies: ({ topics }, id) =>
        topics.config.current?.contexts.some((each) => each.id === id && each.isUsable) ?? false,
      whyNot: ({ topics }, id) => {
        const context = topics.config.current?.contexts.find((each) => each.id === id);
        return context && whyNoKubeconfig(context);
      },
      run: ({ kubeconfig: flow }, id) => void flow.merge(id),
    },
  ],
};
