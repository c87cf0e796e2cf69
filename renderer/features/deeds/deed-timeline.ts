import type { DeedMark } from '../../../preload/contract/index.ts';
import { formatSpan } from '../../lib/format.ts';

/** A phase of a machine, as it is drawn. */
interface DrawnPhase {
  readonly name: string;
  /** Of the width, from 1. */
  readonly share: number;
  readonly isOpen: boolean;
  /** `cleanup, 2 s: stopAllPods`. */
  readonly words: string;
}

/** An act of a deed with what the machine did meanwhile. */
interface DrawnAct {
  readonly act: DeedMark;
  readonly phases: readonly DrawnPhase[];
  readonly tookMs: number;
}

/** Acts in their order, each with the phases that began while it lasted. */
export function actsOf(marks: readonly DeedMark[], nowMs: number): readonly DrawnAct[] {
  const tookMs = ({ fromMs, toMs }: DeedMark): number => Math.max(0, (toMs ?? nowMs) - fromMs);
  const acts = marks.filter(({ kind }) => kind === 'act');
  return acts.map((act, at) => {
    const next = acts[at + 1]?.fromMs ?? Number.POSITIVE_INFINITY;
    const isIn = ({ fromMs }: DeedMark): boolean => fromMs >= act.fromMs && fromMs < next;
    const phases = marks.filter((mark) => mark.kind === 'phase' && isIn(mark));
    const longest = Math.max(1, ...phases.map(tookMs));
    return {
      act,
      tookMs: tookMs(act),
      phases: phases.map((phase) => {
        const tasks = marks.filter(
          (mark) => mark.kind === 'task' && mark.fromMs >= phase.fromMs && mark.fromMs <= (phase.toMs ?? nowMs),
        );
        const names = [...new Set(tasks.map(({ name }) => name))].slice(0, 5).join(', ');
        const words = `${phase.name}, ${formatSpan(tookMs(phase))}${names === '' ? '' : `: ${names}`}`;
        return { name: phase.name, share: 1 + (4 * tookMs(phase)) / longest, isOpen: phase.toMs === undefined, words };
      }),
    };
  });
}
