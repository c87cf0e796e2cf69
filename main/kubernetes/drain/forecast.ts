import { Failed } from '../../lib/failed.ts';
import type { KubernetesCalls } from '../renewed-calls.ts';
import type { DisruptionBudget } from './objects.ts';
import { budgetsNow, nodeNow, podsOn } from './read-node.ts';
import { forbiddenNow, podsToGo, podTitle, type ForbiddenPod } from './which-pods.ts';

/** What draining a node would do, from how it is now. Pods are `namespace/name`. */
export interface DrainForecast {
  readonly node: string;
  /** Somebody cordoned it already: it stays so. */
  readonly isCordoned: boolean;
  /** Pods that leave, also those of the lists below. */
  readonly evicted: readonly string[];
  /** How many pods of DaemonSets and static ones stay. */
  readonly staying: number;
  /** Nothing makes them anew. */
  readonly unmanaged: readonly string[];
  /** Their emptyDir data is lost. */
  readonly emptyDir: readonly string[];
  /** Pods that a budget lets not go at present. */
  readonly forbidden: readonly ForbiddenPod[];
  /** Why budgets could not be read; draining would tell. */
  readonly budgetsUnread?: string;
}

/** Looks at a node and what runs on it. Changes nothing. Throws what calls throw. */
export async function forecastDrain(calls: KubernetesCalls, node: string, signal: AbortSignal): Promise<DrainForecast> {
  const [{ isSchedulable }, pods, budgets] = await Promise.all([
    nodeNow(calls, node, signal),
    podsOn(calls, node, signal),
    budgetsOrWhyNot(calls, signal),
  ]);
  const { leaving, staying, unmanaged, emptyDir } = podsToGo(pods);
  return {
    node,
    isCordoned: !isSchedulable,
    evicted: leaving.map(podTitle).sort(),
    staying: staying.length,
    unmanaged: unmanaged.map(podTitle).sort(),
    emptyDir: emptyDir.map(podTitle).sort(),
    ...(typeof budgets === 'string'
      ? { forbidden: [], budgetsUnread: budgets }
      : { forbidden: forbiddenNow(leaving, budgets) }),
  };
}

async function budgetsOrWhyNot(
  calls: KubernetesCalls,
  signal: AbortSignal,
): Promise<readonly DisruptionBudget[] | string> {
  try {
    return await budgetsNow(calls, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Failed) return error.failure.message;
    throw error;
  }
}
