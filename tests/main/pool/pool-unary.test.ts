import { afterEach, beforeEach, expect, test } from 'vitest';
import { AllEndpointsDown, PoolCallError } from '../../../main/pool/calls/call-error.ts';
import { callOptions, ONCE, READ, recordPhases, status, TestCluster, until } from './test-endpoints.ts';

let cluster: TestCluster;

beforeEach(async () => {
  cluster = await TestCluster.start(3);
});

afterEach(async () => {
  await cluster.close();
});

test('answers a read and says which endpoint answered', async () => {
  const pool = cluster.pool();

  const answer = await pool.unary(READ, 'x', callOptions());

  expect(answer.value).toBe('server-1 read x');
  expect(answer.endpoint).toBe(cluster.endpoints[0]!.target);
  expect(answer.durationMs).toBeGreaterThan(0);
});

test('spreads reads over all endpoints', async () => {
  const pool = cluster.pool({ random: Math.random });
  await pool.unary(READ, 'x', callOptions());
  await until(pool, () => pool.status().every(({ phase }) => phase === 'ready'));

  await Promise.all(Array.from({ length: 60 }, () => pool.unary(READ, 'x', callOptions())));

  for (const endpoint of cluster.endpoints) expect(endpoint.seen.Read).toBeGreaterThan(5);
});

test('every pool has an order of its own, so that not all clients begin with the same endpoint', async () => {
  const first = new Set<string | undefined>();
  for (const share of [0, 0.4, 0.999]) {
    const pool = cluster.pool({ random: () => share });
    first.add((await pool.unary(READ, 'x', callOptions())).endpoint);
    expect(pool.status().map(({ endpoint }) => endpoint)).toEqual(cluster.endpoints.map(({ target }) => target));
  }

  expect(first.size).toBeGreaterThan(1);
});

test('a refused endpoint costs nothing', async () => {
  cluster.endpoints[0]!.kill();
  cluster.endpoints[1]!.kill();
  const pool = cluster.pool();
  const phases = recordPhases(pool, cluster.endpoints[0]!.target);

  const answer = await pool.unary(READ, 'x', callOptions());

  expect(answer.value).toBe('server-3 read x');
  expect(phases).toEqual(['connecting', 'backing-off']);
  expect(pool.status()[0]!.failure?.message).toBe(`${cluster.endpoints[0]!.target} refused the connection.`);
});

test('a black-holed endpoint costs the hedge delay and keeps trying', async () => {
  cluster.endpoints[0]!.blackHole();
  const pool = cluster.pool({ limits: { hedgeDelayMs: 100 } });

  const answer = await pool.unary(READ, 'x', callOptions());

  expect(answer.value).toBe('server-2 read x');
  expect(answer.durationMs).toBeGreaterThan(90);
  expect(pool.status()[0]!.phase).toBe('connecting');
});

test('a read whose connection is reset is answered by another endpoint', async () => {
  const pool = cluster.pool();
  await pool.unary(READ, 'warm', callOptions());
  cluster.endpoints[0]!.onRead = () => {
    cluster.endpoints[0]!.reset();
  };
  cluster.endpoints[1]!.onRead = () => {
    cluster.endpoints[1]!.reset();
  };
  const tried: string[] = [];

  const answer = await pool.unary(READ, 'x', callOptions({ onEndpoint: (endpoint) => tried.push(endpoint) }));

  expect(answer.value).toBe('server-3 read x');
  expect(new Set(tried).size).toBe(tried.length);
});

test('a lost once call is never repeated and says that it may have happened', async () => {
  const pool = cluster.pool();
  for (const endpoint of cluster.endpoints) {
    endpoint.onOnce = () => {
      endpoint.reset();
    };
  }

  const error = await pool.unary(ONCE, 'reboot', callOptions()).catch((e: unknown) => e);

  expect(error).toBeInstanceOf(PoolCallError);
  expect(error).toMatchObject({ reason: { kind: 'transport' }, wasSent: 'unknown', mayHaveHappened: true });
  expect(cluster.endpoints.map(({ seen }) => seen.Once).reduce((a, b) => a + b)).toBe(1);
});

test('a once call that was not sent moves to a live endpoint', async () => {
  cluster.endpoints[0]!.kill();
  const pool = cluster.pool();

  const answer = await pool.unary(ONCE, 'reboot', callOptions());

  expect(answer.value).toBe('server-2 once reboot');
});

test('an error status is an answer: no retry, no ejection', async () => {
  const pool = cluster.pool();
  const details =
    'connection error: desc = "transport: Error while dialing: dial tcp 10.0.0.9:50000: connection refused"';
  cluster.endpoints[0]!.onRead = (_call, reply) => {
    reply({ code: status.UNAVAILABLE, details });
  };

  const error = await pool.unary(READ, 'x', callOptions()).catch((e: unknown) => e);

  expect(error).toMatchObject({ reason: { kind: 'status', error: { code: 14, details } }, wasSent: true });
  expect(cluster.endpoints.map(({ seen }) => seen.Read)).toEqual([1, 0, 0]);
  expect(pool.status()[0]!.phase).toBe('ready');
});

test('all down fails with one reason per endpoint and recovers by itself', async () => {
  for (const endpoint of cluster.endpoints) endpoint.kill();
  const pool = cluster.pool({ limits: { backoff: { firstMs: 50, factor: 1.6, jitter: 0.2, ceilingMs: 100 } } });

  const error = await pool.unary(READ, 'x', callOptions()).catch((e: unknown) => e);

  expect(error).toBeInstanceOf(AllEndpointsDown);
  expect((error as AllEndpointsDown).wasSent).toBe(false);
  expect((error as AllEndpointsDown).reasons.map(({ failure }) => failure?.code)).toEqual(Array(3).fill('unreachable'));
  expect(pool.summary()).toBe('all-down');

  await cluster.endpoints[1]!.listen();
  await until(pool, () => pool.summary() === 'degraded');

  expect((await pool.unary(READ, 'x', callOptions())).value).toBe('server-2 read x');
});

test('the deadline ends a call and reaches the server', async () => {
  const pool = cluster.pool();
  await pool.unary(READ, 'x', callOptions());
  const ended = Promise.withResolvers<boolean>();
  // All of them: a read that is overdue at one is asked at another.
  for (const endpoint of cluster.endpoints) {
    endpoint.onRead = (call) => {
      expect(call.getDeadline()).not.toBe(Infinity);
      call.on('cancelled', () => {
        ended.resolve(true);
      });
    };
  }

  const error = await pool.unary(READ, 'x', callOptions({ deadlineMs: 500 })).catch((e: unknown) => e);

  expect(error).toMatchObject({ reason: { kind: 'deadline' } });
  expect(await ended.promise).toBe(true);
});

test('the deadline also ends waiting for a connection', async () => {
  for (const endpoint of cluster.endpoints) endpoint.blackHole();
  const pool = cluster.pool();

  const error = await pool.unary(READ, 'x', callOptions({ deadlineMs: 100 })).catch((e: unknown) => e);

  expect(error).toMatchObject({ reason: { kind: 'deadline' }, wasSent: false, endpoint: undefined });
});

test('cancelling reaches the server and is an AbortError', async () => {
  const pool = cluster.pool();
  const abort = new AbortController();
  const cancelled = Promise.withResolvers<boolean>();
  cluster.endpoints[0]!.onRead = (call) => {
    call.on('cancelled', () => {
      cancelled.resolve(true);
    });
    abort.abort();
  };

  const error = await pool.unary(READ, 'x', callOptions({ signal: abort.signal })).catch((e: unknown) => e);

  expect(error).toMatchObject({ name: 'AbortError', reason: { kind: 'cancelled' } });
  expect(await cancelled.promise).toBe(true);
});

test('close ends running calls and leaves no connection', async () => {
  const pool = cluster.pool();
  const arrived = Promise.withResolvers<undefined>();
  cluster.endpoints[0]!.onRead = () => {
    arrived.resolve(undefined);
  };
  const call = pool.unary(READ, 'x', callOptions()).catch((e: unknown) => e);
  await arrived.promise;

  await pool.close();

  expect(await call).toMatchObject({ reason: { kind: 'closed' } });
  expect(await pool.unary(READ, 'x', callOptions()).catch((e: unknown) => e)).toMatchObject({
    reason: { kind: 'closed' },
    wasSent: false,
  });
  await expect.poll(() => cluster.endpoints.map(({ open }) => open)).toEqual([0, 0, 0]);
});

test('a disabled endpoint gets no calls until it is enabled again', async () => {
  const pool = cluster.pool();
  const first = cluster.endpoints[0]!.target;
  pool.setDisabled(first, true);

  expect((await pool.unary(READ, 'x', callOptions())).value).toBe('server-2 read x');
  expect(pool.status()[0]!.phase).toBe('disabled');

  pool.setDisabled(first, false);
  await until(pool, () => pool.status()[0]!.phase === 'ready');
});

test('an endpoint string that means nothing is listed with its problem', async () => {
  const pool = cluster.pool({ endpoints: ['bad host', cluster.endpoints[0]!.target] });

  expect((await pool.unary(READ, 'x', callOptions())).value).toBe('server-1 read x');
  expect(pool.status()[0]).toMatchObject({ endpoint: 'bad host', phase: 'backing-off', failure: { code: 'invalid' } });
});
