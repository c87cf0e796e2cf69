import type { Failure, NodeGroup, NodeGroupsState } from '../../../preload/contract/index.ts';
import type { ReadSettings, Settings, SettingsFile } from '../../files/settings.ts';
import { systemClock, type Clock } from '../../lib/clock.ts';
import { Failed, failure } from '../../lib/failed.ts';
import { Value, type Observable } from '../../lib/observable.ts';

/** How long after a failure the file is read again: first, and at most. */
const RETRY_MS = 1_000;
const MAX_RETRY_MS = 60_000;

/** Saved selections of each context, kept in Minos's own settings. */
export class NodeGroups {
  readonly #file: SettingsFile;
  readonly #clock: Clock;
  readonly #states = new Map<string, Value<NodeGroupsState>>();
  #loading: Promise<void> | undefined;
  #retryMs = RETRY_MS;
  /** What the file says; undefined before it has been read. */
  #read: ReadSettings | Failure | undefined;

  constructor(file: SettingsFile, clock: Clock = systemClock) {
    this.#file = file;
    this.#clock = clock;
  }

  /** Groups of a context, by name. */
  state(context: string): Observable<NodeGroupsState> {
    void this.load();
    return this.#stateOf(context);
  }

  /** The groups of a context once the file has been read; none when it cannot be read. */
  async of(context: string): Promise<readonly NodeGroup[]> {
    await this.load();
    return this.#stateOf(context).current.groups;
  }

  /**
   * Reads the file, once; after a failure again in a while, since it may have been for want of descriptors. Never rejects:
   * the states say what is wrong.
   */
  load(): Promise<void> {
    this.#loading ??= this.#file.readAll().then(
      (read) => this.#publish(read),
      (error: unknown) => {
        this.#publish(failureOf(error));
        this.#clock.after(this.#retryMs, () => {
          if (this.#read === undefined || !('code' in this.#read)) return;
          this.#loading = undefined;
          void this.load();
        });
        this.#retryMs = Math.min(2 * this.#retryMs, MAX_RETRY_MS);
      },
    );
    return this.#loading;
  }

  /** Keeps a selection under a name. Throws Failed when the settings cannot be read or written, or hold too many. */
  async save(context: string, group: NodeGroup): Promise<void> {
    await this.#change(context, group.name, [{ context, ...group }]);
  }

  /** Forgets a selection; one that does not exist is forgotten already. */
  async remove(context: string, name: string): Promise<void> {
    await this.#change(context, name, []);
  }

  async #change(context: string, name: string, put: Settings['groups']): Promise<void> {
    await this.load();
    const settings = await this.#file.update(({ groups, ...rest }) => ({
      ...rest,
      groups: [...groups.filter((group) => group.context !== context || group.name !== name), ...put],
    }));
    this.#publish({ settings, problems: [] });
  }

  #stateOf(context: string): Value<NodeGroupsState> {
    const known = this.#states.get(context);
    if (known !== undefined) return known;
    const state = new Value<NodeGroupsState>(stateFor(context, this.#read));
    this.#states.set(context, state);
    return state;
  }

  #publish(read: ReadSettings | Failure): void {
    this.#read = read;
    for (const [context, state] of this.#states) state.set(stateFor(context, read));
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof Failed) return error.failure;
  return failure({ code: 'internal', message: 'The saved groups cannot be read.', details: String(error) });
}

function stateFor(context: string, read: ReadSettings | Failure | undefined): NodeGroupsState {
  if (read === undefined) return { context, groups: [] };
  if ('code' in read) return { context, groups: [], failure: read };
  const groups = groupsOf(read.settings, context);
  return read.problems.length === 0 ? { context, groups } : { context, groups, failure: inPart(read.problems) };
}

/** The rest is shown; what is broken is still in the file, and kept when it is written. */
const inPart = (problems: readonly string[]): Failure =>
  failure({
    code: 'file-invalid',
    message: `A part of Minos's settings cannot be read: ${problems.slice(0, 3).join('; ')}.`,
    hint: 'The rest is used. Before the file is written again, it is kept beside itself as settings.json.broken-….',
  });

function groupsOf({ groups }: Settings, context: string): readonly NodeGroup[] {
  return groups
    .filter((group) => group.context === context)
    .map(({ name, selection }) => ({ name, selection }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}
