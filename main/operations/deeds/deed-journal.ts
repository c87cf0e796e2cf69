import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DeedRecord, DeedsState } from '../../../preload/contract/index.ts';
import { appendOwnFile, readOwnFile } from '../../files/own/own-file.ts';
import { replaceOwnFile } from '../../files/own/replace-own-file.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import type { Log } from '../../lib/log.ts';
import { Value, type Observable } from '../../lib/observable.ts';
import type { DeedEntry, DeedHead, DeedOutcome, Journal } from '../plans/journal.ts';
import type { Machine } from '../plans/machine.ts';
import { lineText, readLine, withLine, type JournalLine } from './journal-lines.ts';

/** Most of the file that is read; above half of it, old deeds are left out when Minos starts. */
const MOST_BYTES = 8 * 1024 * 1024;
/** Deeds that are kept, the newest, and for how long. */
const MOST_DEEDS = 500;
const KEEP_MS = 400 * 24 * 3_600_000;

const ENDED_BEFORE =
  'Minos ended before the answer came. It may have been carried out: look at the machine before it is repeated.';

/** What a {@link DeedJournal} works with. */
export interface DeedJournalOptions {
  /** The file, in Minos's own folder. */
  readonly path: string;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * What was done to clusters, written to the disk before it is done and again when it is: one line per event, each forced to
 * the disk. What stands there as asked when Minos starts may have been carried out; it is never asked again by itself.
 */
export class DeedJournal implements Journal {
  readonly #options: DeedJournalOptions;
  readonly #state = new Value<DeedsState>({ deeds: [] });
  #deeds: ReadonlyMap<string, DeedRecord> = new Map();
  #writing: Promise<unknown> = Promise.resolve();
  #loaded: Promise<void> | undefined;

  constructor(options: DeedJournalOptions) {
    this.#options = options;
  }

  get state(): Observable<DeedsState> {
    return this.#state;
  }

  /** Reads what was done before, once. Never rejects: what cannot be read is said in the state, and no deed is begun. */
  load(): Promise<void> {
    return (this.#loaded ??= this.#load());
  }

  async begin(head: DeedHead, machines: readonly Machine[]): Promise<DeedEntry> {
    await this.load();
    const { problem } = this.#state.current;
    if (problem !== undefined) throw noJournal(problem);
    const id = randomUUID();
    const { certificate, ...told } = head;
    const begun = { ...told, ...(certificate !== undefined && { certificate }) };
    const named = machines.map(({ node, name }) => ({ node, name }));
    await this.#write({ type: 'begun', id, atMs: this.#now, ...begun, machines: named });
    return {
      asked: ({ node }) => this.#write({ type: 'step', id, atMs: this.#now, node, stage: 'asked' }),
      ended: ({ node }, outcome) => this.#note({ type: 'step', id, atMs: this.#now, node, ...ending(outcome) }),
      over: () => this.#note({ type: 'over', id, atMs: this.#now }),
    };
  }

  get #now(): number {
    return Math.max(0, Math.round(this.#options.clock.now()));
  }

  async #load(): Promise<void> {
    const { path, log } = this.#options;
    try {
      const text = (await readOwnFile(path, MOST_BYTES)).toString('utf8');
      for (const source of text.split('\n')) {
        const line = readLine(source);
        if (line !== undefined) this.#deeds = withLine(this.#deeds, line);
      }
      this.#deeds = closed(this.#deeds, this.#now);
      if (text.length > MOST_BYTES / 2) await replaceOwnFile(path, this.#kept());
      this.#publish();
    } catch (error) {
      if (error instanceof Failed && error.failure.code === 'file-missing') return;
      log.write('error', 'the journal of deeds cannot be read', { error });
      const why = error instanceof Failed ? error.failure.message : 'it cannot be read.';
      this.#state.set({ deeds: [], problem: `The journal of what was done to clusters: ${why}` });
    }
  }

  /** The newest deeds as lines. */
  #kept(): string {
    const since = this.#now - KEEP_MS;
    const newest = [...this.#deeds.values()].filter(({ atMs }) => atMs >= since).slice(-MOST_DEEDS);
    this.#deeds = new Map(newest.map((deed) => [deed.id, deed]));
    return newest.flatMap(linesOf).map(lineText).join('');
  }

  /** Writes a line, forced to the disk, and tells of it. Throws Failed; then nothing is told. */
  #write(line: JournalLine): Promise<void> {
    const done = this.#writing.then(async () => {
      try {
        await mkdir(dirname(this.#options.path), { recursive: true, mode: 0o700 });
        await appendOwnFile(this.#options.path, lineText(line));
      } catch (error) {
        throw error instanceof Failed ? error : noJournal(error instanceof Error ? error.message : String(error));
      }
      this.#take(line);
    });
    this.#writing = done.catch(() => undefined);
    return done;
  }

  /** As {@link #write}, of what happened already: told also when the disk refuses it. */
  async #note(line: JournalLine): Promise<void> {
    try {
      await this.#write(line);
    } catch (error) {
      this.#options.log.write('error', 'what came of a deed could not be written down', { error });
      this.#take(line);
    }
  }

  #take(line: JournalLine): void {
    this.#deeds = withLine(this.#deeds, line);
    this.#publish();
  }

  #publish(): void {
    this.#state.set({ deeds: [...this.#deeds.values()].reverse().slice(0, MOST_DEEDS) });
  }
}

const ending = ({ stage, text }: DeedOutcome) => ({ stage, ...(text !== undefined && { text }) });

/** Deeds of a Minos that ended in the middle of them. */
function closed(deeds: ReadonlyMap<string, DeedRecord>, atMs: number): ReadonlyMap<string, DeedRecord> {
  let all = deeds;
  for (const { id, isOver, steps } of deeds.values()) {
    if (isOver) continue;
    for (const { node, stage } of steps) {
      if (stage === 'asked') all = withLine(all, { type: 'step', id, atMs, node, stage: 'maybe', text: ENDED_BEFORE });
    }
    all = withLine(all, { type: 'over', id, atMs });
  }
  return all;
}

/** A deed that is over, as it would be written anew. */
function linesOf({ steps, isOver: _over, ...head }: DeedRecord): readonly JournalLine[] {
  const { id } = head;
  const machines = steps.map(({ node, name }) => ({ node, name }));
  return [
    { type: 'begun', ...head, machines },
    ...steps.map(({ name: _name, ...step }): JournalLine => ({ type: 'step', id, ...step })),
    { type: 'over', id, atMs: head.atMs },
  ];
}

const noJournal = (why: string): Failed =>
  new Failed({
    code: 'precondition',
    message: `It cannot be written down what is done, so nothing is done: ${why}`,
    hint: 'Free space on the disk, or make the folder of Minos writable.',
    retry: 'safe',
  });
