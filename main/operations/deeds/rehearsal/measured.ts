import type { DeedRecord } from '../../../../preload/contract/index.ts';
import type { DeedTrace } from '../../plans/journal.ts';

/** Newest deeds that are looked at. */
const MOST_DEEDS = 10;

/** How long a machine took in deeds of before. */
export interface Measured {
  readonly medianMs: number;
  /** Machines it was measured by. */
  readonly count: number;
}

/** Which deeds are looked at: those of one kind, on one cluster. */
export interface MeasuredOf {
  readonly kind: string;
  readonly cluster: string;
  readonly traceOf: (id: string) => DeedTrace | undefined;
}

/**
 * How long a machine took, from its turn to its end, when the same kind of deed was done on the same cluster before; undefined where the
 * journal tells of none. `deeds` newest first. Deeds with several machines at a time are left out: their turns are not told apart.
 */
export function measured(deeds: readonly DeedRecord[], { kind, cluster, traceOf }: MeasuredOf): Measured | undefined {
  const alike = deeds.filter((deed) => {
    const trace = deed.isOver && deed.kind === kind ? traceOf(deed.id) : undefined;
    return trace?.cluster === cluster && Number(trace.params['workers'] ?? 1) === 1;
  });
  const took = alike
    .slice(0, MOST_DEEDS)
    .flatMap(({ atMs, steps }) =>
      steps.flatMap((step, at) => {
        const before = at === 0 ? { stage: 'done', atMs } : steps[at - 1];
        return step.stage === 'done' && before?.stage === 'done' ? [step.atMs - before.atMs] : [];
      }),
    )
    .filter((ms) => ms > 0)
    .sort((a, b) => a - b);
  const medianMs = took[took.length >> 1];
  return medianMs === undefined ? undefined : { medianMs, count: took.length };
}
