import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../../main/lib/clock.ts';
import { callOptions, FOLLOW, READ, TestCluster, until } from './test-endpoints.ts';

let cluster: TestCluster;

beforeEach(async () => {
  cluster = await TestCluster.start(1);
});

afterEach(async () => {
  await cluster.close();
});

test('testing looks over a new connection, says when the certificate was seen, and ends nothing', async () => {
  const [endpoint] = cluster.endpoints;
  endpoint!.onFollow = (call) => void call.write('0');
  let nowMs = 1_000_000;
  const clock = { now: () => nowMs, monotonic: () => performance.now(), after: systemClock.after };
  const pool = cluster.pool({ clock });
  const stream = pool.serverStream(FOLLOW, '0', callOptions())[Symbol.asyncIterator]();
  await stream.next();
  await until(pool, () => pool.status()[0]?.phase === 'ready');
  expect(pool.status()[0]?.certificate?.seenAtMs).toBe(1_000_000);

  nowMs += 25 * 3_600_000;
  expect(pool.status()[0]?.certificate?.seenAtMs).toBe(1_000_000);
  await pool.test();

  expect(endpoint!.accepted).toBe(2);
  expect(pool.status()[0]).toMatchObject({
    phase: 'ready',
    certificate: { seenAtMs: nowMs },
    tested: { atMs: nowMs },
  });
  expect(pool.status()[0]?.tested?.failure).toBeUndefined();
  await expect.poll(() => endpoint!.open).toBe(1);
  await stream.return?.(undefined);
});

test('a new connection that fails is said beside the one that stands', async () => {
  const [endpoint] = cluster.endpoints;
  const pool = cluster.pool();
  await pool.unary(READ, 'x', callOptions());
  endpoint!.refuse();

  await pool.test();

  expect(pool.status()[0]).toMatchObject({
    phase: 'ready',
    tested: { failure: { message: `${endpoint!.target} refused the connection.` } },
  });
  expect((await pool.unary(READ, 'x', callOptions())).value).toBe('server-1 read x');
});

test('a pool that is closed while it looks ends the test', async () => {
  const [endpoint] = cluster.endpoints;
  const pool = cluster.pool();
  await pool.unary(READ, 'x', callOptions());
  endpoint!.blackHole();

  const tested = pool.test();
  await pool.close();

  await tested;
});
