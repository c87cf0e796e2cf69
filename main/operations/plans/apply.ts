import type { WrittenFile } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Ask } from '../confirm.ts';
import { asPlanned } from './file-basis.ts';
import type { FilePlan, ReadyStep } from './plan.ts';

/** What applying a plan needs. */
export interface Applying {
  /** Asks the user in a window of its own. */
  readonly ask: Ask;
  readonly clock: Clock;
  /** Aborted when the page that asks is gone; closes a question. */
  readonly signal: AbortSignal;
  /** Gets every file as soon as it is written, also when a later one fails. */
  readonly onWritten: (file: WrittenFile) => void;
}

/**
 * The one way a plan is carried out: everything it is based on is looked at again, then the user is asked everything, then
 * the steps are done in their order. A step that fails ends it; what was written before stays and can be undone.
 */
export async function applyPlan(plan: FilePlan, { ask, clock, signal, onWritten }: Applying): Promise<void> {
  const ready: ReadyStep[] = [];
  for (const step of plan.steps) {
    const one = await step.ready(await asPlanned(step.basis, clock));
    if (one) ready.push(one);
  }
  for (const { questions } of ready) for (const question of questions) await ask(question, signal);
  for (const { write } of ready) onWritten(await write(signal));
}
