import type { CallHandlers } from '../handlers.ts';
import { kubernetesBundle } from './kubernetes-bundle.ts';
import { talosBundle } from './talos-bundle.ts';

/** Calls about images that are needed without a network. */
export function bundleRoutes(): Pick<CallHandlers, 'bundles.images'> {
  return {
    'bundles.images': (wish) => (wish.of === 'talos' ? talosBundle(wish.talos) : kubernetesBundle(wish)),
  };
}
