import type { Failure, NodeGroup, NodeGroupsState } from '../../../preload/contract/index.ts';
import type { Settings, SettingsFile } from '../../config/settings.ts';
import { Failed, failure } from '../../lib/failed.ts';
import { Value, type Observable } from '../../lib/observable.ts';

/** Saved selections of each context, kept in Minos's own settings. */
export class NodeGroups {
  readonly #file: SettingsFile;
  readonly #states = new Map<string, Value<NodeGroupsState>>();
  #loading: Promise<void> | undefined;
  /** What the file says; undefined before it has been read. */
  #read: Settings | Failure | undefined;

  constructor(file: SettingsFile) {
    this.#file = file;
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

  /** Reads the file, once. Never rejects: the states say what is wrong. */
  load(): Promise<void> {
    this.#loading ??= this.#file.read().then(
      (settings) => this.#publish(settings),
      (error: unknown) => this.#publish(failureOf(error)),
    );
    return this.#loading;
  }

  /** Keeps a selection under a name. Throws Failed when the settings cannot be read or written. */
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
    this.#publish(settings);
  }

  #stateOf(context: string): Value<NodeGroupsState> {
    const known = this.#states.get(context);
    if (known !== undefined) return known;
    const state = new Value<NodeGroupsState>(stateFor(context, this.#read));
    this.#states.set(context, state);
    return state;
  }

  #publish(read: Settings | Failure): void {
    this.#read = read;
    for (const [context, state] of this.#states) state.set(stateFor(context, read));
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof Failed) return error.failure;
  return failure({ code: 'internal', message: 'The saved groups cannot be read.', details: String(error) });
}

function stateFor(context: string, read: Settings | Failure | undefined): NodeGroupsState {
  if (read === undefined) return { context, groups: [] };
  return 'code' in read ? { context, groups: [], failure: read } : { context, groups: groupsOf(read, context) };
}

function groupsOf({ groups }: Settings, context: string): readonly NodeGroup[] {
  return groups
    .filter((group) => group.context === context)
    .map(({ name, selection }) => ({ name, selection }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}
