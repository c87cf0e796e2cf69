import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
// The protocol's types come with Playwright but are not among its exported paths.
import type { Protocol } from '../../../node_modules/playwright-core/types/protocol.d.ts';

export type { Protocol };
type Commands = Protocol.CommandParameters;
type Answers = Protocol.CommandReturnValues;
type Events = Protocol.Events;

interface Waiting {
  readonly method: string;
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

interface Incoming {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
}

/** One DevTools session: of the browser itself, or of one page. */
export class Session {
  readonly id: string | undefined;
  readonly #connection: DevTools;
  readonly #events = new EventEmitter();

  constructor(connection: DevTools, id: string | undefined) {
    this.#connection = connection;
    this.id = id;
    this.#events.setMaxListeners(0);
  }

  /** Rejects with the protocol's own words, or "Chromium is gone." */
  send<M extends keyof Commands & keyof Answers>(method: M, params?: Commands[M]): Promise<Answers[M]> {
    return this.#connection.send(method, params, this.id) as Promise<Answers[M]>;
  }

  /** For commands whose answer nobody needs and whose page may be gone by now. */
  tell<M extends keyof Commands & keyof Answers>(method: M, params?: Commands[M]): void {
    this.send(method, params).catch(() => {
      // The page went away first; there is nobody left to tell.
    });
  }

  on<E extends keyof Events>(event: E, listener: (params: Events[E]) => void): void {
    this.#events.on(event, listener);
  }

  deliver(method: string, params: unknown): void {
    this.#events.emit(method, params);
  }
}

/** The DevTools protocol over Chromium's `--remote-debugging-pipe`: JSON messages that end with a zero byte. */
export class DevTools {
  readonly browser = new Session(this, undefined);
  readonly #write: Writable;
  readonly #sessions = new Map<string, Session>();
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 0;
  #closed = false;
  #chunks: Buffer[] = [];

  constructor(write: Writable, read: Readable) {
    this.#write = write;
    write.on('error', () => {
      this.close();
    });
    read.on('data', (chunk: Buffer) => {
      this.#read(chunk);
    });
    read.on('close', () => {
      this.close();
    });
  }

  session(id: string): Session {
    const known = this.#sessions.get(id);
    if (known) return known;
    const session = new Session(this, id);
    this.#sessions.set(id, session);
    return session;
  }

  send(method: string, params: unknown, sessionId: string | undefined): Promise<unknown> {
    if (this.#closed) return Promise.reject(new Error(`${method}: Chromium is gone.`));
    const id = ++this.#nextId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { method, resolve, reject });
      this.#write.write(`${JSON.stringify({ id, method, params: params ?? {}, sessionId })}\0`);
    });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const { method, reject } of this.#waiting.values()) reject(new Error(`${method}: Chromium is gone.`));
    this.#waiting.clear();
  }

  #read(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, from)) {
      this.#chunks.push(chunk.subarray(from, end));
      this.#receive(Buffer.concat(this.#chunks).toString('utf8'));
      this.#chunks = [];
      from = end + 1;
    }
    if (from < chunk.length) this.#chunks.push(chunk.subarray(from));
  }

  #receive(text: string): void {
    const message = JSON.parse(text) as Incoming;
    if (message.id === undefined) {
      const session = message.sessionId === undefined ? this.browser : this.#sessions.get(message.sessionId);
      session?.deliver(message.method ?? '', message.params);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error) waiting?.reject(new Error(`${waiting.method}: ${message.error.message}`));
    else waiting?.resolve(message.result);
  }
}
