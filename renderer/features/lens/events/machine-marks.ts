import type { TimeLane, TimeMark } from '../../../components/chart/time-marks.ts';
import type { TimedEvent } from './node-events.svelte.ts';

/** The rows of a machine's time line. */
export const MACHINE_LANES: readonly TimeLane[] = [
  { id: 'stage', label: 'Stage' },
  { id: 'sequence', label: 'Sequence' },
  { id: 'phase', label: 'Phase' },
  { id: 'service', label: 'Services' },
];

/** Stages in which a machine is as it should be. */
const WELL = new Set(['RUNNING', 'running']);

/**
 * What a machine went through: each stage until the next one, each sequence and phase from START to STOP, services where they failed or
 * came up. The id of a mark is that of the event it begins with. What has not ended has no `toMs`.
 */
export function machineMarks(events: readonly TimedEvent[]): readonly TimeMark[] {
  const marks: TimeMark[] = [];
  const open = new Map<string, number>();
  const begin = (lane: string, key: string, mark: TimeMark): void => {
    open.set(`${lane} ${key}`, marks.push(mark) - 1);
  };
  const end = (lane: string, key: string, atMs: number, isBad = false): void => {
    const at = open.get(`${lane} ${key}`);
    const mark = at === undefined ? undefined : marks[at];
    if (at === undefined || !mark) return;
    marks[at] = { ...mark, toMs: atMs, ...(isBad && { tone: 'bad' as const }) };
    open.delete(`${lane} ${key}`);
  };
  for (const { atMs, event } of events) {
    const { id, kind, subject, action, isError } = event;
    if (kind === 'machine-status') {
      if (marks[open.get('stage ') ?? -1]?.label === subject) continue;
      end('stage', '', atMs);
      begin('stage', '', {
        id,
        lane: 'stage',
        fromMs: atMs,
        tone: WELL.has(subject) ? 'info' : 'warn',
        label: subject,
      });
    } else if (kind === 'sequence' || kind === 'phase') {
      if (action === 'START') begin(kind, subject, { id, lane: kind, fromMs: atMs, tone: 'info', label: subject });
      else end(kind, subject, atMs, isError);
    } else if (kind === 'service') {
      const tone = isError ? 'bad' : 'info';
      marks.push({ id, lane: 'service', fromMs: atMs, toMs: atMs, tone, label: `${subject} ${action}` });
    }
  }
  return marks;
}

/** From when to when the last start of the machine is seen whole: until it ran, and a little more. Undefined when none is told of. */
export function lastStart(
  events: readonly TimedEvent[],
): { readonly fromMs: number; readonly toMs: number } | undefined {
  const isStart = ({ event: { kind, subject, action } }: TimedEvent): boolean =>
    kind === 'sequence' && action === 'START' && (subject === 'initialize' || subject === 'boot');
  const boot = events.findLastIndex((each) => isStart(each) && each.event.subject === 'boot');
  const first = events.slice(0, boot).findLast((each) => isStart(each) && each.event.subject === 'initialize');
  const begun = boot < 0 ? events.findLast(isStart) : (first ?? events[boot]);
  if (!begun) return undefined;
  const after = events.filter(({ atMs }) => atMs >= begun.atMs);
  const ran = after.find(
    ({ event: { kind, subject, action } }) => kind === 'sequence' && subject === 'boot' && action === 'STOP',
  );
  const endMs = (ran ?? after.at(-1) ?? begun).atMs;
  const spareMs = Math.max(5_000, (endMs - begun.atMs) * 0.1);
  return { fromMs: begun.atMs - spareMs, toMs: endMs + spareMs };
}
