import { Metadata } from '@grpc/grpc-js';
import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { callOptions, READ, recordPhases, status, TestCluster, until, type TestEndpoint } from './test-endpoints.ts';

/*
 * Reads whose answer is overdue, on real connections. Only the second question can answer them here: the silence of a connection
 * is not noticed for ten minutes.
 */

const limits = { overdueLeastMs: 60, overdueTimes: 0, overdueUnknownMs: 60, silenceMs: 600_000 };

let cluster: TestCluster;
let first: TestEndpoint;
let second: TestEndpoint;

beforeEach(async () => {
  cluster = await TestCluster.start(2);
  [first, second] = cluster.endpoints as [TestEndpoint, TestEndpoint];
});

afterEach(async () => {
  await cluster.close();
});

/** A pool whose endpoints are connected, and that prefers the first. */
async function warmPool(extra: Partial<typeof limits> = {}) {
  const pool = cluster.pool({ limits: { ...limits, ...extra } });
  await pool.unary(READ, 'warm', callOptions());
  await until(pool, () => pool.status().every(({ phase }) => phase === 'ready'));
  return pool;
}

/** Takes the next request and keeps it, with what its call says meanwhile. */
function hold(endpoint: TestEndpoint) {
  const arrived = Promise.withResolvers<undefined>();
  const cancelled = Promise.withResolvers<boolean>();
  let answer = (): void => undefined;
  endpoint.onRead = (call, reply) => {
    call.on('cancelled', () => {
      cancelled.resolve(true);
    });
    answer = () => {
      reply(null, `${endpoint.name} late ${call.request}`);
    };
    arrived.resolve(undefined);
  };
  return {
    arrived: arrived.promise,
    cancelled: cancelled.promise,
    answer: (): void => {
      answer();
    },
  };
}

test('a read at an endpoint that froze is answered by another one', async () => {
  const pool = await warmPool();
  first.blackHole();
  const tried: string[] = [];

  const answer = await pool.unary(READ, 'x', callOptions({ onEndpoint: (endpoint) => tried.push(endpoint) }));

  expect(answer).toMatchObject({ value: 'server-2 read x', endpoint: second.target });
  expect(tried).toEqual([first.target, second.target]);
});

test('a frozen endpoint is still ejected, with nobody waiting there', async () => {
  const pool = await warmPool();
  await pool.close();
  const quick = cluster.pool({ limits: { ...limits, silenceMs: 400, probeTimeoutMs: 200 } });
  await quick.unary(READ, 'warm', callOptions());
  await until(quick, () => quick.status().every(({ phase }) => phase === 'ready'));
  const phases = recordPhases(quick, first.target);
  first.blackHole();

  await quick.unary(READ, 'x', callOptions());

  expect(quick.status()[0]).toMatchObject({ phase: 'ready', activeCalls: 0 });
  await until(quick, () => phases.includes('ejected'));
});

test('the try that comes second is cancelled at its server, and its endpoint is as well as before', async () => {
  const pool = await warmPool();
  const held = hold(first);
  const { signal } = new AbortController();

  const answer = await pool.unary(READ, 'x', callOptions({ signal }));

  expect(answer.value).toBe('server-2 read x');
  expect(await held.cancelled).toBe(true);
  await expect.poll(() => getEventListeners(signal, 'abort')).toEqual([]);
  expect(pool.status()[0]).toMatchObject({ phase: 'ready', failures: [], activeCalls: 0 });
});

test('an endpoint that does not reach the node does not speak for the one that is slower', async () => {
  const pool = await warmPool();
  const held = hold(first);
  const refused = Promise.withResolvers<undefined>();
  second.onRead = (_call, reply) => {
    reply({ code: status.UNAVAILABLE, details: 'connection refused' });
    refused.resolve(undefined);
  };
  const call = pool.unary(READ, 'x', callOptions());
  await refused.promise;
  held.answer();

  expect(await call).toMatchObject({ value: 'server-1 late x', endpoint: first.target });
});

test('what the node refuses is its answer, whichever endpoint brings it', async () => {
  const pool = await warmPool();
  const held = hold(first);
  second.onRead = (_call, reply) => {
    reply({ code: status.PERMISSION_DENIED, details: 'not for you' });
  };

  const error = await pool.unary(READ, 'x', callOptions()).catch((e: unknown) => e);

  expect(error).toMatchObject({
    endpoint: second.target,
    reason: { kind: 'status', error: { details: 'not for you' } },
  });
  expect(await held.cancelled).toBe(true);
});

test('an answer that has begun is not asked for again, however large it is', async () => {
  const pool = await warmPool();
  const begun = Promise.withResolvers<() => void>();
  first.onRead = (call, reply) => {
    call.sendMetadata(new Metadata());
    begun.resolve(() => {
      reply(null, 'all of it');
    });
  };
  const large = pool.unary(READ, 'large', callOptions({ about: 'a' }));
  const finish = await begun.promise;
  const held = hold(first);
  // Begins later, so when this one is overdue the other has long been.
  const slow = pool.unary(READ, 'slow', callOptions({ about: 'b' }));
  expect((await slow).value).toBe('server-2 read slow');
  await held.cancelled;
  finish();

  expect((await large).value).toBe('all of it');
  expect(second.seen.Read).toBe(1);
});

test('a read that is cancelled is cancelled at both endpoints', async () => {
  const pool = await warmPool();
  const both = [hold(first), hold(second)];
  const stop = new AbortController();
  const call = pool.unary(READ, 'x', callOptions({ signal: stop.signal })).catch((e: unknown) => e);
  await Promise.all(both.map(({ arrived }) => arrived));

  stop.abort();

  expect(await call).toMatchObject({ name: 'AbortError' });
  expect(await Promise.all(both.map(({ cancelled }) => cancelled))).toEqual([true, true]);
});
