import type { Feature } from '../feature.ts';
import { bundleState } from './bundle.svelte.ts';
import BundleHost from './BundleHost.svelte';

/** The images that an installation without a network needs. */
export const bundles: Feature = {
  id: 'bundles',
  order: 85,
  hosts: [{ place: 'frame', component: BundleHost }],
  actions: [
    {
      id: 'bundles.open',
      title: 'List the images for installing without a network',
      words: 'talosctl image k8s-bundle talos-bundle default air gap offline registry',
      run: (session) => bundleState(session).open(session.view),
    },
  ],
};
