import type { ConfigDesk } from '../../main/operations/deeds/config/config-desk.ts';
import type { SnapshotDesk } from '../../main/operations/deeds/kit/definition.ts';

/** For deeds that touch no machine config. */
export const NO_CONFIGS = { chosen: () => undefined } as unknown as ConfigDesk;

/** For deeds that use no snapshot of etcd. */
export const NO_SNAPSHOTS: SnapshotDesk = {
  find: () => undefined,
  of: () => [],
  isThere: () => Promise.resolve(false),
  inspect: () => Promise.reject(new Error('there is no snapshot')),
};
