import {
  createSecureServer,
  type Http2SecureServer,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { mintAuthority } from '../../../main/credentials/mint.ts';
import { serverTlsOptions } from '../../../main/credentials/server-credentials.ts';
import { talosconfigText } from '../../../main/simulator/cluster/talosconfig-text.ts';

/** Answers one call with exactly the bytes and frames it wants to. */
export type RawAnswer = (stream: ServerHttp2Stream, session: ServerHttp2Session) => void;

/** An HTTP/2 server behind mutual TLS that says what a test tells it to, and the talosconfig that leads to it. */
export class RawServer implements AsyncDisposable {
  readonly talosconfig: string;
  /** What every call gets. */
  answer: RawAnswer = (stream) => {
    stream.respond(GRPC_HEADERS, { endStream: true });
  };
  readonly #server: Http2SecureServer;
  readonly #sessions = new Set<ServerHttp2Session>();

  private constructor(server: Http2SecureServer, talosconfig: string) {
    this.#server = server;
    this.talosconfig = talosconfig;
    server.on('session', (session) => {
      this.#sessions.add(session);
      session.on('error', () => undefined);
    });
    server.on('stream', (stream) => {
      stream.on('error', () => undefined);
      this.answer(stream, stream.session as ServerHttp2Session);
    });
  }

  static async start(): Promise<RawServer> {
    const authority = await mintAuthority('talos');
    const leaf = await authority.issue({ eku: 'serverAuth', ipAddresses: ['127.0.0.1'] });
    const client = await authority.issue({ organizations: ['os:admin'], eku: 'clientAuth' });
    const pem = { ca: authority.certPem, cert: leaf.certPem, key: leaf.keyPem };
    const server = createSecureServer(serverTlsOptions(pem));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const endpoints = [`127.0.0.1:${(server.address() as AddressInfo).port}`];
    const context = { name: 'raw', endpoints, nodes: [], caPem: authority.certPem };
    return new RawServer(server, talosconfigText([{ ...context, certPem: client.certPem, keyPem: client.keyPem }]));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const session of this.#sessions) session.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Headers of an answer that gRPC goes on with. */
export const GRPC_HEADERS = { ':status': 200, 'content-type': 'application/grpc' };

/** A message as gRPC frames it. */
export function framed(message: Uint8Array, isCompressed = false): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(isCompressed ? 1 : 0, 0);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

/** One message, then a good status. */
export const answerWith =
  (bytes: Uint8Array, headers: Readonly<Record<string, string>> = {}): RawAnswer =>
  (stream) => {
    stream.respond({ ...GRPC_HEADERS, ...headers }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(bytes);
  };
