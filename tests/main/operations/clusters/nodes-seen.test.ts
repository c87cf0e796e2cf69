import { status, Metadata, type ServiceError } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import { failure } from '../../../../main/lib/failed.ts';
import { SeenNodes, seenAfter } from '../../../../main/operations/clusters/nodes-seen.ts';
import { PoolCallError, type CallCause, type EndpointReason } from '../../../../main/pool/calls/call-error.ts';
import type { NodeSummary } from '../../../../preload/contract/index.ts';

const said = failure({ code: 'unreachable', message: 'worker-01 cannot be reached.' });
const ended = (cause: CallCause) =>
  seenAfter(
    { error: new PoolCallError({ cause, method: '/a/b', methodClass: 'read', wasSent: true }), failure: said },
    7,
  );
const statusOf = (code: status, details = 'x'): CallCause => ({
  kind: 'status',
  error: Object.assign<Error, Omit<ServiceError, keyof Error>>(new Error('x'), {
    code,
    details,
    metadata: new Metadata(),
  }),
});

describe('what a call says about its node', () => {
  it('is online after an answer', () => {
    expect(seenAfter(undefined, 5)).toEqual({ state: 'online', atMs: 5 });
  });

  it('is offline when an endpoint says that it cannot reach it', () => {
    expect(ended(statusOf(status.UNAVAILABLE))).toEqual({
      state: 'offline',
      atMs: 7,
      message: 'worker-01 cannot be reached.',
    });
  });

  it('is not offline when the node answers and is not trusted', () => {
    const cause = statusOf(status.UNAVAILABLE, 'authentication handshake failed: tls: x509');
    const untrusted = failure({ code: 'untrusted', message: 'The TLS handshake failed.' });
    const error = new PoolCallError({ cause, method: '/a/b', methodClass: 'read', wasSent: true });

    expect(seenAfter({ error, failure: untrusted }, 7)).toEqual({
      state: 'untrusted',
      atMs: 7,
      message: 'The TLS handshake failed.',
    });
  });

  it('is online when the node itself says that one of its daemons is down', () => {
    const details =
      'connection error: desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: connection refused"';

    expect(ended(statusOf(status.UNAVAILABLE, details))).toEqual({ state: 'online', atMs: 7 });
  });

  it.each<[string, CallCause]>([
    ['a refused role', statusOf(status.PERMISSION_DENIED)],
    ['an endpoint that broke', { kind: 'transport', failure: said }],
    ['a deadline before any endpoint was connected', { kind: 'deadline' }],
    ['no endpoint at all', { kind: 'all-down' }],
    ['a cancelled call', { kind: 'cancelled' }],
  ])('is nothing after %s', (_what, cause) => {
    expect(ended(cause)).toBeUndefined();
  });

  it('is silent when it did not answer in time through an endpoint that works, and nothing when that one does not', () => {
    const late = {
      cause: { kind: 'deadline' },
      method: '/a/b',
      methodClass: 'read',
      wasSent: true,
      endpoint: 'e',
    } as const;
    const after = (reasons: readonly EndpointReason[]) =>
      seenAfter({ error: new PoolCallError({ ...late, reasons }), failure: said }, 7);

    expect(after([{ endpoint: 'e' }, { endpoint: 'other', failure: said }])).toEqual({
      ...{ state: 'silent', atMs: 7, message: 'worker-01 cannot be reached.' },
    });
    expect(after([{ endpoint: 'e', failure: said }])).toBeUndefined();
  });

  it('has one beginning, whatever is said of a node until it answers', () => {
    const seen = new SeenNodes();
    const node = { target: 'a', addresses: [], role: 'worker', sources: ['context'] } as const;
    const now = () => seen.apply([node])[0]?.seen;
    seen.mark('a', { state: 'silent', atMs: 5, sinceMs: 3 });
    expect(now()).toEqual({ state: 'silent', atMs: 5, sinceMs: 3 });
    seen.mark('a', { state: 'offline', atMs: 7, message: 'refused.' });
    seen.mark('a', { state: 'offline', atMs: 9, message: 'no route.' });
    expect(now()).toEqual({ state: 'offline', atMs: 9, sinceMs: 3, message: 'no route.' });

    // Silence says less than an endpoint that cannot reach it: nothing flips.
    seen.mark('a', { state: 'silent', atMs: 11 });
    expect(now()).toEqual({ state: 'offline', atMs: 11, sinceMs: 3, message: 'no route.' });
    seen.mark('a', { state: 'online', atMs: 12 });
    seen.mark('a', { state: 'offline', atMs: 20 });
    expect(now()).toEqual({ state: 'offline', atMs: 20, sinceMs: 20 });
  });

  it('is kept under any name of the node, the newest counts', () => {
    const seen = new SeenNodes();
    const node: NodeSummary = {
      ...{
        target: '10.5.0.2',
        hostname: 'cp-1',
        addresses: ['10.5.0.2', 'fd00::2'],
        role: 'controlplane',
        sources: ['discovered'],
      },
    };
    seen.mark('cp-1', { state: 'offline', atMs: 1, message: 'x' });
    seen.mark('fd00::2', { state: 'online', atMs: 2 });

    expect(
      seen.apply([node, { ...node, target: 'other', hostname: 'other', addresses: [] }]).map((one) => one.seen),
    ).toEqual([{ state: 'online', atMs: 2 }, undefined]);
  });
});
