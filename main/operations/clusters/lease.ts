import type { NodeSeen } from '../../../preload/contract/index.ts';
import { isCancelled } from '../../lib/failed.ts';
import type { Caller } from './caller.ts';
import type { DestinationChange } from './destination.ts';

/**
 * What happened to a cluster that is leased. `renamed`: it goes by another id now. `renewed`: other credentials; what runs goes
 * on. `moved`: other endpoints or another proxy; what runs goes on over the old ones for a while, and its holder decides what
 * to do. `power`: it is read by a certificate of other roles; what reads goes on over the earlier one for a minute at most.
 */
export type ClusterChange =
  | { readonly type: 'renamed'; readonly from: string; readonly to: string }
  | { readonly type: Extract<DestinationChange, 'renewed' | 'moved'> | 'power' };

/** The hold of long work on its cluster: it is told what happens to it. Whoever takes one releases it. */
export interface Lease {
  /** What the page calls the cluster by at the moment. */
  readonly id: string;
  /** Calls as of now: the present name, credentials and endpoints. Throws Failed when it is closed or cannot be dialled. */
  readonly caller: Caller;
  /** Aborts when the cluster is closed; its reason is a Failed that says why. */
  readonly signal: AbortSignal;
  /** Notes what was seen of a node, under the name it was called by. */
  mark(node: string, seen: NodeSeen): void;
  /** Lets go; nothing is told any more. */
  release(): void;
}

/**
 * What `work` brings, until the cluster is closed: then it throws why, a Failed, unless that is no news (the app ends, or
 * works on other files). `work` ends when the signal it is given aborts. Releases the lease however it ends.
 */
export async function* leased<T>(
  lease: Lease,
  signal: AbortSignal,
  work: (signal: AbortSignal) => AsyncIterable<T>,
): AsyncGenerator<T, void, undefined> {
  try {
    yield* work(AbortSignal.any([signal, lease.signal]));
    throwIfClosed(lease, signal);
  } catch (error) {
    throwIfClosed(lease, signal);
    if (!lease.signal.aborted) throw error;
  } finally {
    lease.release();
  }
}

function throwIfClosed(lease: Lease, signal: AbortSignal): void {
  if (lease.signal.aborted && !signal.aborted && !isCancelled(lease.signal.reason)) throw lease.signal.reason;
}
