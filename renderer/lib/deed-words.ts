import {
  undoneSteps,
  unseenSteps,
  type DeedRecord,
  type DeedStage,
  type DeedStep,
} from '../../preload/contract/index.ts';
import type { Sign } from './words.ts';

/** A stage in words and as a sign. */
const STAGES: Readonly<Record<DeedStage, { readonly words: string; readonly dot: Sign }>> = {
  waiting: { words: 'waiting', dot: 'disabled' },
  preparing: { words: 'is prepared', dot: 'busy' },
  asked: { words: 'asked', dot: 'busy' },
  tracking: { words: 'under way', dot: 'busy' },
  done: { words: 'done', dot: 'ready' },
  failed: { words: 'failed', dot: 'failed' },
  maybe: { words: 'perhaps done', dot: 'unknown' },
  left: { words: 'not done', dot: 'disabled' },
};

const LOOKED_UP: (typeof STAGES)[DeedStage] = { words: 'being looked up', dot: 'busy' };

/** How far a deed is on a machine, in words and as a sign. */
export const stepSign = ({ stage, looking }: DeedStep): (typeof STAGES)[DeedStage] =>
  looking === undefined ? STAGES[stage] : LOOKED_UP;

/** How a deed ended, or how far it is. */
export function deedSign({ steps, isOver }: DeedRecord): (typeof STAGES)[DeedStage] {
  if (steps.some(({ looking }) => looking !== undefined)) return LOOKED_UP;
  if (!isOver) return STAGES.asked;
  const worst = (['maybe', 'failed', 'left'] as const).find((stage) => steps.some((step) => step.stage === stage));
  return STAGES[worst ?? 'done'];
}

/** `1 done, 1 not done`. */
export function deedSummary({ steps }: DeedRecord): string {
  const order: readonly DeedStage[] = ['preparing', 'asked', 'tracking', 'done', 'failed', 'maybe', 'left', 'waiting'];
  return [LOOKED_UP, ...order.map((stage) => STAGES[stage])]
    .map((sign) => ({ sign, count: steps.filter((step) => stepSign(step) === sign).length }))
    .filter(({ count }) => count > 0)
    .map(({ sign, count }) => `${count} ${sign.words}`)
    .join(', ');
}

/** Machines of which nobody saw what came, and which are not looked up now. */
export const unseenCount = (deed: DeedRecord): number =>
  unseenSteps(deed).filter(({ looking }) => looking === undefined).length;

/** Machines where it was certainly not done, and may be planned anew. */
export const restCount = (deed: DeedRecord): number => (deed.kind === undefined ? 0 : undoneSteps(deed).length);
