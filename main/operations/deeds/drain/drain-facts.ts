import { plural } from '../../../../preload/contract/format/numbers.ts';
import type { DrainForecast } from '../../../kubernetes/drain/forecast.ts';
import { fewPods } from '../../../kubernetes/drain/which-pods.ts';
import { seconds } from '../kit/seconds.ts';

/** What draining one machine means for a plan; all are sentences. */
export interface DrainFacts {
  /** What is done to what runs there. */
  readonly effects: readonly string[];
  /** What is lost for good, and must be agreed to: pods that nothing makes anew each by its name, since just those may go. */
  readonly losses: readonly string[];
  /** What may make it take long. */
  readonly warnings: readonly string[];
  /** Why it cannot be drained as it is now. */
  readonly refusals: readonly string[];
}

/** What a forecast means, for a machine by its name. */
export function drainFacts(name: string, forecast: DrainForecast, timeoutMs: number): DrainFacts {
  const { evicted, staying, unmanaged, emptyDir, forbidden, isCordoned, budgetsUnread } = forecast;
  const stays = forecast.node === name ? 'It' : `It is ${forecast.node} in Kubernetes, and`;
  const waits = forbidden.filter(({ isForGood }) => !isForGood);
  return {
    effects: [
      evicted.length === 0
        ? `No pod has to leave ${name}.`
        : `${pods(evicted)} ${leave(evicted)} ${name}: ${fewPods(evicted)}.`,
      ...(staying > 0 ? [`${stays} keeps ${staying} of DaemonSets and static pods.`] : []),
      isCordoned
        ? `${name} is cordoned already, by somebody else; it stays so afterwards.`
        : `Kubernetes puts nothing new on ${name} until it is back.`,
    ],
    losses: [
      ...(unmanaged.length > 0 ? [`Nothing makes these pods of ${name} anew: ${unmanaged.join(', ')}.`] : []),
      ...(emptyDir.length > 0 ? [`Data in emptyDir volumes of ${name} is lost: ${fewPods(emptyDir)}.`] : []),
    ],
    warnings: [
      ...waits.map(
        ({ pod, why }) => `${pod} may not leave ${name} now. ${why} It is asked again for ${seconds(timeoutMs)}.`,
      ),
      ...(budgetsUnread === undefined
        ? []
        : [`Which budgets hold pods of ${name} could not be read: ${budgetsUnread}`]),
    ],
    refusals: forbidden
      .filter(({ isForGood }) => isForGood)
      .map(({ pod, why }) => `${pod} cannot leave ${name}. ${why} Change the budget first.`),
  };
}

const pods = ({ length }: readonly string[]): string => plural(length, 'pod');
const leave = ({ length }: readonly string[]): string => (length === 1 ? 'leaves' : 'leave');
