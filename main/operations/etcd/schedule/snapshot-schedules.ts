import type { ContextSummary, SnapshotSchedule } from '../../../../preload/contract/index.ts';
import type { Unfinished } from '../../../files/own/unfinished.ts';
import type { Clock } from '../../../lib/clock.ts';
import { every } from '../../../lib/every.ts';
import { Failed } from '../../../lib/failed.ts';
import type { Log } from '../../../lib/log.ts';
import { mapped, Value, type Observable } from '../../../lib/observable.ts';
import type { Clusters } from '../../clusters/clusters.ts';
import { contextOf, deedPlace, type DeedPlace } from '../../plans/deed-place.ts';
import { shownSnapshot, type KnownSnapshots } from '../known-snapshots.ts';
import { prune } from './prune.ts';
import { dueMs, scheduleFile, type KeptSchedule } from './schedule-file.ts';
import { strayOf } from './stray-schedule.ts';
import { takeByItself } from './take-by-itself.ts';

/** What {@link SnapshotSchedules} work with. */
export interface SchedulesOptions {
  /** Of a file of Minos's own. */
  readonly path: string;
  readonly known: KnownSnapshots;
  readonly clusters: Pick<Clusters, 'visit'>;
  /** Of all open files. */
  readonly contexts: () => readonly ContextSummary[];
  /** Notes that Minos took one of a context's cluster. */
  readonly took: (context: string) => Promise<void>;
  readonly unfinished: Unfinished;
  readonly clock: Clock;
  readonly log: Log;
  /** False for the clusters of the demo: nothing is kept between starts. */
  readonly isKept: () => boolean;
  /** A recovery goes on with this snapshot, by its id. */
  readonly isChosen: (id: string) => boolean;
}

/** A schedule that could not take a snapshot, told once until one was taken again. */
export interface ScheduleNotice {
  readonly title: string;
  readonly body: string;
  readonly context: string;
}

const LOOK_EVERY_MS = 30_000;

interface State {
  readonly schedules: readonly KeptSchedule[];
  /** The cluster of which one is taken, and how much of it has come. */
  readonly taking?: { readonly cluster: string; readonly bytes: number };
}

interface FailedTaking {
  readonly place: string;
  readonly context: ContextSummary;
  /** What the one before had. */
  readonly before: KeptSchedule['failed'];
  readonly failed: NonNullable<KeptSchedule['failed']>;
}

const failureWords = ({ message, isTaken }: FailedTaking['failed']): string =>
  isTaken === true ? `The last one was taken. ${message}` : `The last one was not taken: ${message}`;

/** Why a context leads nowhere, such as a certificate that has ended. */
const whyUnusable = ({ problems }: ContextSummary): string =>
  problems.find(({ severity }) => severity === 'error')?.message ?? 'This context cannot be used to reach its cluster.';

/** Snapshots that are taken by themselves while Minos runs, cluster by cluster, as the user planned them: off unless they did. */
export class SnapshotSchedules {
  /** Shows a notice of the desktop. */
  show: (notice: ScheduleNotice) => void = () => undefined;
  readonly #options: SchedulesOptions;
  readonly #file: ReturnType<typeof scheduleFile>;
  readonly #state = new Value<State>({ schedules: [] });
  readonly #stop = new AbortController();
  #end: (() => void) | undefined;
  #taking: Promise<void> | undefined;
  /** Where contexts led when that was told. */
  #places = '';
  /** Changes come one after another: none must take back another one, nor what was noted meanwhile. */
  #changing: Promise<unknown> = Promise.resolve();

  constructor(options: SchedulesOptions) {
    this.#options = options;
    this.#file = scheduleFile(options.path, options.log);
  }

  /** Knows what was written down, and nothing else any more; takes what is due from now on. Never rejects. */
  async load(): Promise<void> {
    const { clock } = this.#options;
    await this.#inTurn(async () => {
      this.#state.set({ schedules: [] });
      this.#state.set({ schedules: await this.#file.read() });
    });
    this.#end ??= every(clock, LOOK_EVERY_MS, () => this.look());
  }

  /** The schedule of a context's cluster. Throws Failed `not-found`. */
  of(context: string): Observable<SnapshotSchedule> {
    this.#placeOf(context);
    return mapped(this.#state, (state) => this.#shown(context, state));
  }

  /** The folder that the schedule of a context's cluster has; undefined without one. Throws Failed `not-found`. */
  folderOf(context: string): string | undefined {
    return this.#scheduleOf(this.#placeOf(context).cluster)?.folder;
  }

  /** Plans it, and takes the first one at once. Throws Failed: `not-found`, and what writing throws; then nothing was changed. */
  async plan(context: string, wish: Pick<KeptSchedule, 'folder' | 'everyHours' | 'keep'>): Promise<void> {
    const { cluster, file, context: name } = this.#placeOf(context);
    await this.#change(context, (before) => ({
      ...{ ...wish, cluster, place: { file, name } },
      ...(before?.takenMs !== undefined && { takenMs: before.takenMs }),
    }));
    this.look();
  }

  /** Takes no more; what was taken stays. Throws Failed: `not-found`, and what writing throws. */
  async end(context: string): Promise<void> {
    await this.#change(context, () => undefined);
  }

  /** Begins with what is due, one cluster after another. */
  look(): void {
    this.#tellOfPlaces();
    if (this.#taking !== undefined || this.#stop.signal.aborted) return;
    const nowMs = this.#options.clock.now();
    const due = this.#state.current.schedules.filter((one) => dueMs(one, nowMs) <= nowMs);
    if (due.length === 0) return;
    this.#taking = this.#takeAll(due.map(({ cluster }) => cluster)).finally(() => (this.#taking = undefined));
  }

  /** Resolves when nothing is being taken. */
  async settled(): Promise<void> {
    await this.#taking;
  }

  /** Takes no more; what is being taken is left, and nothing of it stays. */
  async close(): Promise<void> {
    this.#end?.();
    this.#stop.abort();
    await this.#taking;
  }

  async #takeAll(due: readonly string[]): Promise<void> {
    for (const cluster of due) if (!this.#stop.signal.aborted) await this.#take(cluster);
  }

  async #take(place: string): Promise<void> {
    const { clusters, known, clock, unfinished, took, log } = this.#options;
    // It may have been changed, or turned off, while that of another cluster was taken.
    const schedule = this.#scheduleOf(place);
    const context = this.#contextOf(place);
    // Its talosconfig is not open now.
    if (schedule === undefined || context === undefined) return;
    const { folder, failed: before } = schedule;
    const tell = (bytes: number): void =>
      this.#state.set({ ...this.#state.current, taking: { cluster: place, bytes } });
    tell(0);
    try {
      if (!context.isUsable) throw new Failed({ code: 'credentials', message: whyUnusable(context) });
      const { cluster, leave } = clusters.visit(context.id);
      try {
        const { signal } = this.#stop;
        const taken = await takeByItself({ cluster, place, folder, known, clock, unfinished, signal, onBytes: tell });
        await took(context.id);
        await this.#note(place, ({ failed: _failed, ...one }) => ({ ...one, takenMs: taken.atMs }));
      } finally {
        leave();
      }
      await this.#prune(place, context, before);
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      log.write('warn', 'a snapshot was not taken', { error });
      const message = error instanceof Failed ? error.failure.message : 'What went wrong is not known.';
      await this.#failed({ place, context, before, failed: { atMs: clock.now(), message } });
    } finally {
      const { schedules } = this.#state.current;
      this.#state.set({ schedules });
    }
  }

  /** Never rejects: the snapshot was taken, whatever becomes of older ones. */
  async #prune(place: string, context: ContextSummary, before: KeptSchedule['failed']): Promise<void> {
    const { known, isChosen, clock, log } = this.#options;
    const keep = this.#scheduleOf(place)?.keep;
    if (keep === undefined) return;
    try {
      await prune(known, place, { keep, isChosen });
    } catch (error) {
      log.write('warn', 'an older snapshot cannot be removed', { error });
      const message = 'An older one cannot be removed, and stays: look at the folder.';
      await this.#failed({ place, context, before, failed: { atMs: clock.now(), message, isTaken: true } });
    }
  }

  async #failed({ place, context: { id, name }, before, failed }: FailedTaking): Promise<void> {
    await this.#note(place, (one) => ({ ...one, failed }));
    if (before !== undefined && before.isTaken === failed.isTaken) return;
    const what = failed.isTaken === true ? 'An older snapshot' : 'No snapshot';
    const how = failed.isTaken === true ? 'cannot be removed' : 'was taken';
    this.show({ title: `${what} of the etcd of ${name} ${how}`, body: failed.message, context: id });
  }

  /** Changes the schedule of a cluster if it is still planned; that it cannot be written down is only logged. */
  #note(cluster: string, change: (one: KeptSchedule) => KeptSchedule): Promise<void> {
    const { log } = this.#options;
    return this.#inTurn(async () => {
      const one = this.#scheduleOf(cluster);
      if (one === undefined) return;
      const schedules = this.#with(cluster, change(one));
      this.#state.set({ ...this.#state.current, schedules });
      await this.#write(schedules).catch((error: unknown) => log.write('warn', 'a schedule cannot be kept', { error }));
    });
  }

  /** Changes that of a context's cluster; one of the cluster that the context led to before goes. */
  #change(context: string, change: (before: KeptSchedule | undefined) => KeptSchedule | undefined): Promise<void> {
    const { cluster } = this.#placeOf(context);
    return this.#inTurn(async () => {
      const stray = this.#strayOf(context);
      const schedules = this.#with(cluster, change(this.#scheduleOf(cluster))).filter((one) => one !== stray);
      await this.#write(schedules);
      this.#state.set({ ...this.#state.current, schedules });
    });
  }

  #with(cluster: string, schedule: KeptSchedule | undefined): readonly KeptSchedule[] {
    const others = this.#state.current.schedules.filter((one) => one.cluster !== cluster);
    return schedule === undefined ? others : [...others, schedule];
  }

  async #write(schedules: readonly KeptSchedule[]): Promise<void> {
    if (this.#options.isKept()) await this.#file.write(schedules);
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#changing.then(work);
    this.#changing = done.catch(() => undefined);
    return done;
  }

  #placeOf(context: string): DeedPlace {
    return deedPlace(contextOf(this.#options.contexts(), context));
  }

  #strayOf(context: string): KeptSchedule | undefined {
    const contexts = this.#options.contexts();
    const summary = contexts.find(({ id }) => id === context);
    return summary && strayOf(this.#state.current.schedules, contexts, summary);
  }

  /** Contexts may lead to other clusters than before. */
  #tellOfPlaces(): void {
    const places = this.#options.contexts().map((one) => `${one.id} ${deedPlace(one).cluster}`);
    const now = places.join('\n');
    if (now === this.#places) return;
    this.#places = now;
    this.#state.set({ ...this.#state.current });
  }

  #contextOf(cluster: string): ContextSummary | undefined {
    const all = this.#options.contexts().filter((one) => deedPlace(one).cluster === cluster);
    return all.find(({ isUsable }) => isUsable) ?? all[0];
  }

  #scheduleOf(cluster: string): KeptSchedule | undefined {
    return this.#state.current.schedules.find((one) => one.cluster === cluster);
  }

  #shown(context: string, { schedules, taking }: State): SnapshotSchedule {
    const summary = this.#options.contexts().find(({ id }) => id === context);
    const cluster = summary === undefined ? '' : deedPlace(summary).cluster;
    const schedule = schedules.find((one) => one.cluster === cluster);
    const [last] = this.#options.known.ofSchedule(cluster);
    const stray = schedule === undefined ? this.#strayOf(context) : undefined;
    return {
      context,
      ...(stray && { before: { everyHours: stray.everyHours, keep: stray.keep, folder: stray.folder } }),
      ...(schedule !== undefined && {
        plan: {
          ...{ everyHours: schedule.everyHours, keep: schedule.keep, folder: schedule.folder },
          nextMs: dueMs(schedule, this.#options.clock.now()),
        },
        ...(schedule.failed !== undefined && { failure: failureWords(schedule.failed) }),
      }),
      ...(last !== undefined && { last: shownSnapshot(last) }),
      ...(taking?.cluster === cluster && { takenBytes: taking.bytes }),
    };
  }
}
