import type { TalosconfigChoice, TalosconfigState } from '../../preload/contract/index.ts';
import { readTalosconfig, type TalosconfigFile } from '../config/read.ts';
import { watchFile, type FileWatch } from '../config/watch.ts';
import type { Clock } from '../lib/clock.ts';
import { Failed, failure } from '../lib/failed.ts';
import type { Log } from '../lib/log.ts';
import { Value, type Observable } from '../lib/observable.ts';
import { readContext, type ReadContext } from './context-reading.ts';

export interface TalosconfigSessionOptions {
  /** Which file, looked up anew at every reading: files come and go. */
  readonly choose: () => TalosconfigChoice;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The talosconfig this app works on: read, watched, and published. Reading never writes. A failed reading keeps the
 * contexts that were read before out of sight: what the file says now is what counts.
 */
export class TalosconfigSession {
  readonly #options: TalosconfigSessionOptions;
  readonly #state: Value<TalosconfigState>;
  #choose: () => TalosconfigChoice;
  #contexts: ReadonlyMap<string, ReadContext> = new Map();
  #watch: FileWatch | undefined;
  #reading: Promise<void> = Promise.resolve();

  constructor(options: TalosconfigSessionOptions) {
    this.#options = options;
    this.#choose = options.choose;
    this.#state = new Value(emptyState(options.choose(), options.clock.now()));
  }

  get state(): Observable<TalosconfigState> {
    return this.#state;
  }

  /** Reads the file, one reading at a time. Never rejects: what went wrong is in the state. */
  reload(): Promise<void> {
    this.#reading = this.#reading.then(() => this.#read());
    return this.#reading;
  }

  /** Works on another file from now on, such as the demo's. */
  async open(choose: () => TalosconfigChoice): Promise<void> {
    this.#choose = choose;
    this.#watch?.close();
    this.#watch = undefined;
    const { selected: _previous, ...state } = this.#state.current;
    this.#state.set(state);
    await this.reload();
  }

  /** The context of this name; Failed `not-found` when the file has none, `credentials` when it cannot be used. */
  context(name: string): ReadContext {
    const found = this.#contexts.get(name);
    if (found === undefined) {
      throw new Failed({
        code: 'not-found',
        message: `The talosconfig has no context ${name}.`,
        where: { context: name, file: this.#state.current.choice.path },
      });
    }
    return found;
  }

  /** Selects a context for this session. Writes nothing. */
  select(name: string): void {
    this.context(name);
    this.#state.set({ ...this.#state.current, selected: name });
  }

  close(): void {
    this.#watch?.close();
  }

  async #read(): Promise<void> {
    const choice = this.#choose();
    const nowMs = this.#options.clock.now();
    try {
      const file = await readTalosconfig(choice.path);
      this.#contexts = new Map(file.contexts.map((raw) => [raw.name, readContext(raw, file.current, nowMs)]));
      this.#publish(choice, file, nowMs);
      this.#follow(choice, file);
    } catch (error) {
      this.#contexts = new Map();
      this.#state.set({ ...emptyState(choice, nowMs), ...unreadable(error, choice) });
      this.#follow(choice, undefined);
      this.#options.log.write('info', 'the talosconfig cannot be read', { path: choice.path, error });
    }
  }

  #publish(choice: TalosconfigChoice, file: TalosconfigFile, nowMs: number): void {
    const { selected } = this.#state.current;
    const names = file.contexts.map(({ name }) => name);
    const wanted = selected !== undefined && names.includes(selected) ? selected : file.current;
    this.#state.set({
      choice,
      status: file.status,
      contexts: [...this.#contexts.values()].map(({ summary }) => summary),
      fileContext: file.current,
      ...(names.includes(wanted) && { selected: wanted }),
      problems: [...file.problems, ...currentProblems(file)],
      readAtMs: nowMs,
    });
  }

  #follow(choice: TalosconfigChoice, file: TalosconfigFile | undefined): void {
    if (this.#watch !== undefined || choice.path === '') return;
    this.#watch = watchFile({
      path: choice.path,
      clock: this.#options.clock,
      known: file ? { kind: 'present', sha256: file.fingerprint.sha256 } : { kind: 'missing' },
      onChange: () => void this.reload(),
    });
  }
}

function emptyState(choice: TalosconfigChoice, readAtMs: number): TalosconfigState {
  return { choice, status: 'missing', contexts: [], fileContext: '', problems: [], readAtMs };
}

function unreadable(error: unknown, choice: TalosconfigChoice): Partial<TalosconfigState> {
  const known =
    error instanceof Failed
      ? error.failure
      : failure({
          code: 'file-access',
          message: `${choice.path} cannot be read.`,
          where: { file: choice.path },
          retry: 'safe',
        });
  if (known.code !== 'file-missing') return { status: 'unreadable', failure: known };
  // A file that was named but is not there is said to be missing; that nothing exists yet is no failure.
  return choice.reason === 'none-exists' ? { status: 'missing' } : { status: 'missing', failure: known };
}

function currentProblems(file: TalosconfigFile): TalosconfigState['problems'] {
  if (file.current === '' || file.contexts.some(({ name }) => name === file.current)) return [];
  return [
    {
      severity: 'warning',
      message: `The file's current context ${file.current} is not among its contexts.`,
      hint: 'Choose another current context.',
      field: 'context',
    },
  ];
}
