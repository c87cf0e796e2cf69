import { Server, ServerCredentials, type ConnectionInjector } from '@grpc/grpc-js';
import { assertNever } from '../../lib/assert-never.ts';
import type { ServerPem } from '../../credentials/server-credentials.ts';
import type { LoadedProto } from '../../talos/load-proto.ts';
import type { AnyAnswer } from './answer.ts';
import type { CallsLog } from './calls-log.ts';
import type { VirtualCluster } from '../cluster/cluster.ts';
import { EndpointLines } from './endpoint-lines.ts';
import { connectionClosing, Refusal } from './errors.ts';
import type { EndpointFault } from '../faults/faults.ts';
import { addPassThrough, type CallArrival } from './grpc-service.ts';
import { serveCall, type IncomingCall, type ServingEndpoint } from './serve-call.ts';
import { tlsAcceptor, type TlsAcceptor } from '../tls/accept.ts';
import type { VirtualNode } from '../node/virtual-node.ts';
import { PERFECT_LINE } from '../wire/shaped-line.ts';

/** How long apid lets calls end that run over connections to nodes which it has replaced. */
const ROTATION_GRACE_MS = 30 * 60_000;

/** How long a GOAWAY lets running calls end, as apid does on a clean stop. */
const GOAWAY_GRACE_MS = 10_000;

/** What an endpoint is made of. */
export interface EndpointParts {
  readonly node: VirtualNode;
  /** Where it listens, without the port. */
  readonly address: string;
  readonly cluster: VirtualCluster;
  readonly proto: LoadedProto;
  readonly answers: ReadonlyMap<string, AnyAnswer>;
  readonly calls: CallsLog;
}

const HAPPENS_ONCE: ReadonlySet<EndpointFault['kind']> = new Set([
  'reset',
  'goaway',
  'apid-restart',
  'certificate-rotation',
]);

/**
 * A node's apid as clients reach it: a real grpc-js server with mutual TLS behind a line that can be made to fail. The TLS
 * is ours, so that clients are refused as a server in Go does it; the server gets connections that have passed it.
 */
export class SimulatedEndpoint implements ServingEndpoint {
  readonly node: VirtualNode;
  readonly address: string;
  readonly #parts: EndpointParts;
  readonly #server = new Server({
    'grpc.max_receive_message_length': 32 * 1024 * 1024,
    'grpc.max_send_message_length': -1,
    'grpc.max_concurrent_streams': 10_000,
  });
  readonly #lines: EndpointLines;
  readonly #injector: ConnectionInjector;
  #accept: TlsAcceptor = (wire) => wire.destroy();
  readonly #carried = new Set<(refusal: Refusal) => void>();
  #fault: EndpointFault | null = null;
  #goodCertificate: ServerPem | null = null;
  latencyMs = 0;
  maintenance = false;

  constructor(parts: EndpointParts) {
    this.#parts = parts;
    this.node = parts.node;
    this.address = parts.address;
    this.#lines = new EndpointLines(parts.address, parts.cluster.clock, (wire) => this.#accept(wire));
    this.#injector = this.#server.createConnectionInjector(ServerCredentials.createInsecure());
    addPassThrough(this.#server, parts.proto.services, (arrival, abort, send) => this.#serve(arrival, abort, send));
  }

  get port(): number {
    return this.#lines.port;
  }

  /** As a talosconfig names it: `127.0.0.2:41234`. */
  get target(): string {
    return `${this.address}:${this.port}`;
  }

  /** The lasting fault, or null. */
  get fault(): EndpointFault | null {
    return this.#fault;
  }

  get openConnections(): number {
    return this.#lines.openConnections;
  }

  /** Makes its certificate and listens. Rejects when the port is taken. */
  async start(port: number): Promise<void> {
    this.#goodCertificate = await this.#parts.cluster.certificates.server(this.address);
    this.#show(this.#goodCertificate, true);
    await this.#lines.listen(port);
  }

  #show(pem: ServerPem, requestCert: boolean): void {
    this.#accept = tlsAcceptor(pem, { requestCert }, (socket) => this.#injector.injectConnection(socket));
  }

  async #serve(arrival: CallArrival, abort: AbortController, send: IncomingCall['send']): Promise<void> {
    const record = this.#parts.calls.add({
      method: arrival.method.path,
      node: arrival.metadata.get('node').map(String)[0] ?? null,
      endpoint: this.target,
      metadata: metadataOf(arrival),
      roles: arrival.certificateRoles,
      atMs: this.#parts.cluster.clock.now(),
      servedBy: null,
      code: null,
    });
    const call: IncomingCall = { ...arrival, record, abort, send };
    try {
      await serveCall(call, this, this.#parts.cluster, this.#parts.answers);
      record.code = 0;
    } catch (error) {
      record.code = error instanceof Refusal ? error.code : 13;
      throw error;
    } finally {
      abort.abort(new Refusal(0, 'the call is over'));
    }
  }

  /** Puts a fault on, in place of the one before. Resolves when new connections meet it. */
  async setFault(fault: EndpointFault): Promise<void> {
    const lasting = !HAPPENS_ONCE.has(fault.kind);
    if (lasting) {
      await this.clearFault();
      this.#fault = fault;
    }
    const { certificates } = this.#parts.cluster;
    switch (fault.kind) {
      case 'refuse':
        await this.#lines.stopListening();
        await this.#lines.resetOpen(0);
        return;
      case 'black-hole':
        this.#lines.setSwallowNew(true);
        if (fault.onlyNew !== true) this.#lines.setSilent(true);
        return;
      case 'slow':
        this.latencyMs = fault.latencyMs;
        return;
      case 'line':
        this.#lines.setShape({
          roundTripMs: fault.roundTripMs,
          bytesPerSecond: fault.bytesPerSecond ?? Infinity,
        });
        return;
      case 'reset':
        await this.#lines.resetOpen(fault.afterBytes ?? 0);
        return;
      case 'goaway':
        this.drain(fault.graceMs ?? GOAWAY_GRACE_MS);
        return;
      case 'certificate':
        this.#show(await certificates.faultyServer(this.address, fault.shows), true);
        if (fault.resetOpen === true) await this.#lines.resetOpen(0);
        return;
      case 'apid-restart':
        this.node.restartApid(fault.backMs);
        return;
      case 'certificate-rotation':
        await this.#rotateCertificate(fault.graceMs ?? ROTATION_GRACE_MS);
        return;
      case 'maintenance':
        this.#show(await certificates.maintenanceServer(this.address), false);
        this.maintenance = true;
        await this.#lines.resetOpen(0);
        return;
      default:
        assertNever(fault);
    }
  }

  /** A new certificate for new clients, and new connections to other nodes; calls on the old ones end after the grace. */
  async #rotateCertificate(graceMs: number): Promise<void> {
    const { certificates, clock } = this.#parts.cluster;
    this.#goodCertificate = await certificates.server(this.address);
    if (this.#fault?.kind !== 'certificate' && !this.maintenance) this.#show(this.#goodCertificate, true);
    const flushed = [...this.#carried];
    clock.after(graceMs, () => {
      for (const breakCall of flushed) if (this.#carried.has(breakCall)) breakCall(connectionClosing());
    });
  }

  /** See `ServingEndpoint.carry`. */
  carry(breakCall: (refusal: Refusal) => void): () => void {
    this.#carried.add(breakCall);
    return () => this.#carried.delete(breakCall);
  }

  /** Takes the lasting fault away: the endpoint listens again, shows its good certificate, carries what it held back. */
  async clearFault(): Promise<void> {
    const fault = this.#fault;
    this.#fault = null;
    this.latencyMs = 0;
    this.#lines.setShape(PERFECT_LINE);
    this.#lines.setSwallowNew(false);
    this.#lines.setSilent(false);
    if (fault?.kind === 'certificate' || fault?.kind === 'maintenance') {
      if (this.maintenance) await this.#lines.resetOpen(0);
      this.maintenance = false;
      if (this.#goodCertificate !== null) this.#show(this.#goodCertificate, true);
    }
    if (fault?.kind === 'refuse' && !this.node.isUnreached) await this.#lines.listen(this.port);
  }

  /** Dies and comes back with its node and its apid, until the returned function is called. */
  followPower(): () => void {
    return this.node.subscribe((change) => {
      if (change !== 'power' && change !== 'apid' && change !== 'fault') return;
      if (this.node.isUnreached) void this.#lines.stopListening().then(() => this.#lines.resetOpen(0));
      else if (this.node.fault?.kind === 'maintenance' && !this.maintenance)
        void this.#lines.listen(this.port).then(
          () => this.setFault({ kind: 'maintenance' }),
          () => undefined,
        );
      // A port that somebody else took meanwhile leaves the endpoint refused.
      else if (this.#fault?.kind !== 'refuse') this.#lines.listen(this.port).catch(() => undefined);
    });
  }

  /** GOAWAY on open connections; what still runs after the grace is cut. New connections are welcome. */
  drain(graceMs: number): void {
    this.#injector.drain(graceMs);
  }

  /** Ends every call and connection; resolves when no socket is left. */
  async close(): Promise<void> {
    this.#server.forceShutdown();
    await this.#lines.close();
  }
}

function metadataOf(arrival: CallArrival): Readonly<Record<string, readonly string[]>> {
  const keys = Object.keys(arrival.metadata.getMap());
  return Object.fromEntries(
    keys.map((key) => [
      key,
      arrival.metadata.get(key).map((value) => (typeof value === 'string' ? value : value.toString('base64'))),
    ]),
  );
}
