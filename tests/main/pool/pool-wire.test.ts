import {
  constants,
  createSecureServer,
  type Http2SecureServer,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { serverTlsOptions } from '../../../main/credentials/server-credentials.ts';
import { callOptions, ONCE, PROBE, READ, TestCluster } from './test-endpoints.ts';

/*
 * What the pool concludes from frames on the wire: a raw HTTP/2 server sends exactly what each case names. A second, good
 * endpoint stands by.
 */

let cluster: TestCluster;
let server: Http2SecureServer;
let onCall: (stream: ServerHttp2Stream, headers: Record<string, unknown>, session: ServerHttp2Session) => void;
let target: string;
const sessions = new Set<ServerHttp2Session>();

beforeEach(async () => {
  cluster = await TestCluster.start(1);
  server = createSecureServer(serverTlsOptions(await cluster.serverPem()));
  server.on('session', (session) => {
    sessions.add(session);
    session.on('error', () => undefined);
  });
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    onCall(stream, headers, stream.session as ServerHttp2Session);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  target = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  await cluster.close();
  for (const session of sessions) session.destroy();
  sessions.clear();
  await new Promise((resolve) => server.close(resolve));
});

const call = (method = ONCE) =>
  cluster
    .pool({ endpoints: [target, cluster.endpoints[0]!.target] })
    .unary(method, 'x', callOptions())
    .then(({ value }) => value)
    .catch((error: unknown) => error);

test('a refused stream was not processed: even a once call moves', async () => {
  onCall = (stream) => {
    stream.close(constants.NGHTTP2_REFUSED_STREAM);
  };

  expect(await call()).toBe('server-1 once x');
});

test('GOAWAY that leaves the stream out was not processed either', async () => {
  const pool = cluster.pool({ endpoints: [target, cluster.endpoints[0]!.target] });
  onCall = (stream, _headers, session) => {
    onCall = () => {
      session.goaway(constants.NGHTTP2_NO_ERROR, stream.id);
    };
    stream.respond({ ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '9' }, { endStream: true });
  };
  await pool.unary(READ, 'x', callOptions()).catch((error: unknown) => error);

  const answer = await pool.unary(ONCE, 'x', callOptions());

  expect(answer.value).toBe('server-1 once x');
});

test('a stream reset with any other code may have been processed', async () => {
  onCall = (stream) => {
    stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  };

  expect(await call()).toMatchObject({ reason: { kind: 'transport' }, wasSent: 'unknown', mayHaveHappened: true });
  expect(cluster.endpoints[0]!.seen.Once).toBe(0);
  expect(await call(READ)).toBe('server-1 read x');
});

test('a connection cut after the request may have been processed', async () => {
  onCall = (stream) => {
    stream.session?.socket.destroy();
  };

  expect(await call()).toMatchObject({ wasSent: 'unknown', mayHaveHappened: true });
  expect(cluster.endpoints[0]!.seen.Once).toBe(0);
});

test('a connection cut after the headers was processed at least in part', async () => {
  onCall = (stream) => {
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
    setImmediate(() => stream.session?.socket.destroy());
  };

  expect(await call()).toMatchObject({ reason: { kind: 'transport' }, mayHaveHappened: true });
  expect(cluster.endpoints[0]!.seen.Once).toBe(0);
});

test.each(['Stream refused by server', 'Connection dropped', 'Channel closed before call started'])(
  'a server that says "%s" has answered',
  async (text) => {
    onCall = (stream) => {
      const status = { 'grpc-status': '14', 'grpc-message': text };
      stream.respond({ ':status': 200, 'content-type': 'application/grpc', ...status }, { endStream: true });
    };

    expect(await call()).toMatchObject({
      reason: { kind: 'status', error: { code: 14, details: text } },
      wasSent: true,
    });
    expect(cluster.endpoints[0]!.seen.Once).toBe(0);
  },
);

test('the server learns what is left of the deadline', async () => {
  const timeouts: unknown[] = [];
  onCall = (stream, headers) => {
    timeouts.push(headers['grpc-timeout']);
    stream.close(constants.NGHTTP2_REFUSED_STREAM);
  };
  await cluster
    .pool({ endpoints: [target] })
    .unary(READ, 'x', callOptions({ deadlineMs: 5000 }))
    .catch((error: unknown) => error);

  const leftMs = timeouts.map((text) => Number(/^(\d+)m$/.exec(String(text))?.[1]));
  expect(leftMs.length).toBeGreaterThan(1);
  expect(Math.max(...leftMs)).toBeLessThanOrEqual(5000);
  expect(Math.min(...leftMs)).toBeGreaterThan(0);
  // The rounding to whole milliseconds may go either way.
  expect(leftMs.at(-1)).toBeLessThanOrEqual(leftMs[0]! + 1);
});

test('a silent connection is asked with a call, never with a PING, which apid would punish', async () => {
  const paths: unknown[] = [];
  let pings = 0;
  const probed = Promise.withResolvers<undefined>();
  onCall = (stream, headers, session) => {
    session.on('ping', () => (pings += 1));
    paths.push(headers[':path']);
    if (headers[':path'] !== PROBE.path) return;
    stream.respond({ ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '0' }, { endStream: true });
    if (paths.length > 3) probed.resolve(undefined);
  };
  const abort = new AbortController();
  const pool = cluster.pool({ endpoints: [target], limits: { silenceMs: 40, silenceCeilingMs: 80 } });
  const waiting = pool
    .unary(READ, 'x', callOptions({ signal: abort.signal, deadlineMs: Infinity }))
    .catch(() => 'over');

  await probed.promise;
  abort.abort();
  await waiting;

  expect(paths.slice(0, 4)).toEqual([READ.path, PROBE.path, PROBE.path, PROBE.path]);
  expect(pings).toBe(0);
  expect(pool.status()[0]!.phase).toBe('ready');
});
