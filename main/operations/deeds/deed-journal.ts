import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  KEEP_DAYS,
  KEEP_DAYS_FIRST,
  type DeedRecord,
  type DeedStage,
  type DeedsState,
  type KeepDays,
} from '../../../preload/contract/index.ts';
import type { SettingsFile } from '../../files/settings.ts';
import { appendOwnFile, readOwnFile } from '../../files/own/own-file.ts';
import { replaceOwnFile } from '../../files/own/replace-own-file.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import type { Log } from '../../lib/log.ts';
import { Value, type Observable } from '../../lib/observable.ts';
import type { DeedEntry, DeedHead, DeedOutcome, Journal } from '../plans/journal.ts';
import type { Machine } from '../plans/machine.ts';
import { lineText, readLine, withLine, type JournalLine } from './journal-lines.ts';

/** Most of the file that is read. */
const MOST_BYTES = 8 * 1024 * 1024;
/** Above so much, the file is written anew with its newest deeds: not more than a quarter of it. */
const LARGE_BYTES = MOST_BYTES / 2;
const KEPT_BYTES = LARGE_BYTES / 4;
/** Deeds that are kept, the newest. */
const MOST_DEEDS = 500;
const DAY_MS = 24 * 3_600_000;

const ENDED_BEFORE =
  'Minos ended before the answer came. It may have been carried out: look at the machine before it is repeated.';

/** What is to be said of a machine that Minos ended with. */
const LEFT_AT: Readonly<Partial<Record<DeedStage, string>>> = {
  preparing: 'Minos ended before it was asked. If it was being drained, it may still be cordoned.',
  asked: ENDED_BEFORE,
  tracking: 'It was asked, and Minos ended before it was over: look at the machine before it is repeated.',
};

/** What a {@link DeedJournal} works with. */
export interface DeedJournalOptions {
  /** The file, in Minos's own folder. */
  readonly path: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Pick<SettingsFile, 'read' | 'update'>;
}

/**
 * What was done to clusters, written to the disk before it is done and again when it is: one line per event, each forced to
 * the disk. What stands there as asked when Minos starts may have been carried out; it is never asked again by itself.
 */
export class DeedJournal implements Journal {
  readonly #options: DeedJournalOptions;
  readonly #state = new Value<DeedsState>({});
  #deeds: ReadonlyMap<string, DeedRecord> = new Map();
  #writing: Promise<unknown> = Promise.resolve();
  /** Of the file. */
  #bytes = 0;
  /** The file may end within a line: a crash or a full disk cut it. */
  #isTorn = false;
  #loaded: Promise<void> | undefined;
  #keepDays: KeepDays = KEEP_DAYS_FIRST;
  /** Why it cannot be read, a sentence: nothing is written to it then. */
  #problem: string | undefined;

  constructor(options: DeedJournalOptions) {
    this.#options = options;
  }

  get state(): Observable<DeedsState> {
    return this.#state;
  }

  /** The state, which is read now if it was not yet. */
  watched(): Observable<DeedsState> {
    void this.load();
    return this.#state;
  }

  /** Reads what was done before, once. Never rejects: what cannot be read is said in the state, and no deed is begun. */
  load(): Promise<void> {
    return (this.#loaded ??= this.#load());
  }

  /** For how long deeds are kept from now on; older ones are forgotten at once. Throws Failed when the settings cannot be written. */
  async keepFor(days: KeepDays): Promise<void> {
    await this.load();
    await this.#options.settings.update((settings) => ({ ...settings, deedKeepDays: days }));
    this.#keepDays = days;
    await this.#shorten();
    this.#publish();
  }

  async begin(head: DeedHead, machines: readonly Machine[]): Promise<DeedEntry> {
    await this.load();
    if (this.#problem !== undefined) throw noJournal(this.#problem);
    const id = randomUUID();
    const { certificate, ...told } = head;
    const begun = { ...told, ...(certificate !== undefined && { certificate }) };
    const named = machines.map(({ node, name }) => ({ node, name }));
    await this.#write({ type: 'begun', id, atMs: this.#now, ...begun, machines: named });
    return {
      id,
      prepares: ({ node }) => this.#note({ type: 'step', id, atMs: this.#now, node, stage: 'preparing' }),
      asked: ({ node }, what) => {
        const text = what === undefined ? {} : { text: what };
        return this.#write({ type: 'step', id, atMs: this.#now, node, stage: 'asked', ...text });
      },
      tracks: ({ node }, text) => this.#note({ type: 'step', id, atMs: this.#now, node, stage: 'tracking', text }),
      ended: ({ node }, outcome) => this.#note({ type: 'step', id, atMs: this.#now, node, ...ending(outcome) }),
      over: async () => {
        await this.#note({ type: 'over', id, atMs: this.#now });
        await this.#shorten();
      },
    };
  }

  get #now(): number {
    return Math.max(0, Math.round(this.#options.clock.now()));
  }

  async #load(): Promise<void> {
    const { path, log, settings } = this.#options;
    try {
      // Settings that cannot be read are told elsewhere.
      this.#keepDays = isKeepDays(
        await settings.read().then(
          ({ deedKeepDays }) => deedKeepDays,
          () => undefined,
        ),
      );
      const text = (await readOwnFile(path, MOST_BYTES)).toString('utf8');
      for (const source of text.split('\n')) {
        const line = readLine(source);
        if (line !== undefined) this.#deeds = withLine(this.#deeds, line);
      }
      this.#bytes = Buffer.byteLength(text);
      this.#isTorn = text !== '' && !text.endsWith('\n');
      this.#publish();
      for (const line of endings(this.#deeds, this.#now)) await this.#note(line);
      await this.#shorten();
    } catch (error) {
      if (error instanceof Failed && error.failure.code === 'file-missing') return this.#publish();
      log.write('error', 'the journal of deeds cannot be read', { error });
      const why = error instanceof Failed ? error.failure.message : 'it cannot be read.';
      this.#problem = `The journal of what was done to clusters: ${why}`;
      this.#publish();
    }
  }

  /** Leaves out deeds that are too old, and more where the file has become large. Never rejects: what is there stays then. */
  #shorten(): Promise<void> {
    const done = this.#writing.then(async () => {
      const isLarge = this.#bytes > LARGE_BYTES;
      const sinceMs = this.#now - this.#keepDays * DAY_MS;
      const kept = isLarge ? newest(this.#deeds, sinceMs) : [...this.#deeds.values()].filter(isYoung(sinceMs));
      if (!isLarge && kept.length === this.#deeds.size) return;
      const text = kept.flatMap(linesOf).map(lineText).join('');
      try {
        await replaceOwnFile(this.#options.path, text);
      } catch (error) {
        this.#options.log.write('warn', 'the journal of deeds could not be shortened', { error });
        return;
      }
      this.#deeds = new Map(kept.map((deed) => [deed.id, deed]));
      this.#bytes = Buffer.byteLength(text);
      this.#isTorn = false;
      this.#publish();
    });
    this.#writing = done;
    return done;
  }

  /** Writes a line, forced to the disk, and tells of it. Throws Failed; then nothing is told. */
  #write(line: JournalLine): Promise<void> {
    const done = this.#writing.then(async () => {
      // Whatever was cut stays a line of its own, and this one is whole.
      const text = this.#isTorn ? `\n${lineText(line)}` : lineText(line);
      try {
        await mkdir(dirname(this.#options.path), { recursive: true, mode: 0o700 });
        await appendOwnFile(this.#options.path, text);
        this.#isTorn = false;
        this.#bytes += Buffer.byteLength(text);
      } catch (error) {
        this.#isTorn = true;
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
    this.#state.set({
      deeds: [...this.#deeds.values()].reverse().slice(0, MOST_DEEDS),
      keepDays: this.#keepDays,
      ...(this.#problem !== undefined && { problem: this.#problem }),
    });
  }
}

const ending = ({ stage, text }: DeedOutcome) => ({ stage, ...(text !== undefined && { text }) });

/** What is to be said of deeds of a Minos that ended in the middle of them. */
function endings(deeds: ReadonlyMap<string, DeedRecord>, atMs: number): readonly JournalLine[] {
  return [...deeds.values()].flatMap(({ id, isOver, steps }): readonly JournalLine[] => {
    if (isOver) return [];
    const left = steps.flatMap(({ node, stage }): readonly JournalLine[] => {
      const text = LEFT_AT[stage];
      const ended = stage === 'preparing' ? ('left' as const) : ('maybe' as const);
      return text === undefined ? [] : [{ type: 'step', id, atMs, node, stage: ended, text }];
    });
    return [...left, { type: 'over', id, atMs }];
  });
}

/** What is not over is never too old. */
const isYoung =
  (sinceMs: number) =>
  ({ isOver, atMs }: DeedRecord): boolean =>
    !isOver || atMs >= sinceMs;

const isKeepDays = (days: number | undefined): KeepDays => KEEP_DAYS.find((each) => each === days) ?? KEEP_DAYS_FIRST;

/** The newest deeds, oldest first: all that are not over, and of the others what has room. */
function newest(deeds: ReadonlyMap<string, DeedRecord>, sinceMs: number): readonly DeedRecord[] {
  const kept: DeedRecord[] = [];
  let bytes = 0;
  for (const deed of [...deeds.values()].reverse()) {
    if (!isYoung(sinceMs)(deed) || (deed.isOver && kept.length >= MOST_DEEDS)) continue;
    bytes += linesOf(deed).reduce((sum, line) => sum + lineText(line).length, 0);
    if (deed.isOver && bytes > KEPT_BYTES && kept.length > 0) continue;
    kept.unshift(deed);
  }
  return kept;
}

/** A deed as it would be written anew. */
function linesOf({ steps, isOver, ...head }: DeedRecord): readonly JournalLine[] {
  const { id } = head;
  const machines = steps.map(({ node, name }) => ({ node, name }));
  return [
    { type: 'begun', ...head, machines },
    ...steps.map(({ name: _name, ...step }): JournalLine => ({ type: 'step', id, ...step })),
    ...(isOver ? [{ type: 'over' as const, id, atMs: head.atMs }] : []),
  ];
}

const noJournal = (why: string): Failed =>
  new Failed({
    code: 'precondition',
    message: `It cannot be written down what is done, so nothing is done: ${why}`,
    hint: 'Free space on the disk, or make the folder of Minos writable.',
    retry: 'safe',
  });
