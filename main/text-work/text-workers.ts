import type { Clock } from '../lib/clock.ts';
import { Failed } from '../lib/failed.ts';
import type { Secret } from '../lib/secret.ts';
import { WorkerPool, type Overrun } from '../lib/worker-pool.ts';
import { CROSSING } from './crossing.ts';
import { TEXT_WORK, type TextWork, type TextWorkName } from './text-work.ts';
import { isLargeText } from '../yaml/bounds/yaml-cost.ts';

/** Options of {@link TextWorkers}. */
export interface TextWorkersOptions {
  /** The built main/text-work/text-worker.ts, or that file itself. */
  readonly workerFile: URL | string;
  readonly clock: Clock;
  /** Which texts go to the worker. Default {@link isLargeText}. */
  readonly isLarge?: (text: string) => boolean;
  /** A job that takes longer is given up, ms. Default 60,000, and 120,000 for texts above 2 MiB. */
  readonly timeoutMs?: number;
}

/** A text, or one that is kept closed because it holds keys. */
type Text = string | Secret;
/** Arguments without the first. */
type Behind<Args extends readonly unknown[]> = Args extends readonly [unknown, ...infer Rest] ? Rest : never;

/** Texts above this have a thread of their own, so that nobody else waits for them. */
const HUGE_LENGTH = 2 * 1024 * 1024;

/**
 * Parses, edits and compares talosconfigs and kubeconfigs; large ones, and those that may take long for their size, in
 * worker threads, so that the window never waits for them. A job that takes too much time or memory ends its thread and
 * fails alone; it is done neither again nor here. The threads start when first needed and do not keep the process alive.
 * Close it when the app ends.
 */
export class TextWorkers {
  readonly #isLarge: (text: string) => boolean;
  readonly #pool: WorkerPool<TextWork>;
  readonly #hugePool: WorkerPool<TextWork>;

  constructor({ workerFile: file, clock, isLarge = isLargeText, timeoutMs }: TextWorkersOptions) {
    this.#isLarge = isLarge;
    const poolOf = (maxHeapMb: number, longestMs: number): WorkerPool<TextWork> => {
      const deadlineMs = timeoutMs ?? longestMs;
      return new WorkerPool({ file, threads: 1, maxHeapMb, deadlineMs, clock, crossing: CROSSING, overrun: tooMuch });
    };
    this.#pool = poolOf(768, 60_000);
    this.#hugePool = poolOf(2_048, 120_000);
  }

  /** {@link parseTalosconfig} */
  parse = (closed: Text, file?: string): Promise<ReturnType<TextWork['parse']>> =>
    this.#withText(closed, (text) => this.#run('parse', [text], [text, file]));

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
  readHandedOut = (closed: Text): Promise<ReturnType<TextWork['readHandedOut']>> =>
    this.#withText(closed, (text) => this.#run('readHandedOut', [text], [text]));

  /** {@link TEXT_WORK.mergeKubeconfig} */
  mergeKubeconfig = (
    closed: Text,
    ...rest: Behind<Parameters<TextWork['mergeKubeconfig']>>
  ): Promise<ReturnType<TextWork['mergeKubeconfig']>> =>
    this.#withText(closed, (text) => this.#run('mergeKubeconfig', [text], [text, ...rest]));

  /** {@link TEXT_WORK.removeFromKubeconfig} */
  removeFromKubeconfig = (
    closed: Text,
    ...rest: Behind<Parameters<TextWork['removeFromKubeconfig']>>
  ): Promise<ReturnType<TextWork['removeFromKubeconfig']>> =>
    this.#withText(closed, (text) => this.#run('removeFromKubeconfig', [text], [text, ...rest]));

  /** {@link TEXT_WORK.renameInKubeconfig} */
  renameInKubeconfig = (
    closed: Text,
    ...rest: Behind<Parameters<TextWork['renameInKubeconfig']>>
  ): Promise<ReturnType<TextWork['renameInKubeconfig']>> =>
    this.#withText(closed, (text) => this.#run('renameInKubeconfig', [text], [text, ...rest]));

  /** {@link TEXT_WORK.carriedByKubeconfig} */
  carriedByKubeconfig = (
    ...args: Parameters<TextWork['carriedByKubeconfig']>
  ): Promise<ReturnType<TextWork['carriedByKubeconfig']>> => this.#run('carriedByKubeconfig', [args[0]], args);

  /** {@link TEXT_WORK.diffKubeconfig} */
  diffKubeconfig = (before: string, after: string): Promise<ReturnType<TextWork['diffKubeconfig']>> =>
    this.#run('diffKubeconfig', [before, after], [before, after]);

  /** {@link readBlackBox} */
  readBlackBox = (text: string): Promise<ReturnType<TextWork['readBlackBox']>> =>
    this.#run('readBlackBox', [text], [text]);

  /** {@link TEXT_WORK.readConfig} */
  readConfig = (closed: Text): Promise<ReturnType<TextWork['readConfig']>> =>
    this.#withText(closed, (text) => this.#run('readConfig', [text], [text]));

  /** {@link TEXT_WORK.patchConfig} */
  patchConfig = (closed: Text, patches: readonly string[]): Promise<ReturnType<TextWork['patchConfig']>> =>
    this.#withText(closed, (text) => this.#run('patchConfig', [text, ...patches], [text, patches]));

  /** {@link TEXT_WORK.maskedDiff} */
  maskedDiff = (before: Text, after: string): Promise<ReturnType<TextWork['maskedDiff']>> =>
    this.#withText(before, (text) => this.#run('maskedDiff', [text, after], [text, after]));

  /** {@link TEXT_WORK.checkConfig} */
  checkConfig = (
    closed: Text,
    ...rest: Behind<Parameters<TextWork['checkConfig']>>
  ): Promise<ReturnType<TextWork['checkConfig']>> =>
    this.#withText(closed, (text) => this.#run('checkConfig', [text], [text, ...rest]));

  /** {@link TEXT_WORK.changeConfig} */
  changeConfig = (
    closed: Text,
    { text: given, patches = [] }: { readonly text?: Secret; readonly patches?: readonly string[] },
  ): Promise<ReturnType<TextWork['changeConfig']>> =>
    this.#withText(closed, (text) => {
      const next = given?.reveal();
      const wish = { patches, ...(next !== undefined && { text: next }) };
      return this.#run('changeConfig', [text, ...patches, next ?? ''], [text, wish]);
    });

  /** {@link TEXT_WORK.fillSecrets} */
  fillSecrets = (closed: Text, edited: string): Promise<ReturnType<TextWork['fillSecrets']>> =>
    this.#withText(closed, (text) => this.#run('fillSecrets', [text, edited], [text, edited]));

  /** {@link TEXT_WORK.judgeEdit} */
  judgeEdit = (
    closed: Text,
    ...rest: Behind<Parameters<TextWork['judgeEdit']>>
  ): Promise<ReturnType<TextWork['judgeEdit']>> =>
    this.#withText(closed, (text) => this.#run('judgeEdit', [text, rest[0]], [text, ...rest]));

  /** {@link TEXT_WORK.commonJobs} */
  commonJobs = (closed: Text, version: string): Promise<ReturnType<TextWork['commonJobs']>> =>
    this.#withText(closed, (text) => this.#run('commonJobs', [text], [text, version]));

  /** {@link TEXT_WORK.withoutSecrets} */
  withoutSecrets = (configs: readonly Secret[], said: string): Promise<string> => {
    const texts = configs.map((config) => config.reveal());
    return this.#run('withoutSecrets', [...texts, said], [texts, said]);
  };

  /** {@link TEXT_WORK.compareConfigs} */
  compareConfigs = (
    configs: readonly Secret[],
    ...rest: Behind<Parameters<TextWork['compareConfigs']>>
  ): Promise<ReturnType<TextWork['compareConfigs']>> => {
    const texts = configs.map((config) => config.reveal());
    // Many small ones are as much work as a large one.
    return this.#run('compareConfigs', [texts.join('')], [texts, ...rest]);
  };

  /** {@link TEXT_WORK.makeAlike} */
  makeAlike = (have: Secret, want: Secret, ids: readonly string[]): Promise<ReturnType<TextWork['makeAlike']>> => {
    const [mine = '', other = ''] = [have, want].map((config) => config.reveal());
    return this.#run('makeAlike', [mine, other], [mine, other, ids]);
  };

  /** {@link TEXT_WORK.configInSpec} */
  configInSpec = (spec: string): Promise<string> => this.#run('configInSpec', [spec], [spec]);

  /** Stops the workers; jobs that are running fail. */
  async close(): Promise<void> {
    await Promise.all([this.#pool.close(), this.#hugePool.close()]);
  }

  /** Opens a text where it is worked on, and nowhere before. */
  #withText<Result>(text: Text, work: (text: string) => Promise<Result>): Promise<Result> {
    return work(typeof text === 'string' ? text : text.reveal());
  }

  async #run<N extends TextWorkName>(
    name: N,
    texts: readonly string[],
    args: Parameters<TextWork[N]>,
  ): Promise<ReturnType<TextWork[N]>> {
    type Result = ReturnType<TextWork[N]>;
    if (!texts.some(this.#isLarge)) {
      const work = TEXT_WORK[name] as unknown as (...args: Parameters<TextWork[N]>) => Result;
      return work(...args);
    }
    const length = texts.reduce((sum, text) => sum + text.length, 0);
    const pool = length > HUGE_LENGTH ? this.#hugePool : this.#pool;
    return pool.run(name, args);
  }
}

const TOO_MUCH: Readonly<Record<Overrun, string>> = {
  time: 'It takes too long to read this file.',
  memory: 'This file needs too much memory to be read.',
  answer: 'What this file holds is too much to be shown.',
  crash: 'The part of Minos that reads large files ended unexpectedly.',
};

function tooMuch(why: Overrun, cause?: unknown): Failed {
  const message = TOO_MUCH[why];
  if (why !== 'crash') return new Failed({ code: 'too-large', message, hint: 'Check that this is the right file.' });
  const hint = 'Try again; if that does not help, start Minos again.';
  return new Failed({ code: 'internal', message, hint }, cause);
}
