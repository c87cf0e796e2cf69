import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EndpointStatus } from '../../../preload/contract/index.ts';
import { callOptions, READ, TestCluster, until } from './test-endpoints.ts';

let cluster: TestCluster;

beforeEach(async () => {
  cluster = await TestCluster.start(1);
});

afterEach(async () => {
  await cluster.close();
});

/** Every different state the endpoint was shown in. */
function follow(pool: ReturnType<TestCluster['pool']>): EndpointStatus[] {
  const seen: EndpointStatus[] = [];
  pool.onChange(() => seen.push(...pool.status()));
  return seen;
}

test('an endpoint is not reached since the first failure, however often it is tried again', async () => {
  const [endpoint] = cluster.endpoints;
  const pool = cluster.pool({ limits: { backoff: { firstMs: 20, factor: 1, jitter: 0, ceilingMs: 20 } } });
  await pool.unary(READ, 'x', callOptions());
  const seen = follow(pool);
  endpoint!.kill();
  await until(pool, () => seen.filter(({ phase }) => phase === 'connecting').length > 3);

  const [first, ...others] = seen.filter(({ downSinceMs }) => downSinceMs !== undefined);
  expect(new Set(others.map(({ downSinceMs }) => downSinceMs))).toEqual(new Set([first?.downSinceMs]));
  // From the first failed try on, every state says so.
  const from = seen.indexOf(first!);
  expect(seen.slice(from).every(({ downSinceMs }) => downSinceMs !== undefined)).toBe(true);
  expect(pool.summary()).toBe('all-down');

  await endpoint!.listen();
  await until(pool, () => pool.status()[0]?.phase === 'ready' && pool.status()[0]?.downSinceMs === undefined);
  expect(pool.summary()).toBe('ready');
});

test('an endpoint that accepts and hangs up does not seem well in between', async () => {
  const [endpoint] = cluster.endpoints;
  const pool = cluster.pool({ limits: { backoff: { firstMs: 20, factor: 1, jitter: 0, ceilingMs: 20 } } });
  await pool.unary(READ, 'x', callOptions());
  endpoint!.kill();
  await until(pool, () => pool.status()[0]?.downSinceMs !== undefined);
  const seen = follow(pool);
  let accepted = 0;
  endpoint!.onAccept = () => {
    accepted += 1;
    setImmediate(() => endpoint!.reset());
  };
  await endpoint!.listen();

  await until(pool, () => accepted > 3);

  expect(seen.every(({ downSinceMs }) => downSinceMs !== undefined)).toBe(true);
});
