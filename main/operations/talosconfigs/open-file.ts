import { isDeepStrictEqual } from 'node:util';
import type { OpenTalosconfig, Problem, TalosconfigChoice } from '../../../preload/contract/index.ts';
import type { RawContext } from '../../talosconfig/raw-context.ts';
import { readTalosconfig, type TalosconfigFile } from '../../talosconfig/read.ts';
import type { IdentityReader, ReadAllOptions } from '../../credentials/identity-reader.ts';
import type { TextWorkers } from '../../text-work/text-workers.ts';
import { watchFile, type FileWatch } from '../../files/watch.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed, failure } from '../../lib/failed.ts';
import type { Log } from '../../lib/log.ts';
import { readContexts, type ContextPlace, type ReadContext } from './context-reading.ts';

export interface OpenFileOptions {
  /** Which file, looked up anew at every reading: files come and go. */
  readonly choose: () => TalosconfigChoice;
  readonly isPrimary: boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly texts: TextWorkers;
  readonly identities: IdentityReader;
  /** Called after every reading. */
  readonly onRead: () => void;
}

/** What a file said at the last reading. */
export interface FileReading {
  readonly choice: TalosconfigChoice;
  readonly status: OpenTalosconfig['status'];
  readonly failure?: OpenTalosconfig['failure'];
  readonly contexts: readonly ReadContext[];
  /** `context:` of the file. */
  readonly current: string;
  readonly problems: readonly Problem[];
  readonly readAtMs: number;
}

/** A file of so many contexts is checked to the last bit before it is shown; that takes about 40 ms. */
const MOST_AT_ONCE = 200;

/** One talosconfig that is open: read, watched, read again. Reading never writes and never rejects. */
export class OpenFile {
  readonly isPrimary: boolean;
  readonly #options: OpenFileOptions;
  #reading: FileReading;
  #watch: FileWatch | undefined;
  #queue: Promise<void> = Promise.resolve();
  #hasRead = false;
  /** The version that was read last, and the one that we wrote last: both are whole. */
  #sha256: string | undefined;
  #ours: string | undefined;
  #isClosed = false;

  constructor(options: OpenFileOptions) {
    this.#options = options;
    this.isPrimary = options.isPrimary;
    this.#reading = nothingRead(options.choose(), options.clock.now());
  }

  get reading(): FileReading {
    return this.#reading;
  }

  get path(): string {
    return this.#reading.choice.path;
  }

  /** Reads the file, one reading at a time. */
  reload(): Promise<void> {
    this.#queue = this.#queue.then(() => this.#read());
    return this.#queue;
  }

  /** Resolves when the file has been read at least once. */
  ready(): Promise<void> {
    return this.#hasRead ? Promise.resolve() : this.reload();
  }

  /** The next appearance of this version is our own write. */
  expect(sha256: string): void {
    this.#ours = sha256;
    this.#watch?.expect(sha256);
  }

  close(): void {
    this.#isClosed = true;
    this.#watch?.close();
  }

  async #read(): Promise<void> {
    const { choose, clock, log, texts, onRead } = this.#options;
    const choice = choose();
    const nowMs = clock.now();
    let file: TalosconfigFile | undefined;
    try {
      // talosctl truncates and then writes: what was read before stays in sight until the new version is whole.
      const isKnown = (sha256: string): boolean => sha256 === this.#sha256 || sha256 === this.#ours;
      file = await readTalosconfig(choice.path, { parse: texts.parse, clock, isKnown });
      this.#sha256 = file.fingerprint.sha256;
      this.#reading = await this.#readingOf(choice, file, nowMs);
    } catch (error) {
      this.#reading = { ...nothingRead(choice, nowMs), ...unreadable(error, choice) };
      const why = error instanceof Failed ? error.failure.message : error;
      log.write('info', 'the talosconfig cannot be read', { path: choice.path, why });
    }
    this.#hasRead = true;
    this.#follow(choice, file);
    if (this.#reading.failure?.code === 'file-access') this.#watch?.couldNotRead();
    if (!this.#isClosed) onRead();
  }

  async #readingOf(choice: TalosconfigChoice, file: TalosconfigFile, nowMs: number): Promise<FileReading> {
    const { status, current, problems } = file;
    const placeOf = ({ name }: RawContext): ContextPlace => {
      return { id: this.isPrimary ? name : `${choice.path}#${name}`, file: choice.path, fileContext: current };
    };
    const read = (options: ReadAllOptions): Promise<readonly ReadContext[]> =>
      readContexts(file.contexts, placeOf, nowMs, this.#options.identities, options);
    const isLarge = file.contexts.length > MOST_AT_ONCE;
    const contexts = await read({ depth: isLarge ? 'quick' : 'full' });
    const reading: FileReading = { choice, status, contexts, current, problems, readAtMs: nowMs };
    // Signatures of a large file are checked after it is shown; only one that is wrong is told of again.
    if (isLarge) void read({ isInBackground: true }).then((full) => this.#complete(reading, full));
    return reading;
  }

  #complete(reading: FileReading, contexts: readonly ReadContext[]): void {
    const problemsOf = (of: readonly ReadContext[]): unknown => of.map(({ summary }) => summary.problems);
    if (this.#isClosed || this.#reading !== reading) return;
    if (isDeepStrictEqual(problemsOf(reading.contexts), problemsOf(contexts))) return;
    this.#reading = { ...reading, contexts };
    this.#options.onRead();
  }

  #follow(choice: TalosconfigChoice, file: TalosconfigFile | undefined): void {
    if (this.#watch !== undefined || choice.path === '' || this.#isClosed) return;
    this.#watch = watchFile({
      path: choice.path,
      clock: this.#options.clock,
      known: file ? { kind: 'present', sha256: file.fingerprint.sha256 } : { kind: 'missing' },
      onChange: () => void this.reload(),
    });
  }
}

function nothingRead(choice: TalosconfigChoice, readAtMs: number): FileReading {
  return { choice, status: 'missing', contexts: [], current: '', problems: [], readAtMs };
}

function unreadable(error: unknown, choice: TalosconfigChoice): Pick<FileReading, 'status' | 'failure'> {
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
