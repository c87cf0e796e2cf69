import {
  Metadata,
  Server,
  status,
  type MethodDefinition,
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
} from '@grpc/grpc-js';
import { connect, createServer, type Server as NetServer, type Socket } from 'node:net';
import { channelCredentials } from '../../../main/credentials/channel-credentials.ts';
import { Identity } from '../../../main/credentials/identity.ts';
import { mintAuthority, type MintedAuthority } from '../../../main/credentials/mint.ts';
import { serverCredentials } from '../../fakes/server-credentials.ts';
import { Secret } from '../../../main/lib/secret.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { createPool, poolProbe, type Pool, type PoolOptions } from '../../../main/pool/pool.ts';
import type { MethodClass } from '../../../main/pool/calls/retry.ts';
import type { CallOptions } from '../../../main/pool/calls/call-options.ts';

/** A method whose messages are plain text. */
export function textMethod(
  path: string,
  responseStream = false,
  requestStream = false,
): MethodDefinition<string, string> {
  return {
    path,
    requestStream,
    responseStream,
    requestSerialize: (text) => Buffer.from(text),
    requestDeserialize: (bytes) => bytes.toString(),
    responseSerialize: (text) => Buffer.from(text),
    responseDeserialize: (bytes) => bytes.toString(),
  };
}

export const READ = textMethod('/test.Echo/Read');
export const ONCE = textMethod('/test.Echo/Once');
export const PROBE = textMethod('/test.Echo/Probe');
export const FOLLOW = textMethod('/test.Echo/Follow', true);
export const UPLOAD = textMethod('/test.Echo/Upload', false, true);
export const TALK = textMethod('/test.Echo/Talk', true, true);

/** May run twice, and costs something each time; no server here has it. */
export const ISSUE = textMethod('/test.Echo/Issue');

const CLASSES: Readonly<Record<string, MethodClass>> = { [ONCE.path]: 'once', [ISSUE.path]: 'idempotent' };

export const methodClass = (path: string): MethodClass => CLASSES[path] ?? 'read';

type UnaryHandler = (call: ServerUnaryCall<string, string>, reply: sendUnaryData<string>) => void;
type StreamHandler = (call: ServerWritableStream<string, string>) => void;
type UploadHandler = (call: ServerReadableStream<string, string>, reply: sendUnaryData<string>) => void;
type TalkHandler = (call: ServerDuplexStream<string, string>) => void;

/** A real gRPC server over mutual TLS on its own loopback address, with switches for what can go wrong. */
export class TestEndpoint {
  readonly name: string;
  /** Requests that reached the server, by method name. */
  readonly seen = { Read: 0, Once: 0, Probe: 0, Follow: 0, Upload: 0, Talk: 0 };
  /** Connections accepted, ever. */
  accepted = 0;
  /** Before a connection is served. */
  onAccept = (): void => undefined;
  onRead: UnaryHandler = (call, reply) => {
    reply(null, `${this.name} read ${call.request}`);
  };
  onOnce: UnaryHandler = (call, reply) => {
    reply(null, `${this.name} once ${call.request}`);
  };
  onFollow: StreamHandler = (call) => {
    call.end();
  };
  /** Answers with everything it was sent. */
  onUpload: UploadHandler = (call, reply) => {
    const parts: string[] = [];
    call.on('data', (text: string) => parts.push(text));
    call.on('end', () => {
      reply(null, `${this.name} got ${parts.join(' ')}`);
    });
  };
  /** Sends back what it hears. */
  onTalk: TalkHandler = (call) => {
    call.on('data', (text: string) => call.write(`${this.name} heard ${text}`));
    call.on('end', () => {
      call.end();
    });
  };
  readonly #server = new Server({
    'grpc.max_receive_message_length': 33_554_432,
    'grpc-node.flow_control_window': 1 << 20,
  });
  readonly #pem: { ca: string; cert: string; key: string };
  /** The client's sockets with the server's: a relay, so that a line can go dead without either side noticing. */
  readonly #lines = new Map<Socket, Socket>();
  #front: NetServer | undefined;
  #back: NetServer | undefined;
  #silent = false;
  #port = 0;

  constructor(name: string, pem: { ca: string; cert: string; key: string }) {
    this.name = name;
    this.#pem = pem;
    this.#server.addService(
      { Read: READ, Once: ONCE, Probe: PROBE, Follow: FOLLOW, Upload: UPLOAD, Talk: TALK },
      {
        Read: ((call, reply) => {
          this.seen.Read += 1;
          this.onRead(call, reply);
        }) as UnaryHandler,
        Once: ((call, reply) => {
          this.seen.Once += 1;
          this.onOnce(call, reply);
        }) as UnaryHandler,
        Probe: ((_call, reply) => {
          this.seen.Probe += 1;
          reply(null, 'v1.2.3');
        }) as UnaryHandler,
        Follow: ((call) => {
          this.seen.Follow += 1;
          this.onFollow(call);
        }) as StreamHandler,
        Upload: ((call, reply) => {
          this.seen.Upload += 1;
          this.onUpload(call, reply);
        }) as UploadHandler,
        Talk: ((call) => {
          this.seen.Talk += 1;
          this.onTalk(call);
        }) as TalkHandler,
      },
    );
  }

  get target(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** Connections open now. */
  get open(): number {
    return this.#lines.size;
  }

  /** Listens, on the port it had before if it had one. */
  async listen(): Promise<void> {
    if (!this.#back) {
      const injector = this.#server.createConnectionInjector(serverCredentials(this.#pem));
      this.#back = createServer((socket) => {
        injector.injectConnection(socket);
      });
      await listening(this.#back, 0);
    }
    const front = createServer((socket) => {
      this.#accept(socket);
    });
    await listening(front, this.#port);
    this.#front = front;
    this.#port = portOf(front);
  }

  #accept(client: Socket): void {
    this.accepted += 1;
    this.onAccept();
    const server = connect(portOf(this.#back), '127.0.0.1');
    this.#lines.set(client, server);
    for (const socket of [client, server]) socket.on('error', () => undefined);
    client.once('close', () => {
      this.#lines.delete(client);
      server.destroy();
    });
    server.once('close', () => {
      client.destroy();
    });
    // A silent line still reads, else the end of its client is never seen.
    if (this.#silent) client.resume();
    else client.pipe(server).pipe(client);
  }

  /** Refuses from now on; open connections stay. */
  refuse(): void {
    this.#front?.close();
    this.#front = undefined;
  }

  /** The process dies: refuses, and open connections are reset. */
  kill(): void {
    this.refuse();
    this.reset();
  }

  /** Resets the open connections. */
  reset(): void {
    for (const client of this.#lines.keys()) client.resetAndDestroy();
  }

  /** A firewall drops everything: new connections are accepted and never spoken to, open ones fall silent both ways. */
  blackHole(): void {
    this.#silent = true;
    for (const [client, server] of this.#lines) {
      client.unpipe(server).resume();
      server.unpipe(client).resume();
    }
  }

  /** Talks again to new connections. */
  wake(): void {
    this.#silent = false;
  }

  /** GOAWAY on open connections; calls on them may finish. */
  goaway(): void {
    const { sessions } = this.#server as unknown as { sessions: Map<{ close(): void }, unknown> };
    for (const session of sessions.keys()) session.close();
  }

  close(): void {
    this.refuse();
    this.#server.forceShutdown();
    this.#back?.close();
    for (const [client, server] of this.#lines) {
      client.destroy();
      server.destroy();
    }
  }
}

const listening = (server: NetServer, port: number): Promise<void> =>
  new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));

const portOf = (server: NetServer | undefined): number => (server?.address() as { port: number }).port;

/** Everything a pool test needs: an authority, servers, a client identity; all closed with `close`. */
export class TestCluster {
  readonly endpoints: TestEndpoint[] = [];
  readonly #authority: MintedAuthority;
  readonly #identity: Identity;
  readonly #pools: Pool[] = [];

  private constructor(authority: MintedAuthority, identity: Identity) {
    this.#authority = authority;
    this.#identity = identity;
  }

  static async start(count: number): Promise<TestCluster> {
    const authority = await mintAuthority('talos');
    const client = await authority.issue({ organizations: ['os:admin'], eku: 'clientAuth' });
    const identity = new Identity({
      ca: [authority.certPem],
      client: { cert: client.certPem, key: new Secret(client.keyPem) },
    });
    const cluster = new TestCluster(authority, identity);
    for (let index = 0; index < count; index += 1) await cluster.add();
    return cluster;
  }

  /** What a server of this cluster shows and trusts. */
  async serverPem(from = this.#authority): Promise<{ ca: string; cert: string; key: string }> {
    const leaf = await from.issue({
      eku: 'serverAuth',
      ipAddresses: ['127.0.0.1', '::1'],
      dnsNames: ['cp.test', `cp-${this.endpoints.length + 1}.test`],
    });
    return { ca: this.#authority.certPem, cert: leaf.certPem, key: leaf.keyPem };
  }

  async add(from = this.#authority): Promise<TestEndpoint> {
    const endpoint = new TestEndpoint(`server-${this.endpoints.length + 1}`, await this.serverPem(from));
    await endpoint.listen();
    this.endpoints.push(endpoint);
    return endpoint;
  }

  /** A pool over these targets (default: all endpoints), in this order. */
  pool(options: Partial<PoolOptions> = {}): Pool {
    const pool = createPool({
      endpoints: this.endpoints.map(({ target }) => target),
      credentials: (_target, hooks) => channelCredentials(this.#identity, hooks),
      methodClass,
      probe: poolProbe({ method: PROBE, request: 'v', metadata: new Metadata(), version: (reply) => reply }),
      clock: systemClock,
      random: firstInOrder((options.endpoints ?? this.endpoints).length),
      ...options,
    });
    this.#pools.push(pool);
    return pool;
  }

  async close(): Promise<void> {
    await Promise.all(this.#pools.map((pool) => pool.close()));
    for (const endpoint of this.endpoints) endpoint.close();
  }
}

/** A "random" that leaves the order of endpoints as it is and then always prefers the first that is ready. */
export function firstInOrder(endpoints: number): () => number {
  let shuffles = endpoints - 1;
  return () => (shuffles-- > 0 ? 0.999 : 0);
}

export const callOptions = (extra: Partial<CallOptions> = {}): CallOptions => ({
  metadata: new Metadata(),
  deadlineMs: 10_000,
  ...extra,
});

/** Records the phases an endpoint goes through from its first try on, each change once. */
export function recordPhases(pool: Pool, endpoint: string): string[] {
  const phases: string[] = [];
  pool.onChange(() => {
    const phase = pool.status().find((one) => one.endpoint === endpoint)?.phase;
    const isNews = phase !== phases.at(-1) && !(phase === 'idle' && phases.length === 0);
    if (phase !== undefined && isNews) phases.push(phase);
  });
  return phases;
}

/** Resolves when `when` holds, looked at after each change of the pool. */
export async function until(pool: Pool, when: () => boolean): Promise<void> {
  if (when()) return;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const stop = pool.onChange(() => {
    if (when()) resolve(undefined);
  });
  await promise;
  stop();
}

export { status };
