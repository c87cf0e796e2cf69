import type { Rehearsal, RehearsedMachine } from '../../../preload/contract/index.ts';
import { formatDuration, plural } from '../../lib/format.ts';

const MINUTE_MS = 60_000;

/** A machine of a rehearsal, as it is drawn. */
interface DrawnMachine {
  readonly machine: RehearsedMachine;
  /** Where its turn begins and how long it is, in percent of the whole line. */
  readonly left: number;
  readonly width: number;
  /** `after 5 min, takes about 5 min`; empty while its turn has not come. */
  readonly words: string;
}

const tookMs = ({ steps }: RehearsedMachine): number => steps.reduce((sum, { expectedMs }) => sum + expectedMs, 0);

/** Without seconds where there are minutes: nobody knows it better. */
const roughly = (ms: number): string => formatDuration(ms < MINUTE_MS ? ms : Math.round(ms / MINUTE_MS) * MINUTE_MS);

/** Machines on one line of time, as long as what is known of it. */
export function rehearsalLine({ machines }: Pick<Rehearsal, 'machines'>): readonly DrawnMachine[] {
  const wholeMs = Math.max(1, ...machines.map((machine) => (machine.fromMs ?? 0) + tookMs(machine)));
  return machines.map((machine) => {
    const { fromMs } = machine;
    if (fromMs === undefined) return { machine, left: 0, width: 0, words: '' };
    const takes = `takes about ${roughly(tookMs(machine))}`;
    return {
      machine,
      left: (100 * fromMs) / wholeMs,
      width: (100 * tookMs(machine)) / wholeMs,
      words: fromMs === 0 ? `at once, ${takes}` : `after ${roughly(fromMs)}, ${takes}`,
    };
  });
}

/** How far a rehearsal is, in a sentence. */
export function rehearsalWords({ stage, machines, simulated = 0, expectedMs, failure }: Rehearsal): string {
  if (stage === 'reading') return 'Reading how the cluster is…';
  if (stage === 'starting') return `Starting ${simulated} simulated machines…`;
  const done = machines.filter(({ state }) => state === 'done').length;
  if (stage === 'doing') return `${done} of ${machines.length} machines done on the simulated cluster…`;
  if (failure !== undefined) return `It did not come to its end: ${done} of ${machines.length} machines were done.`;
  return `It came to its end. To be expected: about ${roughly(expectedMs ?? 0)} in all.`;
}

/** What the durations of a rehearsal are taken from. */
export const basisWords = ({ measured }: Pick<Rehearsal, 'measured'>): string =>
  measured === undefined
    ? 'Durations are estimates: this cluster was not seen doing the same before.'
    : `How long steps take is the median of ${plural(measured, 'machine')} done before on this cluster; what was not seen before is estimated.`;
