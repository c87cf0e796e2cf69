import type { DrainForecast } from '../../../kubernetes/drain/forecast.ts';
import { Failed } from '../../../lib/failed.ts';
import type { Machine } from '../../plans/machine.ts';
import type { ActTools, WorkAct } from '../../plans/plan.ts';
import { eachBounded } from '../../work/fan-out/each-bounded.ts';
import { drainOrStop, releaseOrSay } from '../drain/drain-acts.ts';
import { drainFacts } from '../drain/drain-facts.ts';
import type { DrainChoice, Drains } from '../drain/drains.ts';
import { DRAIN_MS, RELEASE_MS } from './estimates.ts';

/** As talosctl's `--drain-timeout`. */
const DRAIN_WITHIN_MS = 5 * 60_000;
/** A machine that is back is ready soon. */
const READY_WITHIN_MS = 5 * 60_000;
/** Nobody waits any more. */
const RELEASE_WITHIN_MS = 30_000;
const MOST_AT_ONCE = 8;

/** What draining the machines of a plan means. */
export interface DrainPlan {
  /** Sentences for the sheet and the question. */
  readonly effects: readonly string[];
  /** Something is lost for good. */
  readonly loses: boolean;
  /** Why a machine cannot be drained, by its node. */
  readonly refused: ReadonlyMap<string, string>;
  /** Of the machines that were read, by node. */
  readonly forecasts: ReadonlyMap<string, DrainForecast>;
  /** With what was shown, and nothing beyond it. */
  readonly choice: DrainChoice;
}

/** Looks what draining the machines would do, now. Throws the signal's reason; what cannot be asked is a refusal. */
export async function planDrains(
  machines: readonly Machine[],
  drains: Drains,
  signal: AbortSignal,
): Promise<DrainPlan> {
  const refused = new Map<string, string>();
  const said = new Map<string, readonly string[]>();
  const forecasts = new Map<string, DrainForecast>();
  const unmanaged = new Set<string>();
  let [loses, emptyDir] = [false, false];
  const one = async (machine: Machine): Promise<void> => {
    try {
      const forecast = await drains.forecast(machine, signal);
      forecasts.set(machine.node, forecast);
      const { effects, losses, warnings, refusals } = drainFacts(machine.name, forecast, DRAIN_WITHIN_MS);
      if (refusals.length > 0) refused.set(machine.node, refusals.join(' '));
      for (const pod of forecast.unmanaged) unmanaged.add(pod);
      emptyDir ||= forecast.emptyDir.length > 0;
      loses ||= losses.length > 0;
      said.set(machine.node, [...effects, ...losses, ...warnings]);
    } catch (error) {
      if (!signal.aborted) refused.set(machine.node, error instanceof Failed ? error.failure.message : NOT_READ);
    }
  };
  await eachBounded(machines, MOST_AT_ONCE, signal, one, () => undefined);
  signal.throwIfAborted();
  const effects = machines.flatMap(({ node }) => said.get(node) ?? []);
  return {
    effects,
    loses,
    refused,
    forecasts,
    choice: { timeoutMs: DRAIN_WITHIN_MS, consent: { unmanaged, emptyDir } },
  };
}

const NOT_READ = 'What runs on it could not be read.';

/** Empties a machine before it goes down. When its time is over the deed pauses: the user lets it wait as long again, or ends it. */
export const drainAct = (machine: Machine, drains: () => Drains, choice: DrainChoice): WorkAct => ({
  kind: 'work',
  what: 'Drains it',
  expectMs: DRAIN_MS,
  run: (tools) => drainOrStop(drains(), machine, choice, { ...tools, onPaused: (why) => waitOrStop(tools, why) }),
});

const waitOrStop = async ({ pauses }: ActTools, why: string): Promise<'wait' | 'stop'> =>
  (await pauses(why)) === 'goOn' ? 'wait' : 'stop';

/**
 * Gives it back, whatever became of it: only what this deed cordoned. Once the user waits for nothing any more it is given back as it
 * is: a node that is not ready gets no pods until it is.
 */
export const releaseAct = (machine: Machine, drains: () => Drains): WorkAct => ({
  kind: 'work',
  what: 'Gives it back to Kubernetes',
  expectMs: RELEASE_MS,
  isAlways: true,
  run: async (tools) => {
    try {
      if (!tools.signal.aborted) return await releaseOrSay(drains(), machine, READY_WITHIN_MS, tools);
    } catch (error) {
      if (!tools.signal.aborted) throw error;
    }
    return releaseOrSay(drains(), machine, 0, { ...tools, signal: AbortSignal.timeout(RELEASE_WITHIN_MS) });
  },
});
