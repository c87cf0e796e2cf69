import type { DeedMark, DeedSpan, LastTime } from '../../../preload/contract/index.ts';

/** What the time now is compared with. */
interface Against {
  /** How long it took the last time, ms. */
  readonly ms: number;
  /** `last time 38 s`, `38 s on worker-2`. */
  readonly words: string;
  /** It takes much longer now, so that somebody may want to look. */
  readonly isLonger: boolean;
}

/** What took no longer, then and now, is not worth a comparison. */
const WORTH_MS = 2_000;
/** So much longer than the last time, and more than a moment, is worth a look. */
const MUCH = 1.25;

/** A phase of a machine, as it is drawn. */
interface DrawnPhase {
  readonly name: string;
  /** Of the width, from 1. */
  readonly share: number;
  readonly isOpen: boolean;
  /** `cleanup, 2 s, last time 3 s: stopAllPods`. */
  readonly words: string;
}

/** An act of a deed with what the machine did meanwhile. */
interface DrawnAct {
  readonly act: DeedMark;
  readonly phases: readonly DrawnPhase[];
  readonly tookMs: number;
  readonly against: Against | undefined;
}

/** `42 s`, `1 min 12 s`. */
export function tookWords(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds} s`;
  return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
}

/** Gives each mark what it took the last time: the first of a name the first of then, the second the second. */
function againstOf({ name, spans }: LastTime): (mark: DeedMark, tookMs: number) => Against | undefined {
  const left = new Map<string, DeedSpan[]>();
  const keyOf = (one: { readonly kind: string; readonly name: string }): string => `${one.kind} ${one.name}`;
  for (const span of spans) left.set(keyOf(span), [...(left.get(keyOf(span)) ?? []), span]);
  return (mark, tookMs) => {
    const ms = left.get(keyOf(mark))?.shift()?.ms;
    if (ms === undefined || Math.max(ms, tookMs) < WORTH_MS) return undefined;
    const words = name === undefined ? `last time ${tookWords(ms)}` : `${tookWords(ms)} on ${name}`;
    return { ms, words, isLonger: tookMs > ms * MUCH && tookMs - ms > WORTH_MS };
  };
}

/** Acts in their order, each with the phases that began while it lasted; `last`: how long they took the last time. */
export function actsOf(marks: readonly DeedMark[], nowMs: number, last?: LastTime): readonly DrawnAct[] {
  const tookMs = ({ fromMs, toMs }: DeedMark): number => Math.max(0, (toMs ?? nowMs) - fromMs);
  const compared = last === undefined ? () => undefined : againstOf(last);
  const against = new Map(marks.map((mark) => [mark, mark.kind === 'task' ? undefined : compared(mark, tookMs(mark))]));
  const acts = marks.filter(({ kind }) => kind === 'act');
  return acts.map((act, at) => {
    const next = acts[at + 1]?.fromMs ?? Number.POSITIVE_INFINITY;
    const isIn = ({ fromMs }: DeedMark): boolean => fromMs >= act.fromMs && fromMs < next;
    const phases = marks.filter((mark) => mark.kind === 'phase' && isIn(mark));
    const longest = Math.max(1, ...phases.map(tookMs));
    return {
      act,
      tookMs: tookMs(act),
      against: against.get(act),
      phases: phases.map((phase) => {
        const tasks = marks.filter(
          (mark) => mark.kind === 'task' && mark.fromMs >= phase.fromMs && mark.fromMs <= (phase.toMs ?? nowMs),
        );
        const names = [...new Set(tasks.map(({ name }) => name))].slice(0, 5).join(', ');
        const before = against.get(phase);
        const took = [phase.name, tookWords(tookMs(phase)), ...(before ? [before.words] : [])].join(', ');
        const words = names === '' ? took : `${took}: ${names}`;
        return { name: phase.name, share: 1 + (4 * tookMs(phase)) / longest, isOpen: phase.toMs === undefined, words };
      }),
    };
  });
}
