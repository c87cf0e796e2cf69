import type { LensEvent } from '../../../../preload/contract/index.ts';
import type { LensHeldEvent } from '../../../lens/protocol.ts';

/** Something of machined that takes time: a sequence, one of its phases, or a task of a phase. */
export interface EventStep {
  readonly what: 'step';
  /** Unique within a timeline, and the same for as long as it grows. */
  readonly key: string;
  readonly kind: 'sequence' | 'phase' | 'task';
  readonly name: string;
  /** Missing for one that ended without our having seen it begin. */
  startMs?: number;
  endMs?: number;
  /**
   * `cut`: the next one of its kind began without its having ended, as after the last phase of a reboot, at whose end the
   * machine is off.
   */
  state: 'running' | 'done' | 'failed' | 'cut';
  /** Why it failed. */
  error?: string;
  /** The line of its first event. */
  readonly line: number;
  readonly children: EventNode[];
}

/** Anything else that was told, at its place among the steps. */
export interface EventNote {
  readonly what: 'note';
  readonly key: string;
  readonly atMs: number;
  readonly line: number;
  readonly event: LensEvent;
}

/** A line of a timeline. */
export type EventNode = EventStep | EventNote;

/** The events of one source. */
export interface Timeline {
  readonly source: number;
  readonly roots: readonly EventNode[];
}

const RANK = { sequence: 0, phase: 1, task: 2 } as const;

const isStep = (kind: LensEvent['kind']): kind is EventStep['kind'] => Object.hasOwn(RANK, kind);

/** What is open at one source while its events are read. */
class Reading {
  readonly roots: EventNode[] = [];
  #open: EventStep[] = [];

  take({ line, timeMs, event }: LensHeldEvent): void {
    const { kind, subject } = event;
    if (!isStep(kind)) this.#place().push({ what: 'note', key: event.id, atMs: timeMs, line, event });
    else if (event.action === 'START') this.#begin(kind, event, timeMs, line);
    else this.#end(kind, subject, event, timeMs, line);
  }

  /** Where what is told now belongs: into the phase that is open, else the sequence. Tasks are leaves. */
  #place(): EventNode[] {
    return this.#open.findLast(({ kind }) => kind !== 'task')?.children ?? this.roots;
  }

  #begin(kind: EventStep['kind'], event: LensEvent, atMs: number, line: number): void {
    // Tasks of one phase run side by side; of sequences and phases one follows the other.
    const isOver = (step: EventStep): boolean =>
      kind === 'task' ? step.kind === 'task' && step.name === event.subject : RANK[step.kind] >= RANK[kind];
    for (const step of this.#open.filter(isOver)) step.state = 'cut';
    this.#open = this.#open.filter((step) => !isOver(step));
    const step: EventStep = {
      ...{ what: 'step', key: event.id, kind, name: event.subject, startMs: atMs, line, children: [] },
      state: 'running',
    };
    this.#place().push(step);
    this.#open.push(step);
  }

  #end(kind: EventStep['kind'], name: string, event: LensEvent, atMs: number, line: number): void {
    const begun = this.#open.findLast((step) => step.kind === kind && step.name === name);
    const step: EventStep = begun ?? {
      ...{ what: 'step', key: event.id, kind, name, line, children: [] },
      state: 'done',
    };
    step.endMs = atMs;
    step.state = event.isError ? 'failed' : 'done';
    if (event.isError) step.error = event.message;
    if (!begun) return void this.#place().push(step);
    // What is still open inside has no end of its own.
    const inside = this.#open.slice(this.#open.indexOf(step) + 1).filter((each) => RANK[each.kind] > RANK[kind]);
    for (const each of inside) each.state = 'cut';
    this.#open = this.#open.filter((each) => each !== step && !inside.includes(each));
  }
}

/**
 * Events as a timeline per source: sequences hold their phases, phases their tasks, and all else stands where it was told.
 * Of each source they come in the order of their ids; sources stand as they first appear.
 */
export function eventTimelines(events: Iterable<LensHeldEvent>): readonly Timeline[] {
  const readings = new Map<number, Reading>();
  for (const held of events) {
    const known = readings.get(held.source);
    const reading = known ?? new Reading();
    if (!known) readings.set(held.source, reading);
    reading.take(held);
  }
  return [...readings].map(([source, { roots }]) => ({ source, roots }));
}

/** A line of the tree that is drawn: as deep as it stands, and whether it can be opened. */
export interface TreeLine {
  readonly node: EventNode;
  readonly depth: number;
  readonly isOpen: boolean | undefined;
  readonly position: number;
  readonly siblings: number;
}

/** The lines of a timeline in the order they are drawn; steps that `isClosed` names hide what they hold. */
export function treeLines(roots: readonly EventNode[], isClosed: (key: string) => boolean): readonly TreeLine[] {
  const lines: TreeLine[] = [];
  const walk = (nodes: readonly EventNode[], depth: number): void => {
    for (const [index, node] of nodes.entries()) {
      const children = node.what === 'step' ? node.children : [];
      const isOpen = children.length === 0 ? undefined : !isClosed(node.key);
      lines.push({ node, depth, isOpen, position: index + 1, siblings: nodes.length });
      if (isOpen === true) walk(children, depth + 1);
    }
  };
  walk(roots, 0);
  return lines;
}
