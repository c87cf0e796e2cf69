import { Metadata } from '@grpc/grpc-js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StreamItem, StreamOptions } from '../../../main/pool/calls/call-options.ts';
import { callOptions, FOLLOW, READ, TestCluster, textMethod, until, type TestEndpoint } from './test-endpoints.ts';

let cluster: TestCluster;

beforeEach(async () => {
  cluster = await TestCluster.start(2);
});

afterEach(async () => {
  await cluster.close();
});

const followOptions = (extra: Partial<StreamOptions<string, string>> = {}): StreamOptions<string, string> => ({
  ...callOptions(),
  ...extra,
});

/** Sends the numbers from the request on and resets the connection after `count` of them. */
function numbersThenReset(endpoint: TestEndpoint, count: number): void {
  endpoint.onFollow = (call) => {
    const from = Number(call.request);
    let sent = 0;
    const next = (): void => {
      if (sent === count) return;
      call.write(String(from + sent), () => {
        sent += 1;
        next();
      });
    };
    next();
  };
}

/** Numbers from the request on up to 9, then the end. */
function numbersToNine(endpoint: TestEndpoint): void {
  endpoint.onFollow = (call) => {
    for (let n = Number(call.request); n < 10; n += 1) call.write(String(n));
    call.end();
  };
}

async function collect(stream: AsyncIterable<StreamItem<string>>): Promise<string[]> {
  const seen: string[] = [];
  for await (const item of stream) seen.push(item.type === 'item' ? item.value : 'gap');
  return seen;
}

test('brings every item in order and ends', async () => {
  numbersToNine(cluster.endpoints[0]!);
  const pool = cluster.pool();

  const stream = pool.serverStream(FOLLOW, '0', followOptions());

  expect(await collect(stream)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
  expect(stream.endpoint).toBe(cluster.endpoints[0]!.target);
});

test('messages that come together are one item where they are gathered, and none is missing', async () => {
  const pool = cluster.pool();
  cluster.endpoints[0]!.onFollow = (call) => {
    for (let n = 0; n < 5; n += 1) call.write(String(n));
  };
  const gather = { forMs: () => 20, join: (parts: readonly string[]) => parts.join(',') };
  const stream = pool.serverStream(FOLLOW, '0', followOptions({ gather }));

  let seen = '';
  for await (const item of stream) {
    if (item.type === 'item') seen += `${seen === '' ? '' : ';'}${item.value}`;
    if (seen.endsWith('4')) stream.cancel();
  }

  expect(seen.split(/[;,]/)).toEqual(['0', '1', '2', '3', '4']);
  expect(seen).toContain(',');
});

test('who gathers waits neither for the end nor when much has come', async () => {
  const part = 'x'.repeat(60_000);
  cluster.endpoints[0]!.onFollow = (call) => {
    for (let n = 0; n < 40; n += 1) call.write(part);
    call.end();
  };
  const gather = { forMs: () => 3_600_000, join: (parts: readonly string[]) => parts.join('') };

  const seen = await collect(cluster.pool().serverStream(FOLLOW, '0', followOptions({ gather })));

  expect(seen.join('')).toHaveLength(40 * 60_000);
  expect(Math.max(...seen.map((each) => each.length))).toBeLessThan(400_000);
});

test.each(['its signal', 'its reader'])(
  'a stream that is ended at its gap, by %s, begins nowhere else',
  async (who) => {
    const [first, second] = cluster.endpoints as [TestEndpoint, TestEndpoint];
    numbersThenReset(first, 1);
    second.onFollow = (call) => {
      call.write('1');
    };
    const stop = new AbortController();
    const stream = cluster.pool().serverStream(
      FOLLOW,
      '0',
      followOptions({
        signal: stop.signal,
        resume: (last) => String(Number(last) + 1),
      }),
    );
    const end = (async () => {
      for await (const item of stream) {
        if (item.type === 'item') first.kill();
        else if (who === 'its signal') stop.abort();
        else stream.cancel();
      }
      return 'ended';
    })().catch((error: unknown) => error);

    if (who === 'its signal') expect(await end).toMatchObject({ reason: { kind: 'cancelled' } });
    else expect(await end).toBe('ended');
    expect(second.seen.Follow).toBe(0);
  },
);

test('a broken stream goes on at another endpoint with a visible gap', async () => {
  const [first, second] = cluster.endpoints as [TestEndpoint, TestEndpoint];
  numbersThenReset(first, 4);
  numbersToNine(second);
  const pool = cluster.pool();
  const seen: string[] = [];
  const gaps: StreamItem<string>[] = [];

  const stream = pool.serverStream(FOLLOW, '0', followOptions({ resume: (last) => String(Number(last) + 1) }));
  for await (const item of stream) {
    if (item.type === 'gap') gaps.push(item);
    else seen.push(item.value);
    if (seen.length === 4 && gaps.length === 0) first.kill();
  }

  expect(seen).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
  expect(gaps).toEqual([{ type: 'gap', from: first.target, to: second.target, gapMs: expect.any(Number) as number }]);
});

test.each([false, true])(
  'a stream that breaks before its first item has a gap if it brings only news: %s',
  async (isOnlyNew) => {
    const [first, second] = cluster.endpoints as [TestEndpoint, TestEndpoint];
    first.onFollow = (call) => {
      call.sendMetadata(new Metadata());
      setImmediate(() => first.kill());
    };
    numbersToNine(second);
    const seen: string[] = [];

    for await (const item of cluster.pool().serverStream(FOLLOW, '0', followOptions({ isOnlyNew })))
      seen.push(item.type);

    expect(seen.filter((type) => type === 'gap')).toHaveLength(isOnlyNew ? 1 : 0);
    expect(seen.filter((type) => type === 'item')).toHaveLength(10);
  },
);

test('a broken stream without resume fails as a transport failure', async () => {
  const [first] = cluster.endpoints as [TestEndpoint];
  numbersThenReset(first, 1);
  const pool = cluster.pool();
  const read = async (): Promise<void> => {
    for await (const item of pool.serverStream(FOLLOW, '0', followOptions())) if (item) first.kill();
  };

  await expect(read()).rejects.toMatchObject({ reason: { kind: 'transport' }, endpoint: first.target });
});

test('leaving the loop stops the server', async () => {
  const [first] = cluster.endpoints as [TestEndpoint];
  const cancelled = Promise.withResolvers<boolean>();
  first.onFollow = (call) => {
    call.write('0');
    call.on('cancelled', () => {
      cancelled.resolve(true);
    });
  };
  const pool = cluster.pool();

  for await (const item of pool.serverStream(FOLLOW, '0', followOptions())) if (item.type === 'item') break;

  expect(await cancelled.promise).toBe(true);
});

test('cancel ends a waiting reader without an error', async () => {
  const [first] = cluster.endpoints as [TestEndpoint];
  const pool = cluster.pool();
  const stream = pool.serverStream(FOLLOW, '0', followOptions());
  first.onFollow = (call) => {
    call.sendMetadata(call.metadata);
    stream.cancel();
  };

  expect(await collect(stream)).toEqual([]);
});

test('the caller’s signal ends a stream as an AbortError', async () => {
  const [first] = cluster.endpoints as [TestEndpoint];
  const pool = cluster.pool();
  const abort = new AbortController();
  first.onFollow = () => {
    abort.abort();
  };

  await expect(collect(pool.serverStream(FOLLOW, '0', followOptions({ signal: abort.signal })))).rejects.toMatchObject({
    name: 'AbortError',
  });
});

test('a reader that does not read stops the server', async () => {
  const [first] = cluster.endpoints as [TestEndpoint];
  let written = 0;
  first.onFollow = (call) => {
    const line = 'x'.repeat(16 * 1024);
    const fill = (): void => {
      while (call.write(line)) written += line.length;
      call.once('drain', fill);
    };
    fill();
  };
  const pool = cluster.pool({ limits: { windowBytes: 65_536 } });
  const reader = pool.serverStream(FOLLOW, '0', followOptions())[Symbol.asyncIterator]();
  await reader.next();
  let before = -1;
  await expect
    .poll(() => {
      const same = before === written;
      before = written;
      return same;
    })
    .toBe(true);

  // Window, read-ahead and the buffers of both sockets; without back-pressure it would grow for ever.
  expect(written).toBeLessThan(8 * 1024 * 1024);
  expect((await pool.unary(READ, 'beside', callOptions())).value).toContain('beside');
  await reader.return?.();
});

test('a bulk stream uses its own connection, which closes when unused', async () => {
  const [first] = cluster.endpoints as [TestEndpoint];
  numbersToNine(first);
  const pool = cluster.pool({ endpoints: [first.target], limits: { bulkIdleAfterMs: 20 } });
  await pool.unary(READ, 'x', callOptions());
  expect(first.open).toBe(1);

  const items = await collect(pool.serverStream(FOLLOW, '5', followOptions({ channel: 'bulk' })));

  expect(items).toEqual(['5', '6', '7', '8', '9']);
  expect(first.accepted).toBe(2);
  await expect.poll(() => first.open).toBe(1);
});

test('a stream that may run once is not started again after its connection broke', async () => {
  const [first, second] = cluster.endpoints as [TestEndpoint, TestEndpoint];
  const upgrade = textMethod('/test.Echo/Follow', true);
  first.onFollow = () => {
    first.reset();
  };
  const pool = cluster.pool({ methodClass: () => 'once' });

  await expect(collect(pool.serverStream(upgrade, '0', followOptions()))).rejects.toMatchObject({
    mayHaveHappened: true,
  });
  expect([first.seen.Follow, second.seen.Follow]).toEqual([1, 0]);
});

test('a resuming stream waits for an endpoint to come back', async () => {
  const [first] = cluster.endpoints as [TestEndpoint];
  numbersThenReset(first, 1);
  const pool = cluster.pool({
    endpoints: [first.target],
    limits: { backoff: { firstMs: 20, factor: 1, jitter: 0, ceilingMs: 20 } },
  });
  const seen: string[] = [];

  const stream = pool.serverStream(FOLLOW, '8', followOptions({ resume: (last) => String(Number(last) + 1) }));
  const reading = (async () => {
    for await (const item of stream) {
      seen.push(item.type === 'item' ? item.value : 'gap');
      if (item.type === 'item' && item.value === '8') first.kill();
    }
  })();
  await until(pool, () => pool.summary() === 'all-down');
  numbersToNine(first);
  await first.listen();
  await reading;

  expect(seen).toEqual(['8', 'gap', '9']);
});
