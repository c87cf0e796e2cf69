import { Failed } from '../../lib/failed.ts';
import { KubernetesRefusal } from '../refusal.ts';
import type { KubernetesCalls } from '../renewed-calls.ts';
import { CORDONED_BY, type DrainedNode } from './objects.ts';
import { asNode, nodeNow, nodePath } from './read-node.ts';

/** Kubelets write to their nodes every few seconds; somebody else may be in between so often. */
const MOST_TRIES = 5;

/** What a node is marked with: since when, and for which deed. */
const cordonMark = (deed: string, nowMs: number): string => `${new Date(nowMs).toISOString()} ${deed}`;

/** Whether a mark is of that deed. */
export const isMarkOf = (mark: string | undefined, deed: string): boolean => mark?.split(' ')[1] === deed;

/** The API server writes down under this name what is changed here. */
const MANAGER = 'minos';

/**
 * Whether a node is cordoned for that deed: it has the mark, and nobody else made it take no pods. A mark outlasts a cordon that
 * somebody took away and made anew.
 */
export const isCordonOf = ({ isSchedulable, cordonedBy, cordoners }: DrainedNode, deed: string): boolean =>
  !isSchedulable && isMarkOf(cordonedBy, deed) && cordoners.every((name) => name === MANAGER);

/**
 * Cordons a node and marks it as cordoned for this deed. One that was cordoned already stays as it is, without a mark, unless
 * the mark is of the same deed. Answers the node as it was left. Throws what calls throw.
 */
export async function cordon(
  calls: KubernetesCalls,
  node: string,
  { deed, nowMs, signal }: { readonly deed: string; readonly nowMs: number; readonly signal: AbortSignal },
): Promise<DrainedNode> {
  return changed(calls, node, signal, ({ isSchedulable }) =>
    isSchedulable
      ? { metadata: { annotations: { [CORDONED_BY]: cordonMark(deed, nowMs) } }, spec: { unschedulable: true } }
      : undefined,
  );
}

/** Takes mark and cordon away where both are of this deed; where the cordon is none of it any more, the mark alone. */
export async function uncordon(
  calls: KubernetesCalls,
  node: string,
  { deed, signal }: { readonly deed: string; readonly signal: AbortSignal },
): Promise<DrainedNode> {
  return changed(calls, node, signal, (now) => {
    if (!isMarkOf(now.cordonedBy, deed)) return undefined;
    const metadata = { annotations: { [CORDONED_BY]: null } };
    return isCordonOf(now, deed) ? { metadata, spec: { unschedulable: null } } : { metadata };
  });
}

/** Changes a node, only in the version that was looked at: reads and decides anew when it was another one. */
async function changed(
  calls: KubernetesCalls,
  node: string,
  signal: AbortSignal,
  patchOf: (now: DrainedNode) => { readonly metadata: object; readonly spec?: object } | undefined,
): Promise<DrainedNode> {
  for (let tries = 1; ; tries++) {
    const now = await nodeNow(calls, node, signal);
    const patch = patchOf(now);
    if (patch === undefined) return now;
    const json = { ...patch, metadata: { ...patch.metadata, resourceVersion: now.resourceVersion } };
    const body = { type: 'application/merge-patch+json', json };
    try {
      const path = `${nodePath(node)}?fieldManager=${MANAGER}`;
      return asNode(await calls.ask({ method: 'PATCH', path, body }, signal));
    } catch (error) {
      if (!(error instanceof KubernetesRefusal)) throw error;
      if (error.facts.status === 403) throw mayNot(error, `cordon nodes such as ${node}`);
      if (error.facts.status !== 409 || tries === MOST_TRIES) throw error;
    }
  }
}

/** A refusal by the rules of access, with what it was about. */
export function mayNot(refusal: KubernetesRefusal, what: string): Failed {
  return new Failed(
    {
      ...refusal.failure,
      message: `Kubernetes does not let Minos ${what}.`,
      hint: 'The certificate that Talos issues is an administrator of Kubernetes; its rules of access or an admission webhook refuse it.',
      details: refusal.failure.message,
    },
    refusal,
  );
}
