import type { DisruptionBudget, DrainedPod } from './objects.ts';

/** Pods that are named before the rest is counted. */
const MOST_NAMED = 6;

/** `shop/checkout-x7k2p`. */
export const podTitle = ({ namespace, name }: Pick<DrainedPod, 'namespace' | 'name'>): string => `${namespace}/${name}`;

/** `shop/a, shop/b and 3 more`. */
export function fewPods(titles: readonly string[]): string {
  const shown = titles.slice(0, MOST_NAMED).join(', ');
  return titles.length > MOST_NAMED ? `${shown} and ${titles.length - MOST_NAMED} more` : shown;
}

/** Which pods of a node leave it, and what of them is lost. */
export interface PodsToGo {
  readonly leaving: readonly DrainedPod[];
  /** Of DaemonSets and static pods: they stay, and come and go with the node. */
  readonly staying: readonly DrainedPod[];
  /** Leaving ones that nothing makes anew: they are gone for good. */
  readonly unmanaged: readonly DrainedPod[];
  /** Leaving ones that keep data in an emptyDir, which goes with them. */
  readonly emptyDir: readonly DrainedPod[];
}

/**
 * As `kubectl drain --ignore-daemonsets` chooses: pods of DaemonSets and mirrors of static pods stay; of pods that are over nothing
 * is lost. Pods of a DaemonSet that is no more stay, too (kubectl would delete them).
 */
export function podsToGo(pods: readonly DrainedPod[]): PodsToGo {
  const stays = ({ isMirror, isFinished, controller }: DrainedPod): boolean =>
    isMirror || (controller === 'DaemonSet' && !isFinished);
  const leaving = pods.filter((pod) => !stays(pod));
  const alive = leaving.filter(({ isFinished }) => !isFinished);
  return {
    leaving,
    staying: pods.filter(stays),
    unmanaged: alive.filter(({ controller }) => controller === undefined),
    emptyDir: alive.filter(({ hasEmptyDir }) => hasEmptyDir),
  };
}

/** A budget that lets a pod not go at present. */
export interface ForbiddenPod {
  readonly pod: string;
  /** `shop/checkout`; two of them are a mistake that the eviction API refuses. */
  readonly budgets: readonly string[];
  /** One sentence. */
  readonly why: string;
  /** As it is now, waiting does not help. */
  readonly isForGood: boolean;
}

/** The pods that their budgets let not go now, as the eviction API judges. */
export function forbiddenNow(
  leaving: readonly DrainedPod[],
  budgets: readonly DisruptionBudget[],
): readonly ForbiddenPod[] {
  return leaving.flatMap((pod): readonly ForbiddenPod[] => {
    if (pod.isFinished || pod.isPending || pod.isGoing) return [];
    const own = budgets.filter(({ namespace, selects }) => namespace === pod.namespace && selects(pod.labels));
    const [budget, another] = own;
    if (budget === undefined) return [];
    const names = own.map(podTitle);
    const told = { pod: podTitle(pod), budgets: names };
    if (another !== undefined) {
      const why = `${podTitle(pod)} has ${own.length} budgets (${names.join(', ')}); Kubernetes evicts no such pod.`;
      return [{ ...told, why, isForGood: true }];
    }
    if (budget.disruptionsAllowed > 0 || (!pod.isReady && mayGoUnhealthy(budget))) return [];
    const { desiredHealthy: wanted, currentHealthy: has, expectedPods: all } = budget;
    if (all > 0 && wanted >= all) {
      const every = all === 1 ? 'its one pod' : `all of its ${all} pods`;
      return [
        { ...told, why: `The budget ${podTitle(budget)} wants ${every} healthy, so none may go.`, isForGood: true },
      ];
    }
    const why = `The budget ${podTitle(budget)} wants ${wanted} healthy pods and has ${has}.`;
    return [{ ...told, why, isForGood: false }];
  });
}

const mayGoUnhealthy = ({ letsUnhealthyGo, currentHealthy, desiredHealthy }: DisruptionBudget): boolean =>
  letsUnhealthyGo || (desiredHealthy > 0 && currentHealthy >= desiredHealthy);
