import type { CallInput } from '../../../preload/contract/index.ts';
import { sessionPart } from '../../state/session-part.ts';
import type { View } from '../../state/view.svelte.ts';

type Of = CallInput<'bundles.images'>['of'];

/** Versions as they are typed; an empty one is the default of talosctl. */
class Bundle {
  isOpen = $state(false);
  of = $state<Of>('kubernetes');
  versions = $state({ kubernetes: '', etcd: '', coredns: '', flannel: '', policies: '', talos: '' });

  /** Opens the list, with the versions of a pasted line if there is one. */
  open(view: Pick<View, 'filling'>): void {
    const { filling } = view;
    if (filling?.command === 'k8s-bundle' || filling?.command === 'talos-bundle') {
      view.filling = undefined;
      this.of = filling.command === 'talos-bundle' ? 'talos' : 'kubernetes';
      const texts = Object.entries(filling.params).filter(([, value]) => typeof value === 'string');
      this.versions = { ...this.versions, ...Object.fromEntries(texts) };
    }
    this.isOpen = true;
  }

  /** What main is asked. */
  get wish(): CallInput<'bundles.images'> {
    const { talos, ...versions } = this.versions;
    return this.of === 'talos' ? { of: 'talos', talos } : { of: 'kubernetes', ...versions };
  }
}

/** The list of images of a window. */
export const bundleState = sessionPart(() => new Bundle());
