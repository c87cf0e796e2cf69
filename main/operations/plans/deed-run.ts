import type {
  DeedChoice,
  DeedMark,
  DeedOffer,
  DeedProgress,
  DeedSpan,
  LastTime,
  MachineProgress,
} from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import { pause } from '../../lib/pause.ts';
import type { Machine } from './machine.ts';

/** Marks that are kept of a machine. */
const MOST_MARKS = 200;
/** Of a text that a machine told. */
const MOST_TEXT = 500;
/** What comes within it is told together: all of it goes to the page, so that what is long is told less often. */
const TELL_MS = 100;
const MARKS_PER_MS = 20;
const MOST_TELL_MS = 2_000;

/** What a {@link DeedRun} is made of. */
export interface DeedRunOptions {
  /** Of the deed in the journal. */
  readonly id: string;
  readonly deed: string;
  readonly machines: readonly Machine[];
  readonly clock: Clock;
  /** How long its parts took the last time, by node. */
  readonly last?: ReadonlyMap<string, LastTime> | undefined;
  /** Called some moments after something changed. */
  readonly onChange: () => void;
}

/** A deed while it is under way: how far each machine is, and what the user wants of the rest. */
export class DeedRun {
  readonly id: string;
  readonly #options: DeedRunOptions;
  readonly #machines: Map<string, MachineProgress>;
  readonly #left = new AbortController();
  readonly #waiting = new Set<() => void>();
  /** What takes the choice of a machine whose user may choose. */
  readonly #choosing = new Map<string, (choice: DeedChoice) => void>();
  #isPaused = false;
  #why: string | undefined;
  #isStopping = false;
  #isTelling = false;

  constructor(options: DeedRunOptions) {
    this.#options = options;
    this.id = options.id;
    this.#machines = new Map(options.machines.map(({ node }) => [node, { node, state: 'waiting', marks: [] }]));
  }

  get progress(): DeedProgress {
    const { id, deed } = this.#options;
    const why = this.#why === undefined ? {} : { why: this.#why };
    const machines = [...this.#machines.values()].map((machine) => this.#compared(machine));
    return { id, deed, isPaused: this.#isPaused, ...why, isStopping: this.#isStopping, machines };
  }

  /** Aborts when nobody waits for what is under way any more. */
  get signal(): AbortSignal {
    return this.#left.signal;
  }

  get isStopping(): boolean {
    return this.#isStopping;
  }

  isSkipped({ node }: Machine): boolean {
    return this.#machines.get(node)?.state === 'skipped';
  }

  /** Begins no further machine until {@link resume}. `why`: it pauses by itself. */
  pause(why?: string): void {
    if (this.#isStopping) return;
    this.#isPaused = true;
    this.#why = why ?? this.#why;
    this.#changed();
  }

  resume(): void {
    this.#isPaused = false;
    this.#why = undefined;
    this.#goOn();
  }

  /** Begins no further machine. */
  stop(): void {
    this.#isStopping = true;
    this.#isPaused = false;
    this.#why = undefined;
    this.#goOn();
  }

  /** Stops, and waits for nothing that is under way. */
  leave(): void {
    this.stop();
    this.#left.abort(new Failed({ code: 'cancelled', message: 'You stopped watching it; it may still be under way.' }));
  }

  /** Leaves a machine out. Throws Failed `conflict` when it is not waiting any more. */
  skip(node: string): void {
    if (this.#machines.get(node)?.state !== 'waiting') {
      throw new Failed({ code: 'conflict', message: 'It is not waiting any more, so it cannot be left out.' });
    }
    this.#set(node, { state: 'skipped' });
  }

  /** Lets the user choose, see {@link ActTools.offers}. */
  async offer({ node }: Machine, offer: DeedOffer): Promise<DeedChoice | undefined> {
    const { clock } = this.#options;
    let chosen: DeedChoice | undefined;
    await pause(clock, Math.max(0, offer.untilMs - clock.now()), this.signal, (goOn) => {
      this.#choosing.set(node, (choice) => {
        chosen = choice;
        goOn();
      });
      this.#set(node, { offer });
    });
    this.#choosing.delete(node);
    this.#set(node, {});
    return chosen;
  }

  /** The user chose, of what is offered for a machine. Throws Failed `conflict` when nothing is any more. */
  choose(node: string, choice: DeedChoice): void {
    const take = this.#choosing.get(node);
    if (take === undefined) {
      throw new Failed({ code: 'conflict', message: 'It is too late for that: nothing is to be chosen any more.' });
    }
    take(choice);
  }

  /** Resolves when the next machine may be begun, and when it stops. */
  async mayGoOn(): Promise<void> {
    while (this.#isPaused) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  begins({ node }: Machine): void {
    this.#set(node, { state: 'doing' });
  }

  /** An act of the deed begins on a machine; the one before it ended. */
  act({ node }: Machine, name: string): void {
    const atMs = this.#now;
    const ended = this.#marksOf(node).map((mark) => (mark.toMs === undefined ? { ...mark, toMs: atMs } : mark));
    this.#set(node, { marks: bounded([...ended, { kind: 'act', name, fromMs: atMs }]) });
  }

  /** A phase or task of the machine begins or ends. */
  mark({ node }: Machine, kind: 'phase' | 'task', name: string, isEnd: boolean): void {
    const marks = this.#marksOf(node);
    const isOpen = (mark: DeedMark): boolean =>
      mark.kind === kind && mark.toMs === undefined && mark.name === name.slice(0, MOST_TEXT);
    const open = marks.find(isOpen);
    if (isEnd) {
      if (open === undefined) return;
      const toMs = this.#now;
      this.#set(node, { marks: marks.map((mark) => (mark === open ? { ...mark, toMs } : mark)) });
    } else if (open === undefined) {
      this.#set(node, { marks: bounded([...marks, { kind, name: name.slice(0, MOST_TEXT), fromMs: this.#now }]) });
    }
  }

  tell({ node }: Machine, text: string): void {
    this.#set(node, { told: text.slice(0, MOST_TEXT) });
  }

  ends({ node }: Machine): void {
    const toMs = this.#now;
    const marks = this.#marksOf(node).map((mark) => (mark.toMs === undefined ? { ...mark, toMs } : mark));
    this.#set(node, { state: 'over', marks });
  }

  /** How long each act took until now, and each phase that ended. */
  spansOf({ node }: Machine): readonly DeedSpan[] {
    const now = this.#now;
    return this.#marksOf(node).flatMap(({ kind, name, fromMs, toMs = kind === 'act' ? now : undefined }) =>
      kind === 'task' || toMs === undefined ? [] : [{ kind, name, ms: Math.max(0, Math.round(toMs - fromMs)) }],
    );
  }

  /** Only of what is being done: all of it goes to the page again and again. */
  #compared(machine: MachineProgress): MachineProgress {
    const last = machine.state === 'doing' ? this.#options.last?.get(machine.node) : undefined;
    return last === undefined ? machine : { ...machine, last };
  }

  get #now(): number {
    return this.#options.clock.now();
  }

  #marksOf(node: string): readonly DeedMark[] {
    return this.#machines.get(node)?.marks ?? [];
  }

  #set(node: string, parts: Partial<MachineProgress>): void {
    const known = this.#machines.get(node);
    if (known === undefined) return;
    const { offer, ...rest } = known;
    const offered = offer !== undefined && this.#choosing.has(node) ? { offer } : {};
    this.#machines.set(node, { ...rest, ...offered, ...parts });
    this.#changed();
  }

  #goOn(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
    this.#changed();
  }

  #changed(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    const marks = [...this.#machines.values()].reduce((sum, machine) => sum + machine.marks.length, 0);
    this.#options.clock.after(Math.min(MOST_TELL_MS, TELL_MS + marks / MARKS_PER_MS), () => {
      this.#isTelling = false;
      this.#options.onChange();
    });
  }
}

/** The newest, and all acts: those are few. */
function bounded(marks: readonly DeedMark[]): readonly DeedMark[] {
  const tooMany = marks.length - MOST_MARKS;
  if (tooMany <= 0) return marks;
  const oldest = marks.findIndex(({ kind }) => kind !== 'act');
  return marks.filter((_mark, at) => at !== Math.max(0, oldest));
}
