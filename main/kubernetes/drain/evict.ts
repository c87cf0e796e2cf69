import { Failed } from '../../lib/failed.ts';
import { KubernetesRefusal } from '../refusal.ts';
import type { KubernetesCalls } from '../renewed-calls.ts';
import { mayNot } from './cordon.ts';
import type { DrainedPod } from './objects.ts';
import { podTitle } from './which-pods.ts';

/** How an eviction was answered: it goes, or it does not go yet. */
export type EvictionAnswer =
  | { readonly kind: 'goes' }
  | {
      readonly kind: 'not-yet';
      /** One sentence. */
      readonly why: string;
      /** `shop/checkout`, when a budget refuses and is named. */
      readonly budget?: string;
      readonly retryAfterMs?: number;
    };

/**
 * Asks Kubernetes once to evict exactly this pod (by its uid: another one of that name stays), within its own grace period. Never
 * deletes. Throws Failed `denied` where it is not allowed at all, and the signal's reason; whatever may pass is `not-yet`.
 */
export async function evict(calls: KubernetesCalls, pod: DrainedPod, signal: AbortSignal): Promise<EvictionAnswer> {
  const { namespace, name, uid } = pod;
  const deleteOptions = { preconditions: { uid } };
  const json = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace }, deleteOptions };
  const path = `/api/v1/namespaces/${namespace}/pods/${name}/eviction`;
  try {
    await calls.ask({ method: 'POST', path, body: { type: 'application/json', json } }, signal);
    return { kind: 'goes' };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof Failed)) throw error;
    return notYet(error, pod);
  }
}

function notYet(error: Failed, pod: DrainedPod): EvictionAnswer {
  const why = error.failure.message;
  if (!(error instanceof KubernetesRefusal)) {
    if (error.failure.code === 'cancelled' || error.failure.code === 'denied') throw error;
    return { kind: 'not-yet', why };
  }
  const { status, causes, retryAfterMs } = error.facts;
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
  if (status === 403) {
    if (causes.some(({ reason }) => reason === 'NamespaceTerminating'))
      return { kind: 'not-yet', why: `Its namespace ${pod.namespace} is being deleted.` };
    throw mayNot(error, `evict ${podTitle(pod)}`);
  }
  if (status === 401) throw error;
  const forbids = causes.find(({ reason }) => reason === 'DisruptionBudget');
  if (status !== 429 || forbids === undefined) return { kind: 'not-yet', why, ...wait };
  const [, budget] = /disruption budget (\S{1,253})/.exec(forbids.message) ?? [];
  return {
    kind: 'not-yet',
    why: forbids.message === '' ? why : `${forbids.message.replace(/\.?$/, '.')}`,
    ...(budget !== undefined && { budget: `${pod.namespace}/${budget}` }),
    ...wait,
  };
}
