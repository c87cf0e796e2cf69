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
import type { MethodPath } from '../../../main/talos/method-types.ts';
import { testProto } from '../../fakes/open-workspace.ts';

/** Exactly what a call is answered with. */
export interface RawAnswer {
  /** Messages, as their bytes; sent as fast as the client takes them. */
  readonly messages: Iterable<Buffer>;
  /** Said of every message: it is compressed like this. */
  readonly encoding?: string;
  /** Default: the call ends well after its last message. */
  readonly trailers?: Readonly<Record<string, string>>;
}

/** Answers by method path, or undefined for a method it does not have; `node` is the call's header. */
export type RawAnswers = (path: string, node: string) => RawAnswer | undefined;

/** The bytes of a reply. */
export const replyBytes = (path: MethodPath, reply: object): Buffer =>
  (testProto().method(path).responseSerialize as unknown as (reply: object) => Buffer)(reply);

/** A field with so many bytes as protobuf has them on the wire. */
export function field(number: number, content: Buffer): Buffer {
  const head = [(number << 3) | 2];
  let rest = content.length;
  for (; rest > 127; rest >>>= 7) head.push((rest & 127) | 128);
  return Buffer.concat([Buffer.from([...head, rest]), content]);
}

/** An endpoint over mutual TLS that answers with any bytes, as no gRPC server would. Context `raw`. */
export class RawCluster implements AsyncDisposable {
  readonly talosconfig: string;
  /** Calls that came, by path. */
  readonly calls: string[] = [];
  readonly #server: Http2SecureServer;
  readonly #sessions: ReadonlySet<ServerHttp2Session>;

  private constructor(server: Http2SecureServer, sessions: ReadonlySet<ServerHttp2Session>, talosconfig: string) {
    this.#server = server;
    this.#sessions = sessions;
    this.talosconfig = talosconfig;
  }

  static async start(answers: RawAnswers): Promise<RawCluster> {
    const authority = await mintAuthority('talos');
    const leaf = await authority.issue({ eku: 'serverAuth', ipAddresses: ['127.0.0.1'] });
    const client = await authority.issue({ organizations: ['os:admin'] });
    const server = createSecureServer({
      ...serverTlsOptions({ ca: authority.certPem, cert: leaf.certPem, key: leaf.keyPem }),
      // Large messages of several calls wait here at once.
      maxSessionMemory: 1000,
    });
    const sessions = new Set<ServerHttp2Session>();
    server.on('session', (session) => {
      sessions.add(session);
      session.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const port = (server.address() as AddressInfo).port;
    const context = { name: 'raw', endpoints: [`127.0.0.1:${port}`], nodes: ['10.0.0.1'], caPem: authority.certPem };
    const text = talosconfigText([{ ...context, certPem: client.certPem, keyPem: client.talosKeyPem }]);
    const cluster = new RawCluster(server, sessions, text);
    server.on('stream', (stream, headers) => {
      stream.on('error', () => undefined);
      const path = String(headers[':path']);
      cluster.calls.push(path);
      void answer(stream, answers(path, String(headers['node'] ?? '')) ?? UNKNOWN);
    });
    return cluster;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const session of this.#sessions) session.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const UNKNOWN: RawAnswer = { messages: [], trailers: { 'grpc-status': '12', 'grpc-message': 'unknown method' } };

async function answer(stream: ServerHttp2Stream, { messages, encoding, trailers }: RawAnswer): Promise<void> {
  stream.respond(
    { ':status': 200, 'content-type': 'application/grpc', ...(encoding && { 'grpc-encoding': encoding }) },
    { waitForTrailers: true },
  );
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0', ...trailers }));
  for (const message of messages) {
    if (stream.destroyed) return;
    const head = Buffer.alloc(5);
    head.writeUInt8(encoding === undefined ? 0 : 1);
    head.writeUInt32BE(message.length, 1);
    stream.write(head);
    if (!stream.write(message)) {
      await new Promise<void>((resolve) => {
        const go = (): void => {
          stream.off('drain', go).off('close', go);
          resolve();
        };
        stream.on('drain', go).on('close', go);
      });
    }
  }
  stream.end();
}
