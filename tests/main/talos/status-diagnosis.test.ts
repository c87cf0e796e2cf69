import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { describe, expect, test } from 'vitest';
import { isAboutDaemon } from '../../../main/talos/status-daemon.ts';
import { failureFromStatus, type AskedCall } from '../../../main/talos/status.ts';

const read = (code: status, details: string, site: Partial<AskedCall> = {}) => {
  const error: ServiceError = Object.assign(new Error(details), { code, details, metadata: new Metadata() });
  return failureFromStatus(error, {
    endpoint: 'cp-1',
    node: 'worker-2',
    method: '/machine.MachineService/Version',
    ...site,
  });
};
const handshake = (cause: string): string =>
  `connection error: desc = "transport: authentication handshake failed: ${cause}"`;

describe('a handshake that the network ended', () => {
  test.each([
    'context deadline exceeded',
    'read tcp 10.5.0.2:41000->10.5.0.5:50000: i/o timeout',
    'read tcp 10.5.0.2:41000->10.5.0.5:50000: read: connection timed out',
  ])('is a time-out: %s', (cause) => {
    for (const node of ['worker-2', undefined]) {
      const failure = read(status.UNAVAILABLE, handshake(cause), { node });
      expect(failure).toMatchObject({ code: 'timeout', retry: 'safe' });
      expect(failure.message).toMatch(/in time/);
      expect(failure.hint).not.toMatch(/maintenance|another cluster/);
    }
  });

  test.each([
    'read tcp 10.5.0.2:41000->10.5.0.5:50000: read: connection reset by peer',
    'write tcp 10.5.0.2:41000->10.5.0.5:50000: write: broken pipe',
    'EOF',
    'unexpected EOF',
    'use of closed network connection',
    'read tcp 10.5.0.2:41000->10.5.0.5:50000: read: no route to host',
  ])('is an unreachable node: %s', (cause) => {
    for (const node of ['worker-2', undefined]) {
      const failure = read(status.UNAVAILABLE, handshake(cause), { node });
      expect(failure).toMatchObject({ code: 'unreachable', retry: 'safe' });
      expect(failure.hint).not.toMatch(/maintenance|another cluster/);
    }
  });

  test.each([
    'tls: failed to verify certificate: x509: certificate signed by unknown authority',
    'remote error: tls: bad certificate',
    'tls: first record does not look like a TLS handshake',
    // A name in a certificate may be anything.
    'tls: failed to verify certificate: x509: certificate is valid for EOF, connection-reset, not worker-2',
  ])('is still not trusted where TLS itself says why: %s', (cause) => {
    expect(read(status.UNAVAILABLE, handshake(cause)).code).toBe('untrusted');
  });
});

describe('a certificate that is not valid now', () => {
  const x509 = 'tls: failed to verify certificate: x509: certificate has expired or is not yet valid';

  test('has expired, or is not valid yet, as the endpoint adds', () => {
    const late = `${x509}: current time 2026-03-04T10:00:00Z is after 2026-03-03T09:30:00Z`;
    const early = `${x509}: current time 2026-03-04T10:00:00Z is before 2026-03-05T09:30:00+01:00`;

    expect(read(status.UNAVAILABLE, handshake(late)).message).toBe(
      'The certificate of worker-2 expired on 2026-03-03 09:30 UTC.',
    );
    expect(read(status.UNAVAILABLE, handshake(early)).message).toBe(
      'The certificate of worker-2 is not valid yet, only from 2026-03-05 08:30 UTC.',
    );
    expect(read(status.UNAVAILABLE, handshake(x509)).message).toMatch(/expired or is not valid yet/);
  });
});

describe('a daemon of the node', () => {
  const dial = (socket: string, cause = 'connection refused'): string =>
    `connection error: desc = "transport: Error while dialing: dial unix ${socket}: connect: ${cause}"`;

  test.each([
    ['/system/run/machined/machine.sock', 'machined'],
    ['/system/run/apid/runtime.sock', 'machined'],
    ['/system/run/trustd/runtime.sock', 'trustd'],
    ['/run/containerd/containerd.sock', 'containerd (of Kubernetes)'],
    ['/system/run/containerd/containerd.sock', "containerd (of Talos's own services)"],
    ['/system/run/udev/control', 'udevd'],
    ['/var/lib/kubelet/device-plugins/kubelet.sock', 'the kubelet'],
    ['/run/ext-thing/ext-thing.sock', 'ext-thing'],
    ['/run/ext-thing/api.sock', 'ext-thing'],
  ])('is named, and the node is not called unreachable: %s', (socket, name) => {
    const failure = read(status.UNAVAILABLE, dial(socket));

    expect(failure.message).toBe(`worker-2 answers, but ${name} on it does not (${socket}).`);
    expect(failure.code).toBe('precondition');
    expect(isAboutDaemon(dial(socket))).toBe(true);
  });

  test.each([
    [status.UNKNOWN, 'failed to dial "/run/containerd/containerd.sock": context deadline exceeded'],
    [status.UNKNOWN, dial('/run/containerd/containerd.sock', 'no such file or directory')],
    [status.INTERNAL, 'rpc error: code = Unavailable desc = dial unix /run/containerd/containerd.sock: i/o timeout'],
    [status.UNAVAILABLE, 'last connection error: unix:///run/containerd/containerd.sock: connection refused'],
  ])('is recognised under every code: %s %s', (code, text) => {
    expect(read(code, text)).toMatchObject({
      code: 'precondition',
      message: expect.stringContaining('containerd') as string,
    });
  });

  test('that was asked in the middle of a change leaves open what happened; machined that was not reached does not', () => {
    const site = { method: '/machine.MachineService/Reboot' };

    expect(read(status.UNAVAILABLE, dial('/run/containerd/containerd.sock'), site).retry).toBe('ask');
    expect(read(status.UNAVAILABLE, dial('/system/run/machined/machine.sock'), site).retry).toBe('safe');
  });

  test('is not meant by an address of the network', () => {
    const text = 'connection error: desc = "transport: Error while dialing: dial tcp 10.5.0.3:50000: i/o timeout"';

    expect(isAboutDaemon(text)).toBe(false);
    expect(read(status.UNAVAILABLE, text).code).toBe('unreachable');
  });
});

describe('a resource that may not be read', () => {
  const site = { method: '/cosi.resource.State/List' };

  test.each([[undefined], [['os:reader']], [['os:operator', 'os:reader']]])(
    'holds secrets and needs os:admin, where %j may read others',
    (roles) => {
      const failure = read(status.PERMISSION_DENIED, 'not authorized', { ...site, roles });
      expect(failure.message).toContain('hold secrets');
      expect(failure.hint).toBe('Reading them needs the role os:admin.');
    },
  );

  test('is refused to a role that may read none in the words for a method', () => {
    const failure = read(status.PERMISSION_DENIED, 'not authorized', { ...site, roles: ['os:etcd:backup'] });
    expect(failure.message).toBe('Your role may not call List on worker-2.');
    expect(failure.hint).toBe('It needs one of the roles os:admin, os:operator, os:reader.');
  });

  test('has nothing to do with what a call of a method needs', () => {
    const failure = read(status.PERMISSION_DENIED, 'not authorized', {
      method: '/machine.MachineService/Read',
      roles: ['os:reader'],
    });
    expect(failure.message).toBe('Your role may not call Read on worker-2.');
  });
});
