import { Client, credentials, Metadata, type ClientOptions, type ServiceError } from '@grpc/grpc-js';
import { parse } from 'yaml';
import { loadTalosProto } from '../../../main/talos/load-proto.ts';
import type { MethodPath, MethodReply, MethodRequest } from '../../../main/talos/method-types.ts';

/*
 * A client of grpc-js and nothing of ours, so that the tests of the simulator do not depend on the pool they will serve.
 */

/** proto/ is read once per test file; reading it changes nothing. */
export const proto = loadTalosProto(new URL('../../../proto/', import.meta.url).pathname);

/** What a test reads of a talosconfig. */
export interface TestContext {
  readonly endpoints: readonly string[];
  readonly nodes?: readonly string[];
  readonly ca: string;
  readonly crt: string;
  readonly key: string;
}

/** A call that failed, as plain data to compare. */
export interface CallError {
  readonly code: number;
  readonly text: string;
}

type Headers = Readonly<Record<string, string | readonly string[]>>;

export const decode = (base64: string): Buffer => Buffer.from(base64, 'base64');

export function contextOf(talosconfig: string, name?: string): TestContext {
  const document = parse(talosconfig) as { context: string; contexts: Record<string, TestContext> };
  return document.contexts[name ?? document.context]!;
}

function metadataOf(headers: Headers): Metadata {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(headers)) for (const each of [value].flat()) metadata.add(key, each);
  return metadata;
}

const failed = (error: ServiceError): CallError => ({ code: error.code, text: error.details });

/** One endpoint through one channel. */
export class TalosClient {
  readonly #client: Client;

  constructor(talosconfig: string, options: { readonly endpoint?: string; readonly channel?: ClientOptions } = {}) {
    const context = contextOf(talosconfig);
    const key = decode(context.key).toString('utf8').replaceAll('ED25519 PRIVATE KEY', 'PRIVATE KEY');
    this.#client = new Client(
      options.endpoint ?? context.endpoints[0]!,
      credentials.createSsl(decode(context.ca), Buffer.from(key), decode(context.crt)),
      { 'grpc.use_local_subchannel_pool': 1, ...options.channel },
    );
  }

  /** The reply, or a rejection with a {@link CallError}. */
  unary<P extends MethodPath>(
    path: P,
    request: MethodRequest<P>,
    headers: Headers = {},
    options: { readonly deadlineMs?: number; readonly signal?: AbortSignal } = {},
  ): Promise<MethodReply<P>> {
    const method = proto.method(path);
    return new Promise((resolve, reject) => {
      const call = this.#client.makeUnaryRequest(
        path,
        method.requestSerialize,
        method.responseDeserialize,
        request,
        metadataOf(headers),
        options.deadlineMs === undefined ? {} : { deadline: Date.now() + options.deadlineMs },
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- plain data compares whole
        (error, reply) => (error ? reject(failed(error)) : resolve(reply!)),
      );
      options.signal?.addEventListener('abort', () => call.cancel());
    });
  }

  /** The error of a call that must not succeed. */
  async error<P extends MethodPath>(path: P, request: MethodRequest<P>, headers: Headers = {}): Promise<CallError> {
    try {
      await this.unary(path, request, headers);
    } catch (error) {
      return error as CallError;
    }
    throw new Error(`${path} succeeded`);
  }

  /** A server stream to be read at the test's pace. */
  stream<P extends MethodPath>(path: P, request: MethodRequest<P>, headers: Headers = {}): TalosStream<MethodReply<P>> {
    const method = proto.method(path);
    return new TalosStream(
      this.#client.makeServerStreamRequest(
        path,
        method.requestSerialize,
        method.responseDeserialize,
        request,
        metadataOf(headers),
      ),
    );
  }

  /** All messages of a stream that ends by itself. */
  async all<P extends MethodPath>(
    path: P,
    request: MethodRequest<P>,
    headers: Headers = {},
  ): Promise<MethodReply<P>[]> {
    const stream = this.stream(path, request, headers);
    const messages: MethodReply<P>[] = [];
    for (let next = await stream.next(); next !== null; next = await stream.next()) messages.push(next);
    return messages;
  }

  close(): void {
    this.#client.close();
  }
}

interface ReadableCall {
  on(event: 'data', listener: (message: unknown) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  on(event: 'error', listener: (error: ServiceError) => void): unknown;
  cancel(): void;
}

/** Messages in order; `next` waits for one. */
export class TalosStream<Message> {
  readonly #call: ReadableCall;
  readonly #messages: Message[] = [];
  #ended: { readonly error: CallError | null } | null = null;
  #wake: () => void = () => undefined;

  constructor(call: ReadableCall) {
    this.#call = call;
    call.on('data', (message) => {
      this.#messages.push(message as Message);
      this.#wake();
    });
    call.on('end', () => this.#finish(null));
    call.on('error', (error) => this.#finish(failed(error)));
  }

  #finish(error: CallError | null): void {
    // After an error comes an `end`; the error is what counts, whichever arrives first.
    if (error !== null || this.#ended === null) this.#ended = { error };
    setImmediate(() => this.#wake());
  }

  /** The next message, or null at the end. Rejects with the error that ended the stream. */
  async next(): Promise<Message | null> {
    for (;;) {
      const message = this.#messages.shift();
      if (message !== undefined) return message;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        if (this.#ended !== null) setImmediate(resolve);
      });
      if (this.#messages.length > 0) continue;
      if (this.#ended === null) continue;
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- plain data compares whole
      if (this.#ended.error !== null) throw this.#ended.error;
      return null;
    }
  }

  /** Messages that arrived and were not read. */
  get waiting(): number {
    return this.#messages.length;
  }

  cancel(): void {
    this.#call.cancel();
  }
}
