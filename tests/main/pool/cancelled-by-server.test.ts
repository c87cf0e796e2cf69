import { afterEach, beforeEach, expect, test } from 'vitest';
import { PoolCallError } from '../../../main/pool/calls/call-error.ts';
import { callOptions, FOLLOW, ONCE, READ, status, TestCluster } from './test-endpoints.ts';

/** What apid answers for a call over a connection to a node that it has replaced. */
const CLOSING = { code: status.CANCELLED, details: 'grpc: the client connection is closing' };

let cluster: TestCluster;

beforeEach(async () => {
  cluster = await TestCluster.start(2);
});

afterEach(async () => {
  await cluster.close();
});

test('a read that the server cancels is asked again', async () => {
  const [first] = cluster.endpoints;
  first!.onRead = (_call, reply) => {
    reply(CLOSING);
  };
  const pool = cluster.pool();

  expect((await pool.unary(READ, 'x', callOptions())).value).toBe('server-2 read x');
});

test('a read that the only server cancels once is asked there again', async () => {
  const [first, second] = cluster.endpoints;
  second!.kill();
  first!.onRead = (call, reply) => {
    if (first!.seen.Read === 1) reply(CLOSING);
    else reply(null, `again ${call.request}`);
  };
  const pool = cluster.pool();

  expect((await pool.unary(READ, 'x', callOptions())).value).toBe('again x');
});

test('a read that every server cancels for ever fails in words, and costs no endpoint', async () => {
  for (const endpoint of cluster.endpoints) {
    endpoint.onRead = (_call, reply) => {
      reply(CLOSING);
    };
  }
  const pool = cluster.pool();

  const error = await pool.unary(READ, 'x', callOptions()).catch((thrown: unknown) => thrown);

  expect(error).toBeInstanceOf(PoolCallError);
  expect((error as PoolCallError).reason).toMatchObject({
    kind: 'transport',
    failure: { code: 'unreachable', retry: 'safe', details: CLOSING.details },
  });
  expect(cluster.endpoints.reduce((sum, { seen }) => sum + seen.Read, 0)).toBe(3);
  expect(pool.status().some(({ phase }) => phase === 'ejected' || phase === 'backing-off')).toBe(false);
});

test('a call that may run once is not repeated, and may have happened', async () => {
  for (const endpoint of cluster.endpoints) {
    endpoint.onOnce = (_call, reply) => {
      reply(CLOSING);
    };
  }
  const pool = cluster.pool();

  const error = await pool.unary(ONCE, 'reboot', callOptions()).catch((thrown: unknown) => thrown);

  expect((error as PoolCallError).mayHaveHappened).toBe(true);
  expect(cluster.endpoints.reduce((sum, { seen }) => sum + seen.Once, 0)).toBe(1);
});

test('a stream that the server cancels goes on from its last item', async () => {
  for (const endpoint of cluster.endpoints) {
    endpoint.onFollow = (call) => {
      const from = Number(call.request);
      call.write(String(from));
      if (from < 3) call.emit('error', CLOSING);
      else call.end();
    };
  }
  const pool = cluster.pool();
  const resume = (last: string): string => String(Number(last) + 1);
  const seen: string[] = [];

  for await (const item of pool.serverStream(FOLLOW, '0', { ...callOptions(), resume })) {
    seen.push(item.type === 'item' ? item.value : 'gap');
  }

  expect(seen).toEqual(['0', 'gap', '1', 'gap', '2', 'gap', '3']);
});

test('a transfer that the server cancels before it brought anything begins again', async () => {
  const [first] = cluster.endpoints;
  first!.onFollow = (call) => call.emit('error', CLOSING);
  cluster.endpoints[1]!.onFollow = (call) => {
    call.write('all of it');
    call.end();
  };
  const pool = cluster.pool();
  const seen: unknown[] = [];

  for await (const item of pool.serverStream(FOLLOW, '0', { ...callOptions(), channel: 'bulk' })) seen.push(item);

  expect(seen).toEqual([{ type: 'item', value: 'all of it' }]);
});

test('a stream that the server cancels after each item is not asked for without a pause', async () => {
  const [first] = cluster.endpoints;
  cluster.endpoints[1]!.kill();
  first!.onFollow = (call) => {
    call.write('0');
    call.emit('error', CLOSING);
  };
  const pool = cluster.pool({
    limits: { streamBackoff: { firstMs: 600_000, factor: 1, jitter: 0, ceilingMs: 600_000 } },
  });
  const stream = pool.serverStream(FOLLOW, '0', { ...callOptions({ deadlineMs: Infinity }), resume: () => '0' });
  const read = (async () => {
    for await (const item of stream) if (item.type === 'gap') continue;
  })();

  await expect.poll(() => first!.seen.Follow).toBe(2);
  // Time enough for many more.
  for (let round = 0; round < 50; round += 1) await pool.unary(READ, 'x', callOptions());
  expect(first!.seen.Follow).toBe(2);
  stream.cancel();
  await read;
});

test('a stream that waits between its tries ends at its deadline', async () => {
  const [first] = cluster.endpoints;
  cluster.endpoints[1]!.kill();
  first!.onFollow = (call) => {
    call.write('0');
    call.emit('error', CLOSING);
  };
  const pool = cluster.pool({
    limits: { streamBackoff: { firstMs: 600_000, factor: 1, jitter: 0, ceilingMs: 600_000 } },
  });
  const stream = pool.serverStream(FOLLOW, '0', { ...callOptions({ deadlineMs: 500 }), resume: () => '0' });

  const failed = (async () => {
    for await (const item of stream) if (item.type === 'gap') continue;
  })();

  await expect(failed).rejects.toMatchObject({ message: expect.stringMatching(/time|deadline|answer/i) as string });
});
