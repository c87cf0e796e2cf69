import type { DeedRecord, DeedStage } from '../../../preload/contract/index.ts';
import type { DeedTrace } from '../plans/journal.ts';
import type { JournalLine } from './journal-lines.ts';

const ENDED_BEFORE =
  'Minos ended before the answer came. It may have been carried out: look at the machine before it is repeated.';

/** What is to be said of a machine that Minos ended with. */
const LEFT_AT: Readonly<Partial<Record<DeedStage, string>>> = {
  preparing: 'Minos ended before it was asked. If it was being drained, it may still be cordoned.',
  asked: ENDED_BEFORE,
  tracking: 'It was asked, and Minos ended before it was over: look at the machine before it is repeated.',
};

/** What is to be said of deeds of a Minos that ended in the middle of them. What can be looked up is wanted to be. */
export function endings(
  deeds: ReadonlyMap<string, DeedRecord>,
  traces: ReadonlyMap<string, DeedTrace>,
  atMs: number,
): readonly JournalLine[] {
  return [...deeds.values()].flatMap(({ id, isOver, steps }): readonly JournalLine[] => {
    const left = steps.flatMap(({ node, stage }): readonly JournalLine[] => {
      const text = LEFT_AT[stage];
      if (text === undefined) return [];
      const ended = stage === 'preparing' ? ('left' as const) : ('maybe' as const);
      return [{ type: 'step', id, atMs, node, stage: ended, text, ...wantedFor(traces.get(id), node) }];
    });
    // Also of one that is over: what came of a machine may be the line that a full disk cut.
    return isOver ? left : [...left, { type: 'over', id, atMs }];
  });
}

/** That a machine is to be looked up, where the journal has by what. */
export const wantedFor = (trace: DeedTrace | undefined, node: string): { readonly lookUp?: 'wanted' } =>
  trace?.machines[node] === undefined ? {} : { lookUp: 'wanted' };
