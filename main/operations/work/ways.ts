import type { Caller } from '../clusters/caller.ts';
import type { ClusterChange, Lease } from '../clusters/lease.ts';

/** How what is followed reaches its cluster at the moment. */
export interface Way {
  /** Calls over the cluster as it is dialled now. */
  readonly caller: Caller;
  /** Aborts when the cluster gets other endpoints, another proxy or other roles: what is followed goes on over the next way. */
  readonly left: AbortSignal;
}

/**
 * What long work that follows decides about its cluster: it leaves a way at once that the user took away, and goes on over the
 * new one from where it was. A rename and a renewed certificate end nothing, and a run that ends by itself goes on over the
 * connections it has, for as long as the pool lets it.
 */
export class Ways {
  readonly #caller: () => Caller;
  #left = new AbortController();

  /** `caller` as of now; throws Failed when the cluster is closed or cannot be dialled. */
  constructor(caller: () => Caller) {
    this.#caller = caller;
  }

  /** Throws Failed when the cluster is closed or cannot be dialled. */
  get now(): Way {
    return { caller: this.#caller(), left: this.#left.signal };
  }

  /** For the lease: something happened to the cluster. */
  changed({ type }: ClusterChange): void {
    if (type !== 'moved' && type !== 'power') return;
    const left = this.#left;
    this.#left = new AbortController();
    left.abort();
  }
}

/** A lease, and the ways of what follows something for as long as it holds it. Whoever takes it releases the lease. */
export function leasedWays(lease: (onChange: (change: ClusterChange) => void) => Lease): {
  readonly lease: Lease;
  readonly ways: Ways;
} {
  const ways: Ways = new Ways(() => held.caller);
  const held = lease((change) => ways.changed(change));
  return { lease: held, ways };
}
