import type { KubernetesReader } from '../../../kubernetes/reader.ts';
import { CheckUnmet } from './check.ts';

/**
 * Throws CheckUnmet unless exactly so many pods with these labels are ready, and no other is there but those that are over.
 * Texts are Talos's.
 */
export async function checkPods(
  reader: KubernetesReader,
  namespace: string,
  labels: string,
  wanted: number,
  signal: AbortSignal,
): Promise<void> {
  const all = await reader.pods(namespace, labels, signal);
  const where = `for namespace "${namespace}" and label selector "${labels}"`;
  if (all.length === 0) throw new CheckUnmet(`no pods found ${where}`);
  const pods = all.filter(({ isOver }) => !isOver);
  const ready = pods.filter(({ isReady }) => isReady);
  if (ready.length === 0) throw new CheckUnmet(`no ready pods found ${where}`);
  const notReady = pods.filter(({ isReady }) => !isReady).map(({ name }) => name);
  if (notReady.length > 0) throw new CheckUnmet(`some pods are not ready: [${notReady.join(' ')}]`);
  if (ready.length !== wanted) throw new CheckUnmet(`expected ${wanted} ready pods, got ${ready.length}`);
}
