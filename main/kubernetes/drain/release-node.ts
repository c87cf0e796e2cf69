import { Failed } from '../../lib/failed.ts';
import { pause } from '../../lib/pause.ts';
import { KubernetesRefusal } from '../refusal.ts';
import { isMarkOf, uncordon } from './cordon.ts';
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
  /** It was not cordoned by this deed, so it stays as it is. */
  | { readonly kind: 'not-ours' }
  /** Kubernetes has no such node any more. */
  | { readonly kind: 'no-node' }
  /** It stays cordoned. */
  | { readonly kind: 'not-ready'; readonly why: string };

/**
 * Waits until a node is ready and lets Kubernetes put pods on it again, if this deed cordoned it. While it waits, Kubernetes
 * need not be reached. Throws what calls throw (of releasing itself), and the signal's reason.
 */
export async function releaseNode(
  node: string,
  { deed, readyWithinMs, bootNow }: ReleaseWish,
  { calls, clock, tell, signal }: DrainTools,
): Promise<ReleaseResult> {
  const untilMs = clock.monotonic() + readyWithinMs;
  for (;;) {
    const now = await looked();
    if (now === 'no-node') return { kind: 'no-node' };
    if (now !== undefined && !isMarkOf(now.cordonedBy, deed)) return { kind: 'not-ours' };
    if (now !== undefined && (readyWithinMs === 0 || (await isBack(now)))) break;
    const leftMs = untilMs - clock.monotonic();
    if (leftMs <= 0) return { kind: 'not-ready', why: whyNot(node, now, readyWithinMs) };
    await pause(clock, Math.min(LOOK_EVERY_MS, leftMs), signal);
    signal.throwIfAborted();
  }
  await uncordon(calls, node, { deed, signal });
  return { kind: 'released' };

  async function isBack({ isReady, bootId }: DrainedNode): Promise<boolean> {
    return isReady && (bootNow === undefined || bootId === '' || (await bootNow(signal)) === bootId);
  }

  async function looked(): Promise<DrainedNode | 'no-node' | undefined> {
    try {
      return await nodeNow(calls, node, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Failed)) throw error;
      if (error instanceof KubernetesRefusal && error.facts.status === 404) return 'no-node';
      if (readyWithinMs === 0 || ['denied', 'unauthenticated', 'cancelled'].includes(error.failure.code)) throw error;
      tell({ kind: 'trouble', why: error.failure.message });
      return undefined;
    }
  }
}

function whyNot(node: string, now: DrainedNode | undefined, withinMs: number): string {
  const after = `After ${Math.round(withinMs / 1000)} s`;
  if (now === undefined) return `${after} the API of Kubernetes cannot be asked about ${node}, so it stays cordoned.`;
  return `${after} Kubernetes does not call ${node} ready since its boot, so it stays cordoned.`;
}
