import type { DrainResult } from '../../../kubernetes/drain/drain-node.ts';
import type { ReleaseResult } from '../../../kubernetes/drain/release-node.ts';
import { Failed } from '../../../lib/failed.ts';
import type { Machine } from '../../plans/machine.ts';
import type { DrainChoice, Drains, Watched } from './drains.ts';

/** A drain whose time is over. */
type PausedDrain = Extract<DrainResult, { readonly kind: 'paused' }>;

/** Asks the user what to do: wait as long again, or stop here. `why` names pods and budgets. */
export type OnPausedDrain = (why: string) => Promise<'wait' | 'stop'>;

/**
 * Drains a machine and says how that ended. A drain that times out is asked about; never is anything deleted past a budget.
 * Throws Failed `precondition` with what is still there when it is to stop, and what {@link Drains.drain} throws.
 */
export async function drainOrStop(
  drains: Drains,
  machine: Machine,
  choice: DrainChoice,
  { onPaused, ...watched }: Watched & { readonly onPaused: OnPausedDrain },
): Promise<string> {
  for (;;) {
    const result = await drains.drain(machine, choice, watched);
    if (result.kind === 'drained') return result.pods === 1 ? '1 pod left it.' : `${result.pods} pods left it.`;
    const why = `${result.why} ${heldBy(result)}`.trim();
    if ((await onPaused(why)) === 'wait') continue;
    throw new Failed({
      code: 'precondition',
      message: why,
      details: result.held.map(({ pod, why }) => `${pod}: ${why}`).join('\n'),
      where: { node: machine.node },
      retry: 'safe',
    });
  }
}

/** The budgets that hold pods, by name. */
function heldBy({ held }: PausedDrain): string {
  const budgets = [...new Set(held.flatMap(({ budget }) => budget ?? []))];
  if (budgets.length === 0) return '';
  return `Held by ${budgets.length === 1 ? 'the budget' : 'the budgets'} ${budgets.join(', ')}.`;
}

/**
 * Gives a machine back to Kubernetes, also after a failure; undefined when it was not drained. Throws Failed `precondition` when it
 * stays cordoned, and what {@link Drains.release} throws, in words that say so as well.
 */
export async function releaseOrSay(
  drains: Drains,
  machine: Machine,
  readyWithinMs: number,
  watched: Watched,
): Promise<string | undefined> {
  const result = await drains.release(machine, { readyWithinMs }, watched).catch((error: unknown): never => {
    if (!(error instanceof Failed)) throw error;
    const message = `${error.failure.message} ${machine.name} may still be cordoned: kubectl uncordon gives it back.`;
    throw new Failed({ ...error.failure, message }, error);
  });
  if (result === undefined) return undefined;
  if (result.kind !== 'not-ready') return WORDS[result.kind];
  throw new Failed({
    code: 'precondition',
    message: result.why,
    hint: 'The log of its kubelet says why. kubectl uncordon gives it back.',
    where: { node: machine.node },
  });
}

const WORDS: Readonly<Record<Exclude<ReleaseResult['kind'], 'not-ready'>, string>> = {
  released: 'Kubernetes puts pods on it again.',
  'not-cordoned': 'Kubernetes puts pods on it.',
  'not-ours': 'It was cordoned by somebody else, and stays so.',
  'no-node': 'Kubernetes does not know it any more.',
};
