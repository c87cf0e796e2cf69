import {
  createSecureServer,
  type Http2SecureServer,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { serverTlsOptions } from '../../credentials/server-credentials.ts';
import type { VirtualCluster } from '../cluster/cluster.ts';
import { objectsAt } from './objects.ts';

/**
 * What may be wrong with the API of Kubernetes: nothing listens, it takes connections and never answers, or it answers every
 * request with this status.
 */
export type KubernetesFault = 'refuse' | 'silent' | { readonly status: number; readonly message: string };

/**
 * The API of a simulated cluster's Kubernetes, as far as it is read: nodes, and pods, DaemonSets and Deployments of
 * kube-system. Real HTTP/2 over mutual TLS on loopback; whoever has a certificate of its authority may read.
 */
export class KubernetesApi {
  /** Paths that were asked for, oldest first. */
  readonly asked: string[] = [];
  /** Apps whose pods are not ready, by their label `k8s-app`. */
  readonly notReady = new Set<string>();
  readonly #cluster: VirtualCluster;
  readonly #address: string;
  readonly #sessions = new Set<ServerHttp2Session>();
  #server: Http2SecureServer | undefined;
  #fault: KubernetesFault | null = null;
  #port = 0;

  constructor(cluster: VirtualCluster, address: string) {
    this.#cluster = cluster;
    this.#address = address;
  }

  get url(): string {
    return `https://${this.#address}:${this.#port}`;
  }

  get openConnections(): number {
    return this.#sessions.size;
  }

  /** Listens, the first time at any free port. Rejects when it cannot. */
  async start(): Promise<void> {
    const pem = await this.#cluster.certificates.kubernetesServer(this.#address);
    const server = createSecureServer(serverTlsOptions(pem));
    this.#server = server;
    server.on('session', (session) => {
      this.#sessions.add(session);
      session.on('error', () => undefined);
      session.once('close', () => this.#sessions.delete(session));
    });
    server.on('stream', (stream, headers) => this.#answer(stream, headers[':path'] ?? ''));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: this.#address, port: this.#port, exclusive: true }, resolve);
    });
    const bound = server.address();
    if (bound !== null && typeof bound === 'object') this.#port = bound.port;
  }

  /** Puts a fault on, or takes it away. */
  async setFault(fault: KubernetesFault | null): Promise<void> {
    const before = this.#fault;
    this.#fault = fault;
    if (fault === 'refuse') await this.close();
    else if (before === 'refuse') await this.start();
  }

  /** Ends every connection and stops listening. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    for (const session of this.#sessions) session.destroy();
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  #answer(stream: ServerHttp2Stream, target: string): void {
    stream.on('error', () => undefined);
    this.asked.push(target);
    const fault = this.#fault;
    if (fault === 'silent') return;
    if (fault !== null && fault !== 'refuse') {
      send(stream, fault.status, { kind: 'Status', status: 'Failure', message: fault.message, code: fault.status });
      return;
    }
    const { pathname, searchParams } = new URL(target, 'https://kubernetes');
    const all = objectsAt(pathname, this.#cluster, this.notReady);
    if (all === undefined) {
      const message = 'the server could not find the requested resource';
      send(stream, 404, { kind: 'Status', status: 'Failure', message, code: 404 });
      return;
    }
    const [key = '', value] = (searchParams.get('labelSelector') ?? '').split('=');
    const chosen = value === undefined ? all : all.filter(({ metadata }) => metadata.labels[key] === value);
    const from = Number(searchParams.get('continue') ?? 0);
    const until = from + Number(searchParams.get('limit') ?? chosen.length);
    const more = until < chosen.length ? { continue: String(until) } : {};
    send(stream, 200, { kind: 'List', apiVersion: 'v1', metadata: more, items: chosen.slice(from, until) });
  }
}

function send(stream: ServerHttp2Stream, status: number, body: unknown): void {
  stream.respond({ ':status': status, 'content-type': 'application/json' });
  stream.end(JSON.stringify(body));
}
