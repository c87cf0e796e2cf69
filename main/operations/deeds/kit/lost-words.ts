import type { Machine } from '../../plans/machine.ts';
import type { Lost } from '../../storage/what-goes.ts';

const MOST_WORDS = 12;
/** Machines whose losses are written out before the rest is counted. */
const MOST_MACHINES = 5;

/** The first things of a list in a few words. */
export function lostWords(loses: readonly Lost[]): string {
  const words = loses.map(({ name, what }) => `${name} (${what})`);
  const more = words.length - MOST_WORDS;
  return [...words.slice(0, MOST_WORDS), ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

/** What a machine loses. */
export interface MachineLosses {
  readonly machine: Machine;
  readonly things: readonly Lost[];
}

/** The same as sentences for a question, a machine each. */
export function lostSentences(all: readonly MachineLosses[]): readonly string[] {
  const those = all.filter(({ things }) => things.length > 0);
  const more = those.length - MOST_MACHINES;
  return [
    ...those
      .slice(0, MOST_MACHINES)
      .map(({ machine: { name }, things }) => `Gone for good on ${name}: ${lostWords(things)}.`),
    ...(more > 0 ? [`And on ${more} more, which the plan shows.`] : []),
  ];
}
