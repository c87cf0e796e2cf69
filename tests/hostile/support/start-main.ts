import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConfirmQuestion, Failure, Outcome, ProducerMessage } from '../../../preload/contract/index.ts';
import { joinParts } from '../../../renderer/lib/join-parts.ts';
import { temporaryHome } from '../../../scripts/temporary-home.ts';
import type { Strain } from './gap-meter.ts';

/** What main-process.ts is started with. */
export interface MainSettings {
  readonly talosconfig: string;
  readonly kubeconfigs: readonly string[];
  readonly userData: string;
  /** What the user chooses in every dialog for files. */
  readonly chooses?: readonly string[];
  readonly savesTo?: string;
  readonly clipboard?: string;
  /** Dialogs of the system stay open. */
  readonly dialogsStay?: boolean;
  /** The user confirms whatever Minos asks. Default: the user refuses. */
  readonly confirms?: boolean;
  /** There is a demo to open. */
  readonly demo?: boolean;
}

export type ToMain =
  | { readonly type: 'call'; readonly id: number; readonly name: unknown; readonly input: unknown }
  | { readonly type: 'drop'; readonly id: number; readonly paths: unknown }
  | {
      readonly type: 'open';
      readonly id: number;
      readonly kind: string;
      readonly name: string;
      readonly params: unknown;
    }
  | { readonly type: 'page'; readonly id: number; readonly message: unknown }
  | { readonly type: 'cancel'; readonly id: unknown }
  | { readonly type: 'reset' | 'strain' | 'held-now' | 'gone' | 'end' | 'hold' | 'release' };

export type FromMain =
  | { readonly type: 'ready' }
  | { readonly type: 'reset' | 'held' | 'released' }
  | { readonly type: 'answer'; readonly id: number; readonly outcome: Outcome<unknown>; readonly bytes: number }
  | { readonly type: 'port'; readonly id: number; readonly message: ProducerMessage; readonly bytes: number }
  | { readonly type: 'strain'; readonly strain: Strain; readonly openPorts: number }
  | { readonly type: 'held-now'; readonly held: Held }
  | { readonly type: 'asked'; readonly question: ConfirmQuestion }
  | { readonly type: 'unhandled'; readonly message: string };

/** What main holds on to at a moment, garbage aside. */
export interface Held {
  /** Of main's clock. */
  readonly timers: number;
  /** What keeps the process alive, by Node's names for it, each as often as it is there. */
  readonly resources: Readonly<Record<string, number>>;
  /** Heap and buffers, MB. */
  readonly memoryMb: number;
  readonly openPorts: number;
}

/** What the page may see of a stream or topic. */
export interface OpenedPort {
  readonly id: number;
  /** Everything main sent, in order; a value that came in parts is whole. */
  readonly messages: readonly ProducerMessage[];
  /** Items of all batches. */
  readonly items: readonly unknown[];
  /** Resolves with the failure, or undefined at a regular end. */
  readonly ended: Promise<Failure | undefined>;
  /** Resolves with the first message for which `is` holds. */
  until(is: (message: ProducerMessage) => boolean): Promise<ProducerMessage>;
  close(): void;
  /** Says anything at all on the port. */
  say(message: unknown): void;
}

export interface StartMainOptions extends Partial<Omit<MainSettings, 'userData'>> {
  /** A home that another start made and removes. Default: a new one, removed at the end. */
  readonly home?: string;
  /** Most files the process may have open at once; default the system's. */
  readonly maxOpenFiles?: number;
  /** Texts of files below the home, by relative path, written with mode 0600 before main starts. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** The talosconfig's text; default none. Written to `config`. */
  readonly talosconfigText?: string;
  /** Node's own limit for main's heap, MB: what passes it ends the process. Default 1,024. */
  readonly maxHeapMb?: number;
}

/** Main as a process of its own, and a page that speaks with it. `await using` ends it also when a test fails. */
export class StartedMain implements AsyncDisposable {
  readonly home: string;
  /** Largest message to the page so far, in bytes as it is copied. */
  largestBytes = 0;
  /** All bytes to the page so far. */
  totalBytes = 0;
  readonly unhandled: string[] = [];
  /** What Minos asked in its own window, oldest first. */
  readonly asked: ConfirmQuestion[] = [];
  stderr = '';
  readonly #child: ChildProcess;
  readonly #removeHome: () => void;
  readonly #listeners = new Set<(message: FromMain) => void>();
  #lastId = 0;

  private constructor(child: ChildProcess, home: string, removeHome: () => void) {
    this.#child = child;
    this.home = home;
    this.#removeHome = removeHome;
    child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    child.on('message', (message: FromMain) => {
      if (message.type === 'unhandled') this.unhandled.push(message.message);
      if (message.type === 'asked') this.asked.push(message.question);
      if (message.type === 'answer' || message.type === 'port') {
        this.largestBytes = Math.max(this.largestBytes, message.bytes);
        this.totalBytes += message.bytes;
      }
      for (const listener of this.#listeners) listener(message);
    });
  }

  static async start(options: StartMainOptions = {}): Promise<StartedMain> {
    const home = options.home === undefined ? temporaryHome() : { path: options.home, remove: () => undefined };
    const at = (path: string): string => join(home.path, path);
    mkdirSync(at('user-data'), { recursive: true, mode: 0o700 });
    for (const [path, text] of Object.entries(options.files ?? {})) {
      mkdirSync(join(at(path), '..'), { recursive: true });
      writeFileSync(at(path), text, { mode: 0o600 });
    }
    if (options.talosconfigText !== undefined) writeFileSync(at('config'), options.talosconfigText, { mode: 0o600 });
    const settings: MainSettings = {
      talosconfig: options.talosconfig ?? at('config'),
      kubeconfigs: options.kubeconfigs ?? [at('.kube/config')],
      userData: at('user-data'),
      ...(options.chooses && { chooses: options.chooses }),
      ...(options.savesTo !== undefined && { savesTo: options.savesTo }),
      ...(options.clipboard !== undefined && { clipboard: options.clipboard }),
      ...(options.dialogsStay === true && { dialogsStay: true }),
      ...(options.confirms !== undefined && { confirms: options.confirms }),
      ...(options.demo === true && { demo: true }),
    };
    const flags = ['--expose-gc', `--max-old-space-size=${options.maxHeapMb ?? 1024}`];
    const limited = ['-c', `ulimit -n ${options.maxOpenFiles ?? 0}; exec "$0" "$@"`, process.execPath, ...flags];
    const child = fork(new URL('main-process.ts', import.meta.url), [JSON.stringify(settings)], {
      ...(options.maxOpenFiles === undefined ? { execArgv: flags } : { execPath: '/bin/sh', execArgv: limited }),
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    });
    const main = new StartedMain(child, home.path, () => home.remove());
    try {
      await main.#next('ready');
    } catch (error) {
      home.remove();
      throw error;
    }
    return main;
  }

  /** Begins measuring from here. */
  async rest(): Promise<void> {
    this.#send({ type: 'reset' });
    await this.#next('reset');
  }

  /** What it took since {@link rest}, or since it started. */
  async strain(): Promise<Strain & { readonly openPorts: number }> {
    this.#send({ type: 'strain' });
    const { strain, openPorts } = await this.#next('strain');
    return { ...strain, openPorts };
  }

  /** What it holds on to now. */
  async held(): Promise<Held> {
    this.#send({ type: 'held-now' });
    return (await this.#next('held-now')).held;
  }

  /** Cancels a call by an id that may be anything. */
  cancel(id: unknown): void {
    this.#send({ type: 'cancel', id });
  }

  /** As a page that is reloaded or crashes: none of its ports says a word. */
  pageIsGone(): void {
    this.#send({ type: 'gone' });
  }

  /** Takes every descriptor that is left; see `maxOpenFiles`. */
  async hold(): Promise<void> {
    this.#send({ type: 'hold' });
    await this.#next('held');
  }

  /** Gives back what {@link hold} took. */
  async release(): Promise<void> {
    this.#send({ type: 'release' });
    await this.#next('released');
  }

  async call(name: string, input: unknown = {}): Promise<Outcome<unknown>> {
    const id = ++this.#lastId;
    this.#send({ type: 'call', id, name, input });
    return (await this.#next('answer', (message) => message.id === id)).outcome;
  }

  /** The token of dropped files. */
  async drop(...paths: readonly string[]): Promise<string> {
    const outcome = await this.dropped(paths);
    if (!outcome.ok) throw new Error(outcome.failure.message);
    return (outcome.value as { token: string }).token;
  }

  /** What main says to a drop of anything. */
  async dropped(paths: unknown): Promise<Outcome<unknown>> {
    const id = ++this.#lastId;
    this.#send({ type: 'drop', id, paths });
    return (await this.#next('answer', (message) => message.id === id)).outcome;
  }

  watch(name: string, params: unknown = {}): OpenedPort {
    return this.#open('topic', name, params, 0);
  }

  /** A stream whose reader takes all it gets; with `credit` it takes only so many batches. */
  open(name: string, params: unknown = {}, credit = Infinity): OpenedPort {
    return this.#open('stream', name, params, credit);
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Asks it to end; says how it ended: 0 is right. Its home stays until it is disposed of. */
  async close(): Promise<number | string | null> {
    const exited = this.isAlive ? once(this.#child, 'exit') : undefined;
    if (this.isAlive) this.#send({ type: 'end' });
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 10_000);
    await exited;
    clearTimeout(timer);
    return this.#child.exitCode ?? this.#child.signalCode;
  }

  /** Closes it however the test ended. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.isAlive) await this.kill();
    this.#removeHome();
  }

  /** As a crash. */
  async kill(): Promise<void> {
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }

  #send(message: ToMain): void {
    this.#child.send(message);
  }

  #open(kind: 'topic' | 'stream', name: string, params: unknown, credit: number): OpenedPort {
    const id = ++this.#lastId;
    const messages: ProducerMessage[] = [];
    const items: unknown[] = [];
    const ended = Promise.withResolvers<Failure | undefined>();
    const waiting = new Set<{ is: (m: ProducerMessage) => boolean; resolve: (m: ProducerMessage) => void }>();
    const page = (message: unknown): void => this.#send({ type: 'page', id, message });
    const join = joinParts();
    this.#listeners.add((message) => {
      if (message.type !== 'port' || message.id !== id) return;
      const sent = join(message.message);
      if (sent === undefined) return;
      messages.push(sent);
      if (sent.type === 'batch') {
        items.push(...sent.items);
        if (credit === Infinity) page({ type: 'credit', batches: 1 });
      }
      if (sent.type === 'end') ended.resolve(undefined);
      if (sent.type === 'failed') ended.resolve(sent.failure);
      for (const one of waiting) if (one.is(sent)) one.resolve(sent);
    });
    this.#send({ type: 'open', id, kind, name, params });
    if (kind === 'stream') page({ type: 'credit', batches: Math.min(credit, 8) });
    return {
      id,
      messages,
      items,
      ended: ended.promise,
      until: (is) => {
        const known = messages.find(is);
        if (known !== undefined) return Promise.resolve(known);
        return new Promise((resolve) => waiting.add({ is, resolve }));
      },
      close: () => page({ type: 'cancel' }),
      say: page,
    };
  }

  /** The next message of a type that fits; rejects when the process ends first. */
  #next<T extends FromMain['type']>(type: T, is: (message: Of<T>) => boolean = () => true): Promise<Of<T>> {
    return new Promise((resolve, reject) => {
      const listener = (message: FromMain): void => {
        if (message.type !== type || !is(message as Of<T>)) return;
        done();
        resolve(message as Of<T>);
      };
      const onExit = (code: number | null, signal: string | null): void => {
        done();
        reject(new Error(`Main ended with ${signal ?? String(code)}: ${this.stderr.slice(-2000)}`));
      };
      const done = (): void => {
        this.#listeners.delete(listener);
        this.#child.off('exit', onExit);
      };
      this.#listeners.add(listener);
      this.#child.on('exit', onExit);
    });
  }
}

type Of<T extends FromMain['type']> = FromMain & { readonly type: T };
