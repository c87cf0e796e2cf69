import { Readable } from 'node:stream';
import type { PeerCertificate } from 'node:tls';
import {
  Metadata,
  status,
  type MethodDefinition,
  type Server,
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type ServiceDefinition,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import type { AnyMethod, LoadedService } from '../../talos/load-proto.ts';
import { Refusal } from './errors.ts';
import type { IncomingCall } from './serve-call.ts';

/*
 * Registers every method of proto/ as bytes in, bytes out, so that one function decides about all calls alike, before
 * any message is decoded; this is how apid sees them too.
 */

/** What is known of a call besides its bytes. */
export interface CallArrival {
  readonly method: AnyMethod;
  readonly metadata: Metadata;
  readonly certificateRoles: readonly string[];
  readonly request: Buffer;
  readonly messages: AsyncIterable<Buffer>;
}

/** Serves one call; its `record` is made from the arrival. Throws a Refusal to end it with a status. */
export type ServeBytes = (arrival: CallArrival, abort: AbortController, send: IncomingCall['send']) => Promise<void>;

/** What the four kinds of grpc-js calls have in common. */
interface GrpcCall {
  readonly metadata: Metadata;
  readonly request?: Buffer;
  getAuthContext(): { readonly sslPeerCertificate?: PeerCertificate };
  on(event: 'cancelled', listener: () => void): unknown;
}

const asBytes = (bytes: Buffer): Buffer => bytes;

const passThrough = (method: AnyMethod): MethodDefinition<Buffer, Buffer> => ({
  path: method.path,
  requestStream: method.requestStream,
  responseStream: method.responseStream,
  requestSerialize: asBytes,
  requestDeserialize: asBytes,
  responseSerialize: asBytes,
  responseDeserialize: asBytes,
});

/** Roles are the Organization values of the leaf. */
function certificateRoles(call: GrpcCall): readonly string[] {
  const certificate = call.getAuthContext().sslPeerCertificate;
  if (certificate === undefined) return [];
  // Several values come as an array, although the types know only a string.
  const organizations: unknown = certificate.subject.O;
  return [organizations ?? []].flat().map(String);
}

/** What grpc-js needs to end a call with a status. */
function statusOf(reason: unknown): { readonly code: status; readonly details: string; readonly metadata: Metadata } {
  const metadata = new Metadata();
  if (reason instanceof Refusal) return { code: reason.code, details: reason.message, metadata };
  const details = reason instanceof Error ? reason.message : String(reason);
  return { code: status.INTERNAL, details: `the simulator failed: ${details}`, metadata };
}

/** A call of a client that streams is a Readable of its messages. */
const sentBy = (call: object): AsyncIterable<Buffer> => call as AsyncIterable<Buffer>;

async function run(method: AnyMethod, call: GrpcCall, serve: ServeBytes, send: IncomingCall['send']): Promise<void> {
  const abort = new AbortController();
  call.on('cancelled', () => abort.abort(new Refusal(status.CANCELLED, 'context canceled')));
  const request = call.request ?? Buffer.alloc(0);
  const known = { method, metadata: call.metadata, certificateRoles: certificateRoles(call) };
  const messages = sentBy(method.requestStream ? call : Readable.from([]));
  await serve({ ...known, request, messages }, abort, send);
}

function implement(method: AnyMethod, serve: ServeBytes): UntypedServiceImplementation[string] {
  if (!method.responseStream) {
    return (
      call: ServerUnaryCall<Buffer, Buffer> | ServerReadableStream<Buffer, Buffer>,
      reply: (error: ReturnType<typeof statusOf> | null, bytes?: Buffer) => void,
    ) => {
      let answer: Buffer | undefined;
      const keep = async (bytes: Buffer): Promise<void> => {
        answer = bytes;
      };
      run(method, call, serve, keep).then(
        () => reply(null, answer),
        (reason: unknown) => reply(statusOf(reason)),
      );
    };
  }
  return (call: ServerWritableStream<Buffer, Buffer> | ServerDuplexStream<Buffer, Buffer>) => {
    const send = (bytes: Buffer): Promise<void> =>
      new Promise((resolve) => {
        if (call.write(bytes)) resolve();
        else call.once('drain', resolve);
      });
    run(method, call, serve, send).then(
      () => call.end(),
      (reason: unknown) => call.emit('error', statusOf(reason)),
    );
  };
}

/** Adds every method of the services to a server. */
export function addPassThrough(server: Server, services: readonly LoadedService[], serve: ServeBytes): void {
  for (const service of services) {
    const definition: ServiceDefinition = Object.fromEntries(
      service.methods.map((method) => [method.path, passThrough(method)]),
    );
    const implementation: UntypedServiceImplementation = Object.fromEntries(
      service.methods.map((method) => [method.path, implement(method, serve)]),
    );
    server.addService(definition, implementation);
  }
}
