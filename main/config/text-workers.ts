import { Worker } from 'node:worker_threads';
import type { Failure } from '../../preload/contract/index.ts';
import type { Clock } from '../lib/clock.ts';
import { Failed } from '../lib/failed.ts';
import { endWorker } from '../lib/worker-threads.ts';
import { systemCode } from './file-failure.ts';
import {
  isLargeText,
  TEXT_WORK,
  type TextAnswer,
  type TextJob,
  type TextWork,
  type TextWorkName,
} from './text-work.ts';
import { fromWire, toWire } from './wire.ts';

/** Options of {@link TextWorkers}. */
export interface TextWorkersOptions {
  /** The built main/config/text-worker.ts, or that file itself. */
  readonly workerFile: URL | string;
  readonly clock: Clock;
  /** Which texts go to the worker. Default {@link isLargeText}. */
  readonly isLarge?: (text: string) => boolean;
  /** A job that takes longer is given up, ms. Default 60,000. */
  readonly timeoutMs?: number;
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly stopTimer: () => void;
}

/**
 * Parses, edits and compares talosconfigs and kubeconfigs; large ones in a worker thread, so that the window never waits for them. The
 * worker starts with the first large text and does not keep the process alive. Close it when the app ends.
 */
export class TextWorkers {
  readonly #options: TextWorkersOptions;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | undefined;
  #nextId = 1;

  constructor(options: TextWorkersOptions) {
    this.#options = options;
  }

  /** {@link parseTalosconfig} */
  parse = (text: string, file?: string): Promise<ReturnType<TextWork['parse']>> =>
    this.#run('parse', [text], [text, file]);

  /** {@link editTalosconfig} */
  edit = (text: string, edits: Parameters<TextWork['edit']>[1], file?: string): Promise<string> =>
    this.#run('edit', [text], [text, edits, file]);

  /** {@link redactedDiff} */
  diff = (before: string, after: string): Promise<ReturnType<TextWork['diff']>> =>
    this.#run('diff', [before, after], [before, after]);

  /** {@link allContextContents} */
  contents = (text: string, file?: string): Promise<ReturnType<TextWork['contents']>> =>
    this.#run('contents', [text], [text, file]);

  /** {@link contentHashes} */
  contentHashes = (text: string, file?: string): Promise<ReturnType<TextWork['contentHashes']>> =>
    this.#run('contentHashes', [text], [text, file]);

  /** {@link recogniseText} */
  recognise = (text: string, label: string): Promise<ReturnType<TextWork['recognise']>> =>
    this.#run('recognise', [text], [text, label]);

  /** {@link TEXT_WORK.summarizeKubeconfig} */
  summarizeKubeconfig = (
    ...args: Parameters<TextWork['summarizeKubeconfig']>
  ): Promise<ReturnType<TextWork['summarizeKubeconfig']>> => this.#run('summarizeKubeconfig', [args[0]], args);

  /** {@link TEXT_WORK.readHandedOut} */
  readHandedOut = (text: string): Promise<ReturnType<TextWork['readHandedOut']>> =>
    this.#run('readHandedOut', [text], [text]);

  /** {@link TEXT_WORK.mergeKubeconfig} */
  mergeKubeconfig = (
    ...args: Parameters<TextWork['mergeKubeconfig']>
  ): Promise<ReturnType<TextWork['mergeKubeconfig']>> => this.#run('mergeKubeconfig', [args[0]], args);

  /** {@link TEXT_WORK.removeFromKubeconfig} */
  removeFromKubeconfig = (
    ...args: Parameters<TextWork['removeFromKubeconfig']>
  ): Promise<ReturnType<TextWork['removeFromKubeconfig']>> => this.#run('removeFromKubeconfig', [args[0]], args);

  /** {@link TEXT_WORK.diffKubeconfig} */
  diffKubeconfig = (before: string, after: string): Promise<ReturnType<TextWork['diffKubeconfig']>> =>
    this.#run('diffKubeconfig', [before, after], [before, after]);

  /** Stops the worker; jobs that are running fail. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#stop(new Failed({ code: 'cancelled', message: 'The app is closing.' }));
    if (worker) await endWorker(worker);
  }

  async #run<N extends TextWorkName>(
    name: N,
    texts: readonly string[],
    args: Parameters<TextWork[N]>,
  ): Promise<ReturnType<TextWork[N]>> {
    type Result = ReturnType<TextWork[N]>;
    if (!texts.some(this.#options.isLarge ?? isLargeText)) {
      const work = TEXT_WORK[name] as unknown as (...args: Parameters<TextWork[N]>) => Result;
      return work(...args);
    }
    return (await this.#post(name, args)) as Result;
  }

  #post(name: TextWorkName, args: readonly unknown[]): Promise<unknown> {
    const worker = (this.#worker ??= this.#start());
    const job: TextJob = { id: this.#nextId++, name, args: toWire(args) };
    return new Promise((resolve, reject) => {
      const stopTimer = this.#options.clock.after(this.#options.timeoutMs ?? 60_000, () => {
        this.#stop(tooMuch('It takes too long to read this file.'));
        void endWorker(worker);
      });
      this.#pending.set(job.id, { resolve, reject, stopTimer });
      worker.ref();
      worker.postMessage(job);
    });
  }

  #start(): Worker {
    const worker = new Worker(this.#options.workerFile, { resourceLimits: { maxOldGenerationSizeMb: 2_048 } });
    worker.on('message', (answer: TextAnswer) => {
      const pending = this.#pending.get(answer.id);
      this.#pending.delete(answer.id);
      pending?.stopTimer();
      if (this.#pending.size === 0) worker.unref();
      if (answer.ok) pending?.resolve(fromWire(answer.value));
      else pending?.reject(answer.failure ? new Failed(answer.failure as Failure) : new Error(answer.message));
    });
    worker.on('error', (error: unknown) => {
      if (this.#worker !== worker) return;
      const isMemory = systemCode(error) === 'ERR_WORKER_OUT_OF_MEMORY';
      this.#stop(isMemory ? tooMuch('This file needs too much memory to be read.') : error);
    });
    worker.unref();
    return worker;
  }

  /** Fails everything that is waiting; the next job starts a new worker. */
  #stop(error: unknown): void {
    this.#worker = undefined;
    for (const pending of this.#pending.values()) {
      pending.stopTimer();
      pending.reject(error);
    }
    this.#pending.clear();
  }
}

const tooMuch = (message: string): Failed =>
  new Failed({ code: 'too-large', message, hint: 'Check that this is the right file.' });
