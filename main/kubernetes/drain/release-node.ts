import { Failed } from '../../lib/failed.ts';
import { pause } from '../../lib/pause.ts';
import { KubernetesRefusal } from '../refusal.ts';
import { isCordonOf, isMarkOf, uncordon } from './cordon.ts';
import type { DrainTools } from './drain-node.ts';
import type { DrainedNode } from './objects.ts';
import { nodeNow } from './read-node.ts';

/** Between two looks whether a node is ready, as talosctl waits. */
const LOOK_EVERY_MS = 5_000;

/** When a node may take pods again. */
export interface ReleaseWish {
  /** Id of the deed that cordoned it. */
  readonly deed: string;
  /** Wait so long for it to be ready; 0: release it as it is. */
  readonly readyWithinMs: number;
  /**
   * The boot that the machine itself tells of, undefined while it does not answer: what its kubelet told before that boot is
   * not believed.
   */
  readonly bootNow?: (signal: AbortSignal) => Promise<string | undefined>;
}

/** What came of it. */
export type ReleaseResult =
  | { readonly kind: 'released' }
  /** It is cordoned, and not by this deed, so it stays so. */
  | { readonly kind: 'not-ours' }
  /** It is not cordoned at all. */
  | { readonly kind: 'not-cordoned' }
  /** Kubernetes has no such node any more. */
  | { readonly kind: 'no-node' }
  /** It stays cordoned. */
  | { readonly kind: 'not-ready'; readonly why: string };

/**
 * Waits until a node is ready and lets Kubernetes put pods on it again, if this deed cordoned it. While time is left, Kubernetes
 * need not be reached: looking and releasing are tried again. Throws what calls throw where that does not help, and the signal's
 * reason.
 */
export async function releaseNode(
  node: string,
  { deed, readyWithinMs, bootNow }: ReleaseWish,
  { calls, clock, tell, signal }: DrainTools,
): Promise<ReleaseResult> {
  const untilMs = clock.monotonic() + readyWithinMs;
  let isReached: boolean;
  for (;;) {
    isReached = true;
    const now = await tried(() => nodeNow(calls, node, signal));
    if (now === 'no-node') return { kind: 'no-node' };
    if (now !== undefined && !isMarkOf(now.cordonedBy, deed)) return asItIs(now);
    // A cordon of somebody else stays, and the mark goes at once.
    if (now !== undefined && (readyWithinMs === 0 || !isCordonOf(now, deed) || (await isBack(now)))) {
      const left = await tried(() => uncordon(calls, node, { deed, signal }));
      if (left !== undefined && left !== 'no-node') return left.isSchedulable ? { kind: 'released' } : asItIs(left);
    }
    const leftMs = untilMs - clock.monotonic();
    if (leftMs <= 0) return { kind: 'not-ready', why: whyNot(node, isReached, readyWithinMs) };
    await pause(clock, Math.min(LOOK_EVERY_MS, leftMs), signal);
    signal.throwIfAborted();
  }

  async function isBack({ isReady, bootId }: DrainedNode): Promise<boolean> {
    return isReady && (bootNow === undefined || bootId === '' || (await bootNow(signal)) === bootId);
  }

  async function tried(ask: () => Promise<DrainedNode>): Promise<DrainedNode | 'no-node' | undefined> {
    try {
      return await ask();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Failed)) throw error;
      if (error instanceof KubernetesRefusal && error.facts.status === 404) return 'no-node';
      if (readyWithinMs === 0 || ['denied', 'unauthenticated', 'cancelled'].includes(error.failure.code)) throw error;
      tell({ kind: 'trouble', why: error.failure.message });
      isReached = false;
      return undefined;
    }
  }
}

const asItIs = ({ isSchedulable }: DrainedNode): ReleaseResult => ({
  kind: isSchedulable ? 'not-cordoned' : 'not-ours',
});

function whyNot(node: string, isReached: boolean, withinMs: number): string {
  const after = `After ${Math.round(withinMs / 1000)} s`;
  if (!isReached) return `${after} the API of Kubernetes cannot be asked about ${node}, so it stays cordoned.`;
  return `${after} Kubernetes does not call ${node} ready since its boot, so it stays cordoned.`;
}
