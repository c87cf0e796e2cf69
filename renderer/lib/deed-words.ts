import type { DeedRecord, DeedStage } from '../../preload/contract/index.ts';
import type { Sign } from './words.ts';

/** A stage in words and as a sign. */
export const STAGES: Readonly<Record<DeedStage, { readonly words: string; readonly dot: Sign }>> = {
  waiting: { words: 'waits', dot: 'disabled' },
  preparing: { words: 'is prepared', dot: 'busy' },
  asked: { words: 'asked', dot: 'busy' },
  tracking: { words: 'under way', dot: 'busy' },
  done: { words: 'done', dot: 'ready' },
  failed: { words: 'failed', dot: 'failed' },
  maybe: { words: 'perhaps done', dot: 'unknown' },
  left: { words: 'not done', dot: 'disabled' },
};

/** How a deed ended, or how far it is. */
export function deedStage({ steps, isOver }: DeedRecord): DeedStage {
  if (!isOver) return 'asked';
  return (['maybe', 'failed', 'left'] as const).find((stage) => steps.some((step) => step.stage === stage)) ?? 'done';
}

/** `1 done, 1 not done`. */
export function deedSummary({ steps }: DeedRecord): string {
  const order: readonly DeedStage[] = ['preparing', 'asked', 'tracking', 'done', 'failed', 'maybe', 'left', 'waiting'];
  return order
    .map((stage) => ({ stage, count: steps.filter((step) => step.stage === stage).length }))
    .filter(({ count }) => count > 0)
    .map(({ stage, count }) => `${count} ${STAGES[stage].words}`)
    .join(', ');
}
