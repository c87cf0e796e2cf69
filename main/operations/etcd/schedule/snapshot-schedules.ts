import type { ContextSummary, SnapshotSchedule } from '../../../../preload/contract/index.ts';
import type { Unfinished } from '../../../files/own/unfinished.ts';
import type { Clock } from '../../../lib/clock.ts';
import { every } from '../../../lib/every.ts';
import { Failed } from '../../../lib/failed.ts';
import type { Log } from '../../../lib/log.ts';
import { mapped, Value, type Observable } from '../../../lib/observable.ts';
import type { Clusters } from '../../clusters/clusters.ts';
import { deedPlace } from '../../plans/deed-place.ts';
import { shownSnapshot, type KnownSnapshots } from '../known-snapshots.ts';
import { prune } from './prune.ts';
import { dueMs, readSchedules, writeSchedules, type KeptSchedule } from './schedule-file.ts';
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

/** Snapshots that are taken by themselves while Minos runs, cluster by cluster, as the user planned them: off unless they did. */
export class SnapshotSchedules {
  /** Shows a notice of the desktop. */
  show: (notice: ScheduleNotice) => void = () => undefined;
  readonly #options: SchedulesOptions;
  readonly #state = new Value<State>({ schedules: [] });
  readonly #stop = new AbortController();
  #end: (() => void) | undefined;
  #taking: Promise<void> | undefined;

  constructor(options: SchedulesOptions) {
    this.#options = options;
  }

  /** Reads what was planned, and takes what is due from now on. Never rejects. */
  async load(): Promise<void> {
    const { path, clock, log } = this.#options;
    try {
      this.#state.set({ schedules: await readSchedules(path) });
    } catch (error) {
      log.write('warn', 'the schedules of snapshots cannot be read', { error });
    }
    this.#end = every(clock, LOOK_EVERY_MS, () => this.look());
  }

  /** The schedule of a context's cluster. Throws Failed `not-found`. */
  of(context: string): Observable<SnapshotSchedule> {
    this.#clusterOf(context);
    return mapped(this.#state, (state) => this.#shown(context, state));
  }

  /** The folder that the schedule of a context's cluster has; undefined without one. Throws Failed `not-found`. */
  folderOf(context: string): string | undefined {
    const cluster = this.#clusterOf(context);
    return this.#state.current.schedules.find((one) => one.cluster === cluster)?.folder;
  }

  /** Plans it, and takes the first one at once. Throws Failed: `not-found`, and what writing throws; then nothing was changed. */
  async plan(context: string, wish: Pick<KeptSchedule, 'folder' | 'everyHours' | 'keep'>): Promise<void> {
    const cluster = this.#clusterOf(context);
    const { takenMs } = this.#state.current.schedules.find((one) => one.cluster === cluster) ?? {};
    await this.#change(cluster, { ...wish, cluster, ...(takenMs !== undefined && { takenMs }) });
    this.look();
  }

  /** Takes no more; what was taken stays. Throws Failed: `not-found`, and what writing throws. */
  async end(context: string): Promise<void> {
    await this.#change(this.#clusterOf(context), undefined);
  }

  /** Begins with what is due, one cluster after another. */
  look(): void {
    if (this.#taking !== undefined || this.#stop.signal.aborted) return;
    const nowMs = this.#options.clock.now();
    const due = this.#state.current.schedules.filter((one) => dueMs(one) <= nowMs);
    if (due.length === 0) return;
    this.#taking = this.#takeAll(due).finally(() => (this.#taking = undefined));
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

  async #takeAll(due: readonly KeptSchedule[]): Promise<void> {
    for (const schedule of due) if (!this.#stop.signal.aborted) await this.#take(schedule);
  }

  async #take({ cluster: place, folder }: KeptSchedule): Promise<void> {
    const { clusters, known, clock, unfinished, took, log } = this.#options;
    const context = this.#contextOf(place);
    // Its talosconfig is not open now.
    if (context === undefined) return;
    const tell = (bytes: number): void =>
      this.#state.set({ ...this.#state.current, taking: { cluster: place, bytes } });
    tell(0);
    try {
      const { cluster, leave } = clusters.visit(context.id);
      try {
        const { signal } = this.#stop;
        const taken = await takeByItself({ cluster, place, folder, known, clock, unfinished, signal, onBytes: tell });
        await took(context.id);
        await this.#note(place, ({ failed: _failed, ...one }) => ({ ...one, takenMs: taken.atMs }));
      } finally {
        leave();
      }
      const keep = this.#state.current.schedules.find((one) => one.cluster === place)?.keep;
      if (keep !== undefined) await prune(known, place, keep);
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      log.write('warn', 'a snapshot was not taken', { error });
      const message = error instanceof Failed ? error.failure.message : 'An older snapshot cannot be removed.';
      await this.#failed(place, context, message);
    } finally {
      const { schedules } = this.#state.current;
      this.#state.set({ schedules });
    }
  }

  async #failed(place: string, { id, name }: ContextSummary, message: string): Promise<void> {
    const before = this.#state.current.schedules.find((one) => one.cluster === place)?.failed;
    const atMs = this.#options.clock.now();
    await this.#note(place, (one) => ({ ...one, failed: { atMs, message } }));
    if (before === undefined) {
      this.show({ title: `No snapshot of the etcd of ${name} was taken`, body: message, context: id });
    }
  }

  /** Changes the schedule of a cluster if it is still planned; that it cannot be written down is only logged. */
  async #note(cluster: string, change: (one: KeptSchedule) => KeptSchedule): Promise<void> {
    const { log } = this.#options;
    const one = this.#state.current.schedules.find((each) => each.cluster === cluster);
    if (one === undefined) return;
    const changed = change(one);
    const others = this.#state.current.schedules.filter((each) => each !== one);
    this.#state.set({ ...this.#state.current, schedules: [...others, changed] });
    await this.#write().catch((error: unknown) => log.write('warn', 'a schedule cannot be kept', { error }));
  }

  async #change(cluster: string, schedule: KeptSchedule | undefined): Promise<void> {
    const before = this.#state.current;
    const others = before.schedules.filter((one) => one.cluster !== cluster);
    this.#state.set({ ...before, schedules: schedule === undefined ? others : [...others, schedule] });
    try {
      await this.#write();
    } catch (error) {
      this.#state.set({ ...this.#state.current, schedules: before.schedules });
      throw error;
    }
  }

  async #write(): Promise<void> {
    if (this.#options.isKept()) await writeSchedules(this.#options.path, this.#state.current.schedules);
  }

  #clusterOf(context: string): string {
    const summary = this.#options.contexts().find(({ id }) => id === context);
    if (summary === undefined) throw new Failed({ code: 'not-found', message: 'There is no such context.' });
    return deedPlace(summary).cluster;
  }

  #contextOf(cluster: string): ContextSummary | undefined {
    return this.#options.contexts().find((one) => one.isUsable && deedPlace(one).cluster === cluster);
  }

  #shown(context: string, { schedules, taking }: State): SnapshotSchedule {
    const summary = this.#options.contexts().find(({ id }) => id === context);
    const cluster = summary === undefined ? '' : deedPlace(summary).cluster;
    const schedule = schedules.find((one) => one.cluster === cluster);
    const last = this.#options.known.of(cluster).find(({ from }) => from === 'schedule');
    return {
      context,
      ...(schedule !== undefined && {
        plan: {
          ...{ everyHours: schedule.everyHours, keep: schedule.keep, folder: schedule.folder },
          nextMs: dueMs(schedule),
        },
        ...(schedule.failed !== undefined && { failure: schedule.failed.message }),
      }),
      ...(last !== undefined && { last: shownSnapshot(last) }),
      ...(taking?.cluster === cluster && { takenBytes: taking.bytes }),
    };
  }
}
