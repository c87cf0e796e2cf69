import type { Cluster } from './cluster.ts';
import type { ClusterChange, Lease } from './lease.ts';

/**
 * A hold on a cluster that is only visited: `leave` is called once, when it is released. Leaves at once and throws as `lease` of the
 * cluster when it cannot be dialled.
 */
export function visitLease(cluster: Cluster, leave: () => void, onChange?: (change: ClusterChange) => void): Lease {
  const lease = leaseOrLeave(cluster, leave, onChange);
  let isHeld = true;
  return {
    get id() {
      return lease.id;
    },
    get caller() {
      return lease.caller;
    },
    signal: lease.signal,
    mark: (node, seen) => lease.mark(node, seen),
    release: () => {
      lease.release();
      if (isHeld) leave();
      isHeld = false;
    },
  };
}

function leaseOrLeave(cluster: Cluster, leave: () => void, onChange?: (change: ClusterChange) => void): Lease {
  try {
    return cluster.lease(onChange);
  } catch (error) {
    leave();
    throw error;
  }
}
