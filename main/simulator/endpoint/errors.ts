import { status } from '@grpc/grpc-js';

/*
 * The exact words of Talos and of grpc-go, as a client gets them. Source: "What a client sees" in
 * docs/talos-behaviour.md. Codes are gRPC's.
 */

/** Ends a call with a status other than OK. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: status;

  constructor(code: status, text: string) {
    super(text);
    this.code = code;
  }
}

/** The endpoint could not open a connection to the node; `cause` as the Go dialer says it. */
const dialError = (address: string, cause: string): Refusal =>
  new Refusal(
    status.UNAVAILABLE,
    `connection error: desc = "transport: Error while dialing: dial tcp ${address}:50000: ${cause}"`,
  );

/** The node is up and nothing listens on its port. */
export const connectionRefused = (address: string): Refusal => dialError(address, 'connect: connection refused');

/** The node's address answers nothing. */
export const dialTimeout = (address: string): Refusal => dialError(address, 'i/o timeout');

/** No machine of the cluster has the address. */
export const noRouteToHost = (address: string): Refusal => dialError(address, 'connect: no route to host');

/** No address behind the name, by the resolver of the endpoint. */
export const unknownNode = (): Refusal =>
  new Refusal(status.UNAVAILABLE, 'name resolver error: produced zero addresses');

/** The endpoint's DNS server does not know the name. */
export const noSuchHost = (name: string): Refusal =>
  new Refusal(
    status.UNAVAILABLE,
    `connection error: desc = "transport: Error while dialing: dial tcp: lookup ${name} on 127.0.0.53:53: no such host"`,
  );

/** The node is in maintenance mode, or belongs to other secrets: the endpoint does not trust it. */
export const untrustedNode = (): Refusal =>
  new Refusal(
    status.UNAVAILABLE,
    'connection error: desc = "transport: authentication handshake failed: tls: failed to verify certificate: ' +
      'x509: certificate signed by unknown authority"',
  );

/** The node's kernel took the connection and its apid never spoke. */
export const handshakeTimeout = (): Refusal =>
  new Refusal(
    status.UNAVAILABLE,
    'connection error: desc = "transport: authentication handshake failed: context deadline exceeded"',
  );

/** A daemon of the node does not listen; the endpoint and the node are well. */
export const daemonDown = (socket: string): Refusal =>
  new Refusal(
    status.UNAVAILABLE,
    `connection error: desc = "transport: Error while dialing: dial unix ${socket}: connect: connection refused"`,
  );

/** The endpoint closed its own connection to the node, which it had replaced. */
export const connectionClosing = (): Refusal => new Refusal(status.CANCELLED, 'grpc: the client connection is closing');

/** A node header that is no address and no name. */
export const invalidTarget = (target: string): Refusal => new Refusal(status.INTERNAL, `invalid target "${target}"`);

/** More than one `node` header. */
export const notSingleValued = (): Refusal =>
  new Refusal(status.INVALID_ARGUMENT, 'node metadata must be single-valued');

/** An endpoint in maintenance mode passes nothing on. */
export const noForwarding = (): Refusal => new Refusal(status.PERMISSION_DENIED, 'no request forwarding');

/** The method takes one node, and `nodes` named several. */
export const noFanOut = (path: string): Refusal =>
  new Refusal(status.INVALID_ARGUMENT, `one-2-many proxying is not supported for method ${path}`);

/** The certificate has none of the roles that the method takes. */
export const notAuthorized = (): Refusal => new Refusal(status.PERMISSION_DENIED, 'not authorized');

/** The service has no such method in this version. */
export const unknownMethod = (method: string, service: string): Refusal =>
  new Refusal(status.UNIMPLEMENTED, `unknown method ${method} for service ${service}`);

/** The node has no such service. */
export const unknownService = (service: string): Refusal =>
  new Refusal(status.UNIMPLEMENTED, `unknown service ${service}`);

/** `what` names the feature: `kubeconfig`, `generate client configuration`. */
export const onlyControlPlane = (what: string): Refusal =>
  new Refusal(status.UNIMPLEMENTED, `${what} is only available on control plane nodes`);

/** The connection between the endpoint and the node broke while a call ran. */
export const brokenStream = (): Refusal => new Refusal(status.UNAVAILABLE, 'error reading from server: EOF');

/** No resource of this id. The text names the version too, which a resource that is not there has not. */
export const resourceNotFound = (type: string, namespace: string, id: string): Refusal =>
  new Refusal(status.NOT_FOUND, `resource ${type}(${namespace}/${id}@undefined) doesn't exist`);

/** What a method of machined returns as a plain error of Go, without a code of its own. */
export const unknownError = (text: string): Refusal => new Refusal(status.UNKNOWN, text);

/** What was asked for is not there; the text is Talos's. */
export const notFound = (text: string): Refusal => new Refusal(status.NOT_FOUND, text);

/** The request makes no sense; the text is Talos's. */
export const invalidArgument = (text: string): Refusal => new Refusal(status.INVALID_ARGUMENT, text);

/** Nobody may do that; the text is Talos's. */
export const permissionDenied = (text: string): Refusal => new Refusal(status.PERMISSION_DENIED, text);

/** Something went wrong inside machined; the text is Talos's. */
export const internal = (text: string): Refusal => new Refusal(status.INTERNAL, text);

/** It can not be done as things are; the text is Talos's. */
export const failedPrecondition = (text: string): Refusal => new Refusal(status.FAILED_PRECONDITION, text);

/** It is there already; the text is Talos's. */
export const alreadyExists = (text: string): Refusal => new Refusal(status.ALREADY_EXISTS, text);

/** Something of the node is full; the text is Talos's. */
export const exhausted = (text: string): Refusal => new Refusal(status.RESOURCE_EXHAUSTED, text);

/** This version has not what was asked for; the text is Talos's. */
export const notImplemented = (text: string): Refusal => new Refusal(status.UNIMPLEMENTED, text);
