import { Value } from '../../../../../main/lib/observable.ts';
import type { DeedJournal } from '../../../../../main/operations/deeds/deed-journal.ts';
import { endings } from '../../../../../main/operations/deeds/journal-endings.ts';
import {
  lineText,
  readLine,
  tookLine,
  withLine,
  type JournalLine,
} from '../../../../../main/operations/deeds/journal-lines.ts';
import type { DeedHead, DeedOutcome, DeedTrace, Journal } from '../../../../../main/operations/plans/journal.ts';
import type { Machine } from '../../../../../main/operations/plans/machine.ts';
import type { DeedRecord, DeedSpan, DeedsState, DeedStep } from '../../../../../preload/contract/index.ts';

const NEVER = new Promise<never>(() => undefined);

/** The journal of deeds as text in memory, of which Minos may be killed at any line. Its lines are those of the real one. */
export class ModelJournal implements Journal, Pick<DeedJournal, 'state' | 'traceOf' | 'looks' | 'lookedUp'> {
  readonly now: () => number;
  readonly state = new Value<DeedsState>({ deeds: [] });
  /** Called after each line; true kills Minos right there: nobody learns that it is written. */
  isKilledAt: (line: JournalLine) => boolean = () => false;
  #text: string;
  #deeds: ReadonlyMap<string, DeedRecord> = new Map();
  #traces: ReadonlyMap<string, DeedTrace> = new Map();
  #isOver = false;
  #looking = 0;

  constructor(now: () => number, text = '') {
    this.now = now;
    this.#text = text;
    for (const source of text.split('\n')) {
      const line = readLine(source);
      if (line !== undefined) this.#learn(line);
    }
  }

  /** What the next Minos makes of it. */
  reopened(): ModelJournal {
    this.#isOver = true;
    const next = new ModelJournal(this.now, this.#text);
    for (const line of endings(next.#deeds, next.#traces, this.now())) next.#write(line);
    next.#tell();
    return next;
  }

  get deed(): DeedRecord | undefined {
    return [...this.#deeds.values()][0];
  }

  /** Machines that are looked up now. */
  get looking(): number {
    return this.#looking;
  }

  begin(head: DeedHead, machines: readonly Machine[]) {
    const [id, now] = ['deed', this.now];
    const { certificate: _certificate, ...told } = head;
    const named = machines.map(({ node, name }) => ({ node, name }));
    const step = ({ node }: Machine, parts: Pick<DeedStep, 'stage' | 'text'>) =>
      this.#note({ type: 'step', id, atMs: now(), node, ...parts });
    return this.#note({ type: 'begun', id, atMs: now(), ...told, machines: named }).then(() => ({
      id,
      prepares: (machine: Machine) => step(machine, { stage: 'preparing' }),
      asked: (machine: Machine, text?: string) =>
        step(machine, { stage: 'asked', ...(text !== undefined && { text }) }),
      tracks: (machine: Machine, text: string) => step(machine, { stage: 'tracking', text }),
      ended: (machine: Machine, outcome: DeedOutcome) => step(machine, outcome),
      took: ({ node }: Machine, spans: readonly DeedSpan[]) => {
        const line = tookLine(id, node, spans);
        return line === undefined ? Promise.resolve() : this.#note(line);
      },
      over: () => this.#note({ type: 'over', id, atMs: now() }),
    }));
  }

  traceOf(id: string): DeedTrace | undefined {
    return this.#traces.get(id);
  }

  looks(_id: string, _node: string, text: string | undefined): void {
    if (text === undefined) this.#looking -= 1;
    else if (text === 'It is being looked up.') this.#looking += 1;
  }

  async lookedUp(id: string, step: Parameters<DeedJournal['lookedUp']>[1]): Promise<void> {
    await this.#note({ type: 'step', id, atMs: this.now(), ...step });
    this.looks(id, step.node, undefined);
  }

  #note(line: JournalLine): Promise<void> {
    if (this.#isOver) return NEVER;
    this.#write(line);
    this.#tell();
    return this.isKilledAt(line) ? NEVER : Promise.resolve();
  }

  #write(line: JournalLine): void {
    this.#text += lineText(line);
    this.#learn(line);
  }

  #learn(line: JournalLine): void {
    this.#deeds = withLine(this.#deeds, line);
    if (line.type === 'begun' && line.trace !== undefined)
      this.#traces = new Map(this.#traces).set(line.id, line.trace);
  }

  #tell(): void {
    this.state.set({ deeds: [...this.#deeds.values()] });
  }
}
