import type { OpenTalosconfig, Problem, TalosconfigChoice } from '../../../preload/contract/index.ts';
import { readTalosconfig, type TalosconfigFile } from '../../config/read.ts';
import type { TextWorkers } from '../../config/text-workers.ts';
import { watchFile, type FileWatch } from '../../config/watch.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed, failure } from '../../lib/failed.ts';
import type { Log } from '../../lib/log.ts';
import { readContext, type ReadContext } from './context-reading.ts';

export interface OpenFileOptions {
  /** Which file, looked up anew at every reading: files come and go. */
  readonly choose: () => TalosconfigChoice;
  readonly isPrimary: boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly texts: TextWorkers;
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

/** One talosconfig that is open: read, watched, read again. Reading never writes and never rejects. */
export class OpenFile {
  readonly isPrimary: boolean;
  readonly #options: OpenFileOptions;
  #reading: FileReading;
  #watch: FileWatch | undefined;
  #queue: Promise<void> = Promise.resolve();
  #hasRead = false;
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
      file = await readTwice(() => readTalosconfig(choice.path, { parse: texts.parse }));
      this.#reading = readingOf(choice, file, this.isPrimary, nowMs);
    } catch (error) {
      this.#reading = { ...nothingRead(choice, nowMs), ...unreadable(error, choice) };
      log.write('info', 'the talosconfig cannot be read', { path: choice.path, error });
    }
    this.#hasRead = true;
    this.#follow(choice, file);
    if (!this.#isClosed) onRead();
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

/** talosctl truncates and then writes: what is no YAML may be half a file, so it is read once more before it is shown. */
async function readTwice(read: () => Promise<TalosconfigFile>): Promise<TalosconfigFile> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Failed) || error.failure.code !== 'file-invalid') throw error;
    return read();
  }
}

function nothingRead(choice: TalosconfigChoice, readAtMs: number): FileReading {
  return { choice, status: 'missing', contexts: [], current: '', problems: [], readAtMs };
}

function readingOf(choice: TalosconfigChoice, file: TalosconfigFile, isPrimary: boolean, nowMs: number): FileReading {
  const contexts = file.contexts.map((raw) => {
    const id = isPrimary ? raw.name : `${choice.path}#${raw.name}`;
    return readContext(raw, { id, file: choice.path, fileContext: file.current }, nowMs);
  });
  const { status, current, problems } = file;
  return { choice, status, contexts, current, problems, readAtMs: nowMs };
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
