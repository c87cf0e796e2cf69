import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  KEEP_DAYS,
  KEEP_DAYS_FIRST,
  type DeedRecord,
  type DeedSpan,
  type DeedsState,
  type DeedStep,
  type KeepDays,
  type LastTime,
} from '../../../preload/contract/index.ts';
import type { SettingsFile } from '../../files/settings.ts';
import { appendOwnFile, readOwnFile } from '../../files/own/own-file.ts';
import { replaceOwnFile } from '../../files/own/replace-own-file.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import type { Log } from '../../lib/log.ts';
import { Value, type Observable } from '../../lib/observable.ts';
import type { DeedEntry, DeedHead, DeedOutcome, DeedTrace, Journal } from '../plans/journal.ts';
import type { Machine } from '../plans/machine.ts';
import { endings, wantedFor } from './journal-endings.ts';
import { isYoung, MOST_DEEDS, newest, newestTook } from './journal-kept.ts';
import { deedLines, lineText, readLine, tookLine, withLine, type JournalLine, type TookOf } from './journal-lines.ts';
import { lastTime, type LastTimeWish } from './last-time.ts';

/** Most of the file that is read. */
const MOST_BYTES = 8 * 1024 * 1024;
/** Above so much, the file is written anew with its newest deeds: not more than a quarter of it, and as much of how long they took. */
const LARGE_BYTES = MOST_BYTES / 2;
const KEPT_BYTES = LARGE_BYTES / 4;
const DAY_MS = 24 * 3_600_000;
/** Deeds of one kind that are compared. */
const MOST_COMPARED = 10;

/** What a {@link DeedJournal} works with. */
export interface DeedJournalOptions {
  /** The file, in Minos's own folder. */
  readonly path: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Pick<SettingsFile, 'read' | 'update'>;
  /** Whether a talosconfig is one of which nothing is kept, such as the demo's. Default: none is. */
  readonly isPassing?: (talosconfig: string) => boolean;
}

/**
 * What was done to clusters, written to the disk before it is done and again when it is: one line per event, each forced to
 * the disk. What stands there as asked when Minos starts may have been carried out; it is never asked again by itself.
 */
export class DeedJournal implements Journal {
  readonly #options: DeedJournalOptions;
  readonly #state = new Value<DeedsState>({});
  #deeds: ReadonlyMap<string, DeedRecord> = new Map();
  /** Of deeds that can be looked up. */
  readonly #traces = new Map<string, DeedTrace>();
  /** How long deeds took, machine by machine. */
  readonly #took = new Map<string, TookOf>();
  /** How the looking up of machines stands, by deed and node; that is not kept. */
  readonly #looking = new Map<string, ReadonlyMap<string, string>>();
  /** Ids of deeds that are held in memory alone. */
  readonly #passing = new Set<string>();
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

  /** How many deeds go at once where they are kept for so long. */
  async olderThan(days: KeepDays): Promise<number> {
    await this.load();
    const isKept = isYoung(this.#now - days * DAY_MS);
    return [...this.#lasting.values()].filter((deed) => !isKept(deed)).length;
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
    const id = randomUUID();
    if (this.#options.isPassing?.(head.file) === true) this.#passing.add(id);
    else if (this.#problem !== undefined) throw noJournal(this.#problem);
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
      ended: ({ node }, outcome) => {
        const wanted = outcome.stage === 'maybe' ? wantedFor(head.trace, node) : {};
        return this.#note({ type: 'step', id, atMs: this.#now, node, ...ending(outcome), ...wanted });
      },
      took: async ({ node }, spans) => {
        const line = tookLine(id, node, spans);
        if (line !== undefined) await this.#note(line);
      },
      over: async () => {
        await this.#note({ type: 'over', id, atMs: this.#now });
        await this.#shorten();
      },
    };
  }

  /** Forgets the deeds of which nothing is kept; one that is under way is told of no more. */
  forget(): void {
    const left = this.#lasting;
    if (left.size < this.#deeds.size) this.#keepOnly(left);
  }

  /** Those that are in the file: they do not make room for those that are not. */
  get #lasting(): ReadonlyMap<string, DeedRecord> {
    return new Map([...this.#deeds].filter(([id]) => !this.#passing.has(id)));
  }

  /** By what a deed can be looked up; undefined where that was not kept. */
  traceOf(id: string): DeedTrace | undefined {
    return this.#traces.get(id);
  }

  /** How long a deed of this kind took the last time on a machine of a cluster, or on one like it; see {@link lastTime}. */
  lastTime(wish: LastTimeWish): LastTime | undefined {
    return lastTime([...this.#deeds.values()].reverse(), { traces: this.#traces, took: this.#took }, wish);
  }

  /** How long a deed of this kind took on machines of a cluster, of the newest deeds; those where it was kept. */
  timesOf(kind: string, cluster: string): readonly (readonly DeedSpan[])[] {
    const alike = [...this.#traces].filter(([, trace]) => trace.kind === kind && trace.cluster === cluster);
    return alike.slice(-MOST_COMPARED).flatMap(([id]) => [...(this.#took.get(id)?.values() ?? [])]);
  }

  /** How the looking up of a machine stands, a sentence; undefined: it is not looked up any more. */
  looks(id: string, node: string, text: string | undefined): void {
    const nodes = new Map(this.#looking.get(id));
    if (text === undefined) nodes.delete(node);
    else nodes.set(node, text);
    if (nodes.size > 0) this.#looking.set(id, nodes);
    else this.#looking.delete(id);
    this.#publish();
  }

  /** Notes what was found of a machine that was looked up. Never rejects. */
  async lookedUp(id: string, step: Pick<DeedStep, 'node' | 'stage' | 'text' | 'lookUp' | 'giveBack'>): Promise<void> {
    await this.#note({ type: 'step', id, atMs: this.#now, ...step });
    this.looks(id, step.node, undefined);
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
        if (line !== undefined) this.#learn(line);
      }
      this.#bytes = Buffer.byteLength(text);
      this.#isTorn = text !== '' && !text.endsWith('\n');
      this.#publish();
      for (const line of endings(this.#deeds, this.#traces, this.#now)) await this.#note(line);
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
      // What cannot be read is not written over.
      if (this.#problem !== undefined) return;
      const lasting = this.#lasting;
      const isLarge = this.#bytes > LARGE_BYTES;
      const sinceMs = this.#now - this.#keepDays * DAY_MS;
      const keeping = { traces: this.#traces, sinceMs, mostBytes: KEPT_BYTES };
      const kept = isLarge ? newest(lasting, keeping) : [...lasting.values()].filter(isYoung(sinceMs));
      if (!isLarge && kept.length === lasting.size) return;
      const took = isLarge ? newestTook(kept, this.#took, KEPT_BYTES) : this.#took;
      const lines = kept.flatMap((deed) => deedLines(deed, this.#traces.get(deed.id), took.get(deed.id)));
      const text = lines.map(lineText).join('');
      try {
        await replaceOwnFile(this.#options.path, text);
      } catch (error) {
        this.#options.log.write('warn', 'the journal of deeds could not be shortened', { error });
        return;
      }
      this.#bytes = Buffer.byteLength(text);
      this.#isTorn = false;
      const ids = new Set([...kept.map(({ id }) => id), ...this.#passing]);
      for (const id of [...this.#took.keys()]) if (!took.has(id) && !this.#passing.has(id)) this.#took.delete(id);
      this.#keepOnly(new Map([...this.#deeds].filter(([id]) => ids.has(id))));
    });
    this.#writing = done;
    return done;
  }

  #keepOnly(deeds: ReadonlyMap<string, DeedRecord>): void {
    this.#deeds = deeds;
    for (const kept of [this.#traces, this.#took, this.#looking])
      for (const id of [...kept.keys()]) if (!deeds.has(id)) kept.delete(id);
    this.#publish();
  }

  /** Writes a line, forced to the disk, and tells of it. Throws Failed; then nothing is told. */
  #write(line: JournalLine): Promise<void> {
    if (this.#passing.has(line.id)) return Promise.resolve(this.#take(line));
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
    this.#learn(line);
    this.#publish();
  }

  #learn(line: JournalLine): void {
    this.#deeds = withLine(this.#deeds, line);
    if (line.type === 'begun' && line.trace !== undefined) this.#traces.set(line.id, line.trace);
    if (line.type === 'took' && this.#deeds.has(line.id))
      this.#took.set(line.id, new Map(this.#took.get(line.id)).set(line.node, line.spans));
  }

  #told(deed: DeedRecord): DeedRecord {
    const looking = this.#looking.get(deed.id);
    if (looking === undefined) return deed;
    const steps = deed.steps.map((step) => {
      const text = looking.get(step.node);
      return text === undefined ? step : { ...step, looking: text };
    });
    return { ...deed, steps };
  }

  #publish(): void {
    this.#state.set({
      deeds: [...this.#deeds.values()]
        .reverse()
        .slice(0, MOST_DEEDS)
        .map((deed) => this.#told(deed)),
      keepDays: this.#keepDays,
      ...(this.#problem !== undefined && { problem: this.#problem }),
    });
  }
}

const ending = ({ stage, text }: DeedOutcome) => ({ stage, ...(text !== undefined && { text }) });

const isKeepDays = (days: number | undefined): KeepDays => KEEP_DAYS.find((each) => each === days) ?? KEEP_DAYS_FIRST;

const noJournal = (why: string): Failed =>
  new Failed({
    code: 'precondition',
    message: `It cannot be written down what is done, so nothing is done: ${why}`,
    hint: 'Free space on the disk, or make the folder of Minos writable.',
    retry: 'safe',
  });
