import * as v from 'valibot';
import { call } from '../call.ts';
import type { ImageBundle } from './bundles.ts';

const version = v.pipe(v.string(), v.maxLength(100));

/** Calls about images that are needed without a network. They ask nobody. */
export const bundleCalls = {
  /** The images of Kubernetes or of Talos in these versions; an empty one is the default. `invalid` names the field. */
  'bundles.images': call<ImageBundle>()(
    v.variant('of', [
      v.strictObject({
        of: v.literal('kubernetes'),
        kubernetes: version,
        etcd: version,
        coredns: version,
        flannel: version,
        policies: version,
      }),
      v.strictObject({ of: v.literal('talos'), talos: version }),
    ]),
  ),
} as const;
