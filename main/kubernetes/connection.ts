import { connect as connectHttp2, type ClientHttp2Session } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { joinHostPort } from '../lib/endpoint-address.ts';
import { TlsError, secureConnection } from '../credentials/secure-connection.ts';
import { explainTlsFailure } from '../credentials/tls-failure.ts';
import type { Identity } from '../credentials/identity.ts';
import { Failed } from '../lib/failed.ts';
import { KubernetesRefusal, readRefusal } from './refusal.ts';

/** Where the API of a Kubernetes cluster answers. */
export interface KubernetesServer {
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
}

/** One answer holds no more than this: pages of a list have a tenth of it. */
const MOST_BYTES = 16 * 1024 * 1024;
/** What is read of a refusal. */
const MOST_REFUSAL_BYTES = 64 * 1024;

/** A request. */
export interface KubernetesRequest {
  readonly method: 'GET' | 'PATCH' | 'POST';
  /** With its query. */
  readonly path: string;
  /** Default: whole objects as JSON. */
  readonly accept?: string;
  readonly body?: { readonly type: string; readonly json: unknown };
}

/**
 * A connection to the API of Kubernetes, mutual TLS and HTTP/2, made when it is first needed and again after it broke. Whoever
 * made it closes it.
 */
export class KubernetesConnection {
  readonly #server: KubernetesServer;
  readonly #identity: Identity;
  readonly #now: () => number;
  #session: ClientHttp2Session | undefined;
  /** What TLS said last: a refusal of our certificate comes after the handshake, as the end of the session. */
  #tlsError: Error | undefined;
  #isClosed = false;

  constructor(server: KubernetesServer, identity: Identity, now: () => number) {
    this.#server = server;
    this.#identity = identity;
    this.#now = now;
  }

  /** The JSON at a path with its query, see {@link ask}. */
  get(path: string, signal: AbortSignal): Promise<unknown> {
    return this.ask({ method: 'GET', path }, signal);
  }

  /**
   * The JSON that is answered. The signal bounds its time. Throws Failed in words for what the network and TLS say,
   * {@link KubernetesRefusal} for what the server says, and the signal's reason. Never asks twice.
   */
  async ask(request: KubernetesRequest, signal: AbortSignal): Promise<unknown> {
    let session: ClientHttp2Session | undefined;
    try {
      session = await this.#connected(signal);
      return await this.#asked(session, request, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof Failed) throw error;
      session?.destroy();
      const { code, message, details } = explainTlsFailure(this.#tlsError ?? error, {
        endpoint: joinHostPort(this.#server.host, this.#server.port),
        nowMs: this.#now(),
      });
      const said = `The API of Kubernetes cannot be asked: ${message}`;
      throw new Failed({ code, message: said, retry: 'safe', ...(details !== undefined && { details }) }, error);
    }
  }

  /** What is asked next connects anew: what is under way over the old connection ends there, and that with it. */
  renew(): void {
    this.#session?.close();
    this.#session = undefined;
  }

  /** Ends the connection; nothing is asked any more. */
  close(): void {
    this.#isClosed = true;
    this.#session?.destroy();
  }

  async #connected(signal: AbortSignal): Promise<ClientHttp2Session> {
    if (this.#isClosed) throw closed();
    const known = this.#alive();
    if (known !== undefined) return known;
    const { host, port } = this.#server;
    this.#tlsError = undefined;
    const socket = connect({ host, port });
    const stop = (): void => {
      socket.destroy();
    };
    signal.addEventListener('abort', stop, { once: true });
    try {
      await connected(socket);
      const onTlsError = (error: Error): void => {
        this.#tlsError = error;
      };
      const secure = await secureConnection(socket, { identity: this.#identity, host, onTlsError });
      if (secure.alpnProtocol !== 'h2') {
        secure.destroy();
        throw new TlsError('ERR_SSL_NO_APPLICATION_PROTOCOL', 'the server does not speak HTTP/2');
      }
      // Of several that connect at once one remains: nobody would end the others.
      const first = this.#alive();
      if (first !== undefined || this.#isClosed) secure.destroy();
      if (this.#isClosed) throw closed();
      if (first !== undefined) return first;
      const session = connectHttp2(`https://${joinHostPort(host, port)}`, { createConnection: () => secure });
      session.on('error', () => undefined);
      this.#session = session;
      return session;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  #alive(): ClientHttp2Session | undefined {
    return this.#session?.closed === false && !this.#session.destroyed ? this.#session : undefined;
  }

  async #asked(session: ClientHttp2Session, asked: KubernetesRequest, signal: AbortSignal): Promise<unknown> {
    const { method, path, accept = 'application/json', body } = asked;
    const headers = {
      ...{ ':method': method, ':path': path, accept, 'user-agent': 'minos' },
      ...(body && { 'content-type': body.type }),
    };
    const stream = session.request(headers, { signal, endStream: body === undefined });
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const parts: Buffer[] = [];
    let [status, size, isGood] = [0, 0, false];
    let retryAfter: string | undefined;
    stream.on('response', (told) => {
      status = told[':status'] ?? 0;
      isGood = status >= 200 && status < 300;
      retryAfter = told['retry-after'];
    });
    stream.on('data', (part: Buffer) => {
      size += part.byteLength;
      parts.push(part);
      if (size <= (isGood ? MOST_BYTES : MOST_REFUSAL_BYTES)) return;
      reject(new Failed({ code: 'too-large', message: 'The API of Kubernetes answers with more than Minos reads.' }));
      stream.destroy();
    });
    stream.on('error', reject);
    stream.on('close', () => reject(new TlsError('ECONNRESET', 'the connection was closed')));
    stream.on('end', () => {
      if (status > 0) resolve(Buffer.concat(parts).toString('utf8'));
    });
    stream.end(body && JSON.stringify(body.json));
    const text = await promise;
    if (isGood) return parsed(text);
    const { parts: failure, facts } = readRefusal(status, text, retryAfter);
    throw new KubernetesRefusal(failure, facts);
  }
}

const closed = (): Failed => new Failed({ code: 'cancelled', message: 'The connection was closed.' });

function connected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve();
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new TlsError('ECONNRESET', 'the connection was closed')));
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Failed(
      { code: 'invalid', message: 'The API of Kubernetes answered with something else than JSON.' },
      error,
    );
  }
}
