// One piece: the table of every status that a server was seen to answer with.
import type { ServiceError } from '@grpc/grpc-js';
import { Metadata, status } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import type { Failure, FailureCode, Retry } from '../../../preload/contract/index.ts';
import type { AskedCall } from '../../../main/talos/status.ts';
import { failureFromStatus } from '../../../main/talos/status.ts';

/** Long, because it is one table: a row for each thing a node, an endpoint or a connection is known to say. */

const VERSION = '/machine.MachineService/Version';
const REBOOT = '/machine.MachineService/Reboot';
const READ = '/machine.MachineService/Read';
const LOGS = '/machine.MachineService/Logs';
const KUBECONFIG = '/machine.MachineService/Kubeconfig';
const BOOTSTRAP = '/machine.MachineService/Bootstrap';
const APPLY = '/machine.MachineService/ApplyConfiguration';
const STATFS = '/machine.StorageService/Statfs';
const RESOURCE = '/cosi.resource.State/Get';

function serviceError(code: status, details: string): ServiceError {
  return Object.assign(new Error(`${code} ${status[code]}: ${details}`), { code, details, metadata: new Metadata() });
}

function read(code: status, details: string, site: Partial<AskedCall> = {}): Failure {
  return failureFromStatus(serviceError(code, details), {
    endpoint: 'cp-1',
    node: 'worker-2',
    method: VERSION,
    ...site,
  });
}

const dial = (cause: string): string =>
  `connection error: desc = "transport: Error while dialing: dial tcp 10.5.0.3:50000: ${cause}"`;
const handshake = (cause: string): string =>
  `connection error: desc = "transport: authentication handshake failed: ${cause}"`;

type Row = readonly [
  what: string,
  code: status,
  text: string,
  site: Partial<AskedCall>,
  expected: readonly [FailureCode, Retry, string],
];

/** Each row of "What a client sees" (docs/talos-behaviour.md §7.3), and what grpc-js says (§9.5). */
const ROWS: readonly Row[] = [
  [
    'a node that refuses',
    status.UNAVAILABLE,
    dial('connect: connection refused'),
    {},
    ['unreachable', 'safe', 'worker-2 refused the connection (10.5.0.3:50000).'],
  ],
  [
    'a node that refuses a change',
    status.UNAVAILABLE,
    dial('connect: connection refused'),
    { method: REBOOT },
    ['unreachable', 'safe', 'worker-2 refused the connection (10.5.0.3:50000).'],
  ],
  [
    'a black-holed node',
    status.UNAVAILABLE,
    dial('i/o timeout'),
    {},
    ['unreachable', 'safe', 'worker-2 does not answer (10.5.0.3:50000).'],
  ],
  [
    'a node without a route',
    status.UNAVAILABLE,
    dial('connect: no route to host'),
    {},
    ['unreachable', 'safe', 'There is no route to worker-2 (10.5.0.3:50000).'],
  ],
  [
    'a dial error in words nobody knows',
    status.UNAVAILABLE,
    dial('something new'),
    {},
    ['unreachable', 'safe', 'The connection to worker-2 failed.'],
  ],
  [
    'the last error of a backing-off connection',
    status.UNAVAILABLE,
    `last connection error: ${dial('connect: connection refused')}`,
    {},
    ['unreachable', 'safe', 'worker-2 refused the connection (10.5.0.3:50000).'],
  ],
  [
    'an unknown name',
    status.UNAVAILABLE,
    'name resolver error: produced zero addresses',
    {},
    ['unreachable', 'safe', 'cp-1 does not know the name worker-2.'],
  ],
  [
    'a name without DNS entry',
    status.UNAVAILABLE,
    dial('lookup worker-2 on 10.96.0.10:53: no such host'),
    {},
    ['unreachable', 'safe', 'cp-1 does not know the name worker-2.'],
  ],
  [
    'a node value with a port',
    status.INTERNAL,
    'invalid target "worker-2:50000"',
    { node: 'worker-2:50000' },
    ['invalid', 'never', 'cp-1 refused "worker-2:50000" as a node.'],
  ],
  [
    'a worker as endpoint',
    status.PERMISSION_DENIED,
    'no request forwarding',
    { endpoint: 'worker-1' },
    ['not-supported', 'safe', 'worker-1 is a worker and cannot ask worker-2 for you.'],
  ],
  [
    'several nodes in one request',
    status.INVALID_ARGUMENT,
    'one-2-many proxying is not supported for method /x/y',
    {},
    ['internal', 'never', 'cp-1 refused Version: the request named more than one node.'],
  ],
  [
    'a node header with two values',
    status.INVALID_ARGUMENT,
    'node metadata must be single-valued',
    {},
    ['internal', 'never', 'cp-1 refused Version: the request named more than one node.'],
  ],
  [
    'a wrong role',
    status.PERMISSION_DENIED,
    'not authorized',
    { method: READ },
    ['denied', 'never', 'Your role may not call Read on worker-2.'],
  ],
  [
    'a control plane method on a worker',
    status.UNIMPLEMENTED,
    'kubeconfig is only available on control plane nodes',
    { method: KUBECONFIG },
    ['not-supported', 'never', 'worker-2 is a worker: Kubeconfig exists on control plane nodes only.'],
  ],
  [
    'an etcd that does not run',
    status.UNKNOWN,
    'failed to create etcd client: error building etcd client: context deadline exceeded',
    { method: STATFS },
    ['precondition', 'safe', 'The etcd of worker-2 does not run, or does not answer its own machine.'],
  ],
  [
    'a method newer than the node',
    status.UNIMPLEMENTED,
    'unknown method Statfs for service machine.StorageService',
    { method: STATFS },
    ['not-supported', 'never', "Statfs is not on this node's version: worker-2 runs a Talos without it."],
  ],
  [
    'a service newer than the node',
    status.UNIMPLEMENTED,
    'unknown service machine.StorageService',
    { method: STATFS },
    ['not-supported', 'never', "Statfs is not on this node's version: worker-2 runs a Talos without it."],
  ],
  [
    'a mode without the feature',
    status.FAILED_PRECONDITION,
    'method is not supported in container mode',
    { method: REBOOT },
    ['not-supported', 'never', 'Reboot is not possible on worker-2: it runs in container mode.'],
  ],
  [
    'an endpoint without connection',
    status.UNAVAILABLE,
    'No connection established. Last error: Error: connect ECONNREFUSED 127.0.0.1:55009',
    { method: REBOOT },
    ['unreachable', 'safe', 'There is no connection to cp-1.'],
  ],
  [
    'an endpoint that dies during a read',
    status.UNAVAILABLE,
    'Connection dropped',
    { method: LOGS },
    ['unreachable', 'safe', 'The connection to cp-1 broke before the answer to Logs was complete.'],
  ],
  [
    'an endpoint that dies during a change',
    status.UNAVAILABLE,
    'Connection dropped',
    { method: REBOOT },
    [
      'maybe-done',
      'ask',
      'The connection to cp-1 broke before the answer to Reboot was complete. Reboot may have been carried out.',
    ],
  ],
  [
    'a node that dies during a read',
    status.UNAVAILABLE,
    'error reading from server: EOF',
    { method: LOGS },
    ['unreachable', 'safe', 'cp-1 lost its connection to worker-2 before the answer to Logs was complete.'],
  ],
  [
    'a node that dies during a change',
    status.UNAVAILABLE,
    'error reading from server: read tcp 10.5.0.2:4->10.5.0.3:50000: read: connection reset by peer',
    { method: REBOOT },
    [
      'maybe-done',
      'ask',
      'cp-1 lost its connection to worker-2 before the answer to Reboot was complete. Reboot may have been carried out.',
    ],
  ],
  [
    'a node in maintenance mode',
    status.UNAVAILABLE,
    handshake('tls: failed to verify certificate: x509: certificate signed by unknown authority'),
    {},
    ['untrusted', 'safe', 'cp-1 reached worker-2, but the TLS handshake between them failed.'],
  ],
  [
    'an endpoint with another CA, in Go words',
    status.UNAVAILABLE,
    handshake('tls: failed to verify certificate: x509: certificate signed by unknown authority'),
    { node: undefined },
    ['untrusted', 'safe', 'cp-1 answers, but its TLS handshake failed.'],
  ],
  [
    'a name outside the certificate',
    status.UNAVAILABLE,
    handshake('tls: failed to verify certificate: x509: certificate is valid for 10.5.0.3, worker-2, not 10.9.9.9'),
    { node: '10.9.9.9' },
    ['untrusted', 'safe', 'The certificate of 10.9.9.9 is not valid for 10.9.9.9.'],
  ],
  [
    'an expired certificate of a node',
    status.UNAVAILABLE,
    handshake('tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time …'),
    {},
    ['untrusted', 'safe', 'The certificate of worker-2 has expired or is not valid yet.'],
  ],
  [
    'a client certificate of another CA',
    status.UNAVAILABLE,
    'remote error: tls: unknown certificate authority',
    {},
    ['credentials', 'safe', 'cp-1 refused the client certificate: it comes from another certificate authority.'],
  ],
  [
    'an expired client certificate',
    status.UNAVAILABLE,
    'remote error: tls: expired certificate',
    {},
    ['credentials', 'safe', 'cp-1 refused the client certificate: by its clock it has expired or is not valid yet.'],
  ],
  [
    'a client certificate for more than a client',
    status.UNAVAILABLE,
    'remote error: tls: bad certificate',
    {},
    ['credentials', 'safe', 'cp-1 refused the client certificate: it is not a plain client certificate.'],
  ],
  [
    'no client certificate',
    status.UNAVAILABLE,
    'remote error: tls: certificate required',
    {},
    ['credentials', 'safe', 'cp-1 refused the client certificate: there is none in this context.'],
  ],
  [
    'a broken pipe',
    status.UNAVAILABLE,
    'write: broken pipe',
    { node: undefined },
    ['unreachable', 'safe', 'The connection to cp-1 broke before the answer to Version was complete.'],
  ],
  [
    'a reply above the limit',
    status.RESOURCE_EXHAUSTED,
    'Received message larger than max (40000000 vs 33554432)',
    {},
    ['too-large', 'never', 'The answer of worker-2 to Version is larger than 32 MiB.'],
  ],
  [
    'a missing sign-in',
    status.UNAUTHENTICATED,
    'invalid signature',
    { endpoint: 'omni.example.org' },
    ['unauthenticated', 'safe', 'omni.example.org does not know who you are.'],
  ],

  [
    'the deadline of a read',
    status.DEADLINE_EXCEEDED,
    'Deadline exceeded after 10.003s,LB pick: 0.002s,remote_addr=10.5.0.2:50000',
    {},
    ['timeout', 'safe', 'worker-2 did not answer Version in time.'],
  ],
  [
    'the deadline of a change',
    status.DEADLINE_EXCEEDED,
    'Deadline exceeded after 10.003s,LB pick: 0.002s,remote_addr=10.5.0.2:50000',
    { method: REBOOT },
    ['maybe-done', 'ask', 'worker-2 did not answer Reboot in time. Reboot may have been carried out.'],
  ],
  [
    'a deadline before the request was sent',
    status.DEADLINE_EXCEEDED,
    'Deadline exceeded after 10.003s,Waiting for LB pick',
    { method: REBOOT },
    ['timeout', 'safe', 'There was no connection to cp-1 in time; Reboot was not sent.'],
  ],
  ['cancelling a read', status.CANCELLED, 'Cancelled on client', {}, ['cancelled', 'safe', 'Version was cancelled.']],
  [
    'cancelling a change',
    status.CANCELLED,
    'Cancelled on client',
    { method: REBOOT },
    ['cancelled', 'ask', 'Reboot was cancelled.'],
  ],
  [
    'an endpoint that cancels',
    status.CANCELLED,
    'context canceled',
    { method: REBOOT },
    ['maybe-done', 'ask', 'cp-1 ended Reboot before it was complete. Reboot may have been carried out.'],
  ],
  [
    'a stream that is reset',
    status.INTERNAL,
    'Received RST_STREAM with code 2 (Internal server error)',
    {},
    ['unreachable', 'safe', 'cp-1 broke off Version before the answer was complete.'],
  ],
  [
    'an answer that cannot be read',
    status.INTERNAL,
    'Response message parsing error: invalid wire type 7',
    {},
    ['not-supported', 'safe', 'The answer of worker-2 to Version cannot be read.'],
  ],
  [
    'a panic',
    status.INTERNAL,
    'panic: runtime error: index out of range',
    { method: REBOOT },
    ['internal', 'ask', 'worker-2 reported an internal error: panic: runtime error: index out of range.'],
  ],
  [
    'a missing file',
    status.UNKNOWN,
    'lstat /x: no such file or directory',
    { method: LOGS },
    ['not-found', 'never', 'worker-2 answered: lstat /x: no such file or directory.'],
  ],
  [
    'an error without a code',
    status.UNKNOWN,
    'path must be a regular file',
    { method: READ },
    ['precondition', 'safe', 'worker-2 answered: path must be a regular file.'],
  ],
  [
    'a missing thing',
    status.NOT_FOUND,
    'service "etcdx" not found',
    {},
    ['not-found', 'never', 'worker-2 answered: service "etcdx" not found.'],
  ],
  [
    'a bad field',
    status.INVALID_ARGUMENT,
    'crt_ttl should be positive',
    {},
    ['invalid', 'never', 'worker-2 refused the request: crt_ttl should be positive.'],
  ],
  [
    'a second bootstrap',
    status.ALREADY_EXISTS,
    'etcd data directory is not empty',
    { method: BOOTSTRAP },
    ['precondition', 'never', 'worker-2 has etcd data already: this cluster was bootstrapped before.'],
  ],
  [
    'an early bootstrap',
    status.FAILED_PRECONDITION,
    'bootstrap is not available yet',
    { method: BOOTSTRAP },
    ['precondition', 'safe', 'worker-2 answered: bootstrap is not available yet.'],
  ],
  [
    'a second apply',
    status.FAILED_PRECONDITION,
    'another apply configuration is already in progress',
    { method: APPLY },
    ['precondition', 'safe', 'worker-2 answered: another apply configuration is already in progress.'],
  ],
  [
    'another precondition',
    status.FAILED_PRECONDITION,
    'k8s API server CA config is not set',
    { method: KUBECONFIG },
    ['precondition', 'never', 'worker-2 answered: k8s API server CA config is not set.'],
  ],
  [
    'an unknown resource type',
    status.PERMISSION_DENIED,
    'resource type "Foos.x" is not supported',
    { method: RESOURCE },
    ['not-found', 'never', 'worker-2 has no resource type "Foos.x".'],
  ],
  [
    'an unknown namespace',
    status.PERMISSION_DENIED,
    'namespace "x" is not supported',
    { method: RESOURCE },
    ['not-found', 'never', 'worker-2 has no namespace "x".'],
  ],
  [
    'a write to a resource',
    status.PERMISSION_DENIED,
    'write access is not allowed',
    { method: '/cosi.resource.State/Update' },
    ['denied', 'never', 'worker-2 lets nobody change resources through its API.'],
  ],
  [
    'an aborted call',
    status.ABORTED,
    'something aborted',
    {},
    ['precondition', 'safe', 'worker-2 answered: something aborted.'],
  ],
  [
    'a node that asks nobody else',
    status.PERMISSION_DENIED,
    'not authorized',
    { endpoint: 'cp-1', node: undefined },
    ['denied', 'never', 'Your role may not call Version on cp-1.'],
  ],
  [
    'a status wrapped in another',
    status.UNKNOWN,
    'failed: rpc error: code = Unknown desc = disk is full.',
    {},
    ['precondition', 'safe', 'worker-2 answered: disk is full.'],
  ],
  ['an empty text', status.NOT_FOUND, '', {}, ['not-found', 'never', 'worker-2 answered: it gave no reason.']],
  ['a code that gRPC does not have', 99 as status, 'odd', {}, ['precondition', 'safe', 'worker-2 answered: odd.']],
  [
    'a method that proto/ does not have',
    status.UNAVAILABLE,
    'Connection dropped',
    { method: '/machine.MachineService/New' },
    [
      'maybe-done',
      'ask',
      'The connection to cp-1 broke before the answer to New was complete. New may have been carried out.',
    ],
  ],
];

describe('failureFromStatus', () => {
  it.each(ROWS)('explains %s', (_what, code, text, site, [failureCode, retry, message]) => {
    const failure = read(code, text, site);

    expect([failure.code, failure.retry, failure.message]).toEqual([failureCode, retry, message]);
  });

  it('names the version that lacks a method, where it is known', () => {
    const unknown = 'unknown method Statfs for service machine.StorageService';

    expect(read(status.UNIMPLEMENTED, unknown, { method: STATFS, version: 'v1.12.4' }).message).toBe(
      "Statfs is not on this node's version: worker-2 runs Talos v1.12.4.",
    );
  });

  it('says where it happened and keeps the raw words as details', () => {
    expect(read(status.UNAVAILABLE, dial('connect: connection refused'))).toMatchObject({
      where: { endpoint: 'cp-1', node: 'worker-2' },
      details: dial('connect: connection refused'),
      hint: 'Its API does not run: worker-2 may be starting or shutting down.',
    });
  });

  it('names the roles that suffice', () => {
    expect(read(status.PERMISSION_DENIED, 'not authorized', { method: REBOOT }).hint).toBe(
      'It needs one of the roles os:admin, os:operator.',
    );
    expect(read(status.PERMISSION_DENIED, 'not authorized', { method: READ }).hint).toBe('It needs the role os:admin.');
  });

  it('names the addresses in a certificate that does not fit', () => {
    const text = handshake(
      'tls: failed to verify certificate: x509: certificate is valid for 10.5.0.3, worker-2, not 10.9.9.9',
    );

    expect(read(status.UNAVAILABLE, text).hint).toBe(
      'Ask for it by one of the names in its certificate: 10.5.0.3, worker-2.',
    );
  });

  it('lets the connection explain an UNAVAILABLE that no endpoint sent', () => {
    const error = serviceError(
      status.UNAVAILABLE,
      'No connection established. Last error: Error: self-signed certificate in certificate chain',
    );
    const site = { endpoint: 'cp-1', method: VERSION };
    const failure = failureFromStatus(error, site, () => ({
      code: 'untrusted',
      message: 'cp-1 is not trusted.',
      retry: 'safe',
    }));

    expect(failure).toMatchObject({
      code: 'untrusted',
      message: 'cp-1 is not trusted.',
      retry: 'safe',
      where: { endpoint: 'cp-1' },
      details: error.details,
    });
  });

  it('keeps the connection out of what an endpoint says about a node', () => {
    const error = serviceError(status.UNAVAILABLE, dial('connect: connection refused'));
    const failure = failureFromStatus(error, { endpoint: 'cp-1', node: 'worker-2', method: VERSION }, () => ({
      code: 'internal',
      message: 'wrong',
    }));

    expect(failure.message).toBe('worker-2 refused the connection (10.5.0.3:50000).');
  });

  it('calls a node by its name where that is known, and says where by its address', () => {
    const error = serviceError(status.UNAVAILABLE, dial('connect: connection refused'));
    const site = { endpoint: 'cp-1', node: '10.5.0.3', nodeName: 'worker-2', method: VERSION };

    expect(failureFromStatus(error, site)).toMatchObject({
      message: 'worker-2 refused the connection (10.5.0.3:50000).',
      where: { endpoint: 'cp-1', node: '10.5.0.3' },
    });
  });

  it('uses its own words when the connection knows nothing', () => {
    const error = serviceError(status.UNAVAILABLE, 'Connection dropped');

    expect(failureFromStatus(error, { endpoint: 'cp-1', method: VERSION }, () => undefined).code).toBe('unreachable');
  });

  it('shows a long or broken text as one short line', () => {
    const failure = read(status.NOT_FOUND, `\u001b[31mline one\nline two\u0000 ${'x'.repeat(1000)}`);

    expect(failure.message).toMatch(/^worker-2 answered: \[31mline one line two x+….$/);
    expect(failure.message.length).toBeLessThan(350);
  });

  it('keeps key material out of message and details', () => {
    const pem = '-----BEGIN ED25519 PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END ED25519 PRIVATE KEY-----';

    expect(JSON.stringify(read(status.INVALID_ARGUMENT, `cannot parse ${pem}`))).not.toContain('MC4CAQ');
  });
});
