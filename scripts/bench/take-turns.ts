import type { Measure, Subject } from './measure.ts';

/** All samples of one figure for one checkout, in the order they were taken. */
export type Samples = readonly number[];

/** Samples of one measure: `[checkout][figure]`. */
export type Taken = readonly (readonly Samples[])[];

/**
 * Takes samples in rounds, one of every checkout in each, and starts every round with the next one: what the machine does
 * meanwhile, and whatever comes first or last, falls on all of them alike.
 */
export async function takeTurns(
  measure: Pick<Measure, 'figures' | 'sample'>,
  subjects: readonly Subject[],
  rounds: number,
  onRound: (round: number) => void = () => undefined,
): Promise<Taken> {
  const taken = subjects.map(() => measure.figures.map((): number[] => []));
  for (let round = 0; round < rounds; round += 1) {
    onRound(round);
    for (let turn = 0; turn < subjects.length; turn += 1) {
      const index = (turn + round) % subjects.length;
      const subject = subjects[index];
      if (subject === undefined) continue;
      const values = await measure.sample(subject);
      if (values.length !== measure.figures.length) throw new Error('a sample has another number of figures');
      values.forEach((value, figure) => taken[index]?.[figure]?.push(value));
    }
  }
  return taken;
}
