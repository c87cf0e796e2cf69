import {
  createSecureServer,
  type Http2SecureServer,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { serverTlsOptions } from '../../credentials/server-credentials.ts';
import type { VirtualCluster } from '../cluster/cluster.ts';
import type { VirtualNode } from '../node/virtual-node.ts';
import { answerKubernetes, refusal, type KubernetesAnswered, type KubernetesAsked } from './answer.ts';
import { WorkloadState } from './workload-state.ts';

/**
 * What may be wrong with the API of Kubernetes: nothing listens, it takes connections and never answers, or it answers
 * requests with this status, for so many times or until that is taken away.
 */
export type KubernetesFault =
  'refuse' | 'silent' | { readonly status: number; readonly message: string; times?: number };

/** More than any request that is understood. */
const MOST_BODY_BYTES = 64 * 1024;

/**
 * The API of a simulated cluster's Kubernetes, as far as it is used: nodes, which may be cordoned, pods, which may be evicted
 * unless a budget forbids it, and DaemonSets and Deployments of kube-system. Real HTTP/2 over mutual TLS on loopback; whoever has
 * a certificate of its authority may do all of it.
 */
export class KubernetesApi {
  /** Paths that were asked for, oldest first. */
  readonly asked: string[] = [];
  /** What was asked to be changed, oldest first: `PATCH /api/v1/nodes/worker-01`. */
  readonly changes: string[] = [];
  /** What was sent with each of them. */
  readonly bodies: unknown[] = [];
  /** What runs there. */
  readonly workload: WorkloadState;
  /** What its rules of access refuse. */
  readonly denied = new Set<'cordon' | 'evict'>();
  /** So many changes of nodes come too late: somebody else was faster. */
  conflicts = 0;
  /** Apps whose pods are not ready, by their label `k8s-app`. */
  readonly notReady = new Set<string>();
  readonly #cluster: VirtualCluster;
  readonly #address: string;
  readonly #sessions = new Set<ServerHttp2Session>();
  #server: Http2SecureServer | undefined;
  #fault: KubernetesFault | null = null;
  #port = 0;
  /** Versions of the nodes' objects. */
  readonly #versions = new Map<VirtualNode, number>();

  constructor(cluster: VirtualCluster, address: string) {
    this.#cluster = cluster;
    this.workload = new WorkloadState(cluster);
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
    server.on('stream', (stream, headers) => {
      stream.on('error', () => undefined);
      void readBody(stream).then((body) =>
        this.#answer(stream, headers[':method'] ?? 'GET', headers[':path'] ?? '', body),
      );
    });
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

  /** Nothing is refused or held any more, and all pods are ready. */
  forgive(): void {
    this.notReady.clear();
    this.denied.clear();
    this.conflicts = 0;
    this.workload.stuck.clear();
    this.workload.budgets.length = 0;
  }

  /** Ends every connection and stops listening. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    for (const session of this.#sessions) session.destroy();
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  #answer(stream: ServerHttp2Stream, method: string, target: string, body: unknown): void {
    this.asked.push(target);
    const fault = this.#fault;
    if (fault === 'silent') return;
    if (fault !== null && fault !== 'refuse') {
      if (fault.times !== undefined && --fault.times === 0) this.#fault = null;
      send(stream, refusal(fault.status, fault.message));
      return;
    }
    const { pathname: path, searchParams: query } = new URL(target, 'https://kubernetes');
    if (method !== 'GET') {
      this.changes.push(`${method} ${path}`);
      this.bodies.push(body);
    }
    send(stream, this.#answered({ method, path, query, body }));
  }

  #answered(asked: KubernetesAsked): KubernetesAnswered {
    return answerKubernetes(asked, {
      ...{ cluster: this.#cluster, workload: this.workload, notReady: this.notReady, denied: this.denied },
      versionOf: (node) => String(1000 + (this.#versions.get(node) ?? 0)),
      bump: (node) => void this.#versions.set(node, (this.#versions.get(node) ?? 0) + 1),
      conflicts: () => this.conflicts > 0 && this.conflicts-- > 0,
    });
  }
}

function send(stream: ServerHttp2Stream, { status, body }: KubernetesAnswered): void {
  if (stream.destroyed) return;
  stream.respond({ ':status': status, 'content-type': 'application/json' });
  stream.end(JSON.stringify(body));
}

/** The JSON that was sent; undefined for none, and for what is not understood. */
function readBody(stream: ServerHttp2Stream): Promise<unknown> {
  const parts: Buffer[] = [];
  let size = 0;
  return new Promise((resolve) => {
    stream.on('data', (part: Buffer) => {
      size += part.byteLength;
      if (size <= MOST_BODY_BYTES) parts.push(part);
    });
    stream.on('end', () => {
      try {
        resolve(JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown);
      } catch {
        resolve(undefined);
      }
    });
  });
}
