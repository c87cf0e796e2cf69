import type {
  FileConflict,
  OpenTalosconfig,
  TalosconfigChoice,
  TalosconfigState,
} from '../../../preload/contract/index.ts';
import type { IdentityReader } from '../../credentials/identity-reader.ts';
import type { TextWorkers } from '../../text-work/text-workers.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import type { Log } from '../../lib/log.ts';
import { Value, type Observable } from '../../lib/observable.ts';
import { isOfDemo } from '../app/demo.ts';
import type { ReadContext } from './context-reading.ts';
import { OpenFile } from './open-file.ts';
import type { MarkedContext } from './marks.ts';
import { StartEndpoints, type StartWish } from './start-endpoints.ts';
import { WindowContexts } from './window-contexts.ts';

export interface TalosconfigSessionOptions {
  /** The primary file, by the rule "which file". */
  readonly choose: () => TalosconfigChoice;
  readonly clock: Clock;
  readonly log: Log;
  readonly texts: TextWorkers;
  readonly identities: IdentityReader;
  /** Whether the cluster of a context is marked as production. */
  readonly isProduction: (context: MarkedContext) => boolean;
  /** Endpoints of the command line. Default: every context is dialled as its file says. */
  readonly startEndpoints?: StartWish | undefined;
}

const MAX_CONFLICTS = 20;

/**
 * The talosconfigs this app works on: the primary file and others opened beside it. A failed reading keeps the contexts
 * that were read before out of sight: what the files say now is what counts.
 */
export class TalosconfigSession {
  /** Which of the contexts each window works on. */
  readonly windows: WindowContexts;
  readonly #options: TalosconfigSessionOptions;
  readonly #state: Value<TalosconfigState>;
  readonly #startEndpoints: StartEndpoints;
  #primary: OpenFile;
  #others: readonly OpenFile[] = [];
  #contexts: ReadonlyMap<string, ReadContext> = new Map();
  #conflicts: readonly FileConflict[] = [];

  constructor(options: TalosconfigSessionOptions) {
    this.#options = options;
    this.#startEndpoints = new StartEndpoints(options.startEndpoints);
    this.#primary = this.#open(options.choose, true);
    this.#state = new Value(this.#currentState());
    this.windows = new WindowContexts({
      state: this.#state,
      context: (id) => this.context(id),
      all: () => this.all,
      isReadable: (path) => this.isReadable(path),
    });
  }

  /** What every window is told; what one works on is added by {@link windows}. */
  get state(): Observable<TalosconfigState> {
    return this.#state;
  }

  /** Reads every open file. Never rejects: what went wrong is in the state. */
  async reload(): Promise<void> {
    await reloadAll(this.#files);
  }

  /** Works on another primary file from now on, such as the demo's. */
  async open(choose: () => TalosconfigChoice): Promise<void> {
    this.#primary.close();
    const { choice } = this.#primary.reading;
    this.#conflicts = this.#conflicts.filter(({ file }) => !isOfDemo(choice, file));
    this.windows.forgetAll();
    this.#primary = this.#open(choose, true);
    await this.#primary.reload();
  }

  /** Opens other files beside the primary one; those that are open already stay. */
  async openBeside(paths: readonly string[]): Promise<void> {
    const known = new Set(this.#files.map(({ path }) => path));
    const added = paths.filter((path) => !known.has(path)).map((path) => this.#open(() => besideChoice(path), false));
    this.#others = [...this.#others, ...added];
    await reloadAll(added);
  }

  /** Closes a file that was opened beside. */
  closeBeside(path: string): void {
    this.#others
      .filter((file) => file.path === path)
      .forEach((file) => {
        file.close();
      });
    this.#others = this.#others.filter((file) => file.path !== path);
    this.#publish();
  }

  /** Paths of the files beside the primary one. */
  get pathsBeside(): readonly string[] {
    return this.#others.map(({ path }) => path);
  }

  /** Paths of all open files, the primary one first. */
  get paths(): readonly string[] {
    return this.#files.map(({ path }) => path);
  }

  /** The context of this id. Failed `not-found` when no open file has it. */
  context(id: string): ReadContext {
    const found = this.#contexts.get(id);
    if (found !== undefined) return found;
    throw new Failed({
      code: 'not-found',
      message: `The talosconfig has no context ${id}.`,
      where: { context: id, file: this.#primary.path },
    });
  }

  /** The contexts of all open files. */
  get all(): readonly ReadContext[] {
    return [...this.#contexts.values()];
  }

  /** False for an open file that is there and cannot be read or understood: nothing is known of its contexts now. */
  isReadable(path: string): boolean {
    return this.#files.every((file) => file.path !== path || file.reading.status !== 'unreadable');
  }

  /** An open file by its path. Failed `not-found` for any other path: the page may name only files it was told of. */
  file(path: string): OpenFile {
    const found = this.#files.find((file) => file.path === path);
    if (found !== undefined) return found;
    throw new Failed({ code: 'not-found', message: 'This file is not open.', where: { file: path } });
  }

  get primary(): OpenFile {
    return this.#primary;
  }

  /** Dials a context over the endpoints of its file again, instead of those of the command line. Failed `not-found`. */
  useFileEndpoints(id: string): void {
    this.context(id);
    this.#startEndpoints.end(id);
    this.#publish();
  }

  /** Publishes the same files again, after other contexts were marked. */
  republish(): void {
    this.#publish();
  }

  /** Tells the user that another program wrote around one of our writes. */
  reportConflict(conflict: FileConflict): void {
    this.#conflicts = [conflict, ...this.#conflicts].slice(0, MAX_CONFLICTS);
    this.#publish();
  }

  close(): void {
    for (const file of this.#files) file.close();
  }

  get #files(): readonly OpenFile[] {
    return [this.#primary, ...this.#others];
  }

  #open(choose: () => TalosconfigChoice, isPrimary: boolean): OpenFile {
    const { clock, log, texts, identities } = this.#options;
    const onRead = (): void => {
      this.#publish();
    };
    return new OpenFile({ choose, isPrimary, clock, log, texts, identities, onRead });
  }

  #publish(): void {
    const read = this.#files.flatMap((file) => file.reading.contexts);
    const contexts = this.#startEndpoints.applied(read, this.#primary.reading);
    this.#contexts = new Map(contexts.map((context) => [context.summary.id, context]));
    this.#state.set(this.#currentState());
  }

  #currentState(): TalosconfigState {
    const { choice, status, failure, current, problems, readAtMs } = this.#primary.reading;
    return {
      choice,
      status,
      ...(failure && { failure }),
      contexts: [...this.#contexts.values()].map(({ summary }) =>
        this.#options.isProduction(summary) ? { ...summary, isProduction: true } : summary,
      ),
      files: this.#files.map(openTalosconfig),
      fileContext: current,
      problems,
      conflicts: this.#conflicts,
      readAtMs,
    };
  }
}

/** A few at a time: a hundred large files would not fit into memory at once. One that is slow holds up no others. */
async function reloadAll(files: readonly OpenFile[]): Promise<void> {
  const left = files.values();
  const lane = async (): Promise<void> => {
    for (const file of left) await file.reload();
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

const LANES = 4;

function openTalosconfig({ path, isPrimary, reading }: OpenFile): OpenTalosconfig {
  const { status, failure, choice, contexts, problems } = reading;
  const { writable } = choice;
  return { path, isPrimary, status, ...(failure && { failure }), writable, contexts: contexts.length, problems };
}

const besideChoice = (path: string): TalosconfigChoice => ({
  path,
  reason: 'opened',
  why: 'You opened this file beside the talosconfig in use.',
  exists: true,
  writable: true,
});
