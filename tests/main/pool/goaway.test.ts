import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StreamItem } from '../../../main/pool/calls/call-options.ts';
import {
  callOptions,
  FOLLOW,
  ONCE,
  READ,
  recordPhases,
  TestCluster,
  until,
  type TestEndpoint,
} from './test-endpoints.ts';

/*
 * A server that stops says GOAWAY: calls on that connection may finish, new ones go elsewhere. The connection cannot be asked
 * any more whether it still lives, so its silence alone has to move what can be moved.
 */

const quick = { silenceMs: 40, probeTimeoutMs: 2000 };

let cluster: TestCluster;

beforeEach(async () => {
  cluster = await TestCluster.start(2);
});

afterEach(async () => {
  await cluster.close();
});

/** Takes requests and does not answer them until `release`. */
function holdBack(endpoint: TestEndpoint) {
  const held: (() => void)[] = [];
  const waiting: { count: number; wake: () => void }[] = [];
  const hold = (answer: () => void): void => {
    held.push(answer);
    for (const { count, wake } of waiting) if (held.length >= count) wake();
  };
  endpoint.onRead = (call, reply) => {
    hold(() => {
      reply(null, `late ${call.request}`);
    });
  };
  endpoint.onOnce = (call, reply) => {
    hold(() => {
      reply(null, `late ${call.request}`);
    });
  };
  endpoint.onFollow = (call) => {
    call.write(`${endpoint.name} 1`);
    hold(() => {
      call.write(`${endpoint.name} late`);
      call.end();
    });
  };
  return {
    arrived: (count: number): Promise<void> =>
      new Promise((resolve) => {
        if (held.length >= count) resolve();
        else waiting.push({ count, wake: resolve });
      }),
    release: (): void => {
      for (const answer of held.splice(0)) answer();
    },
  };
}

const texts = (items: readonly StreamItem<string>[]): string[] =>
  items.map((item) => (item.type === 'item' ? item.value : 'gap'));

test('GOAWAY lets running calls finish and reconnects at once', async () => {
  const [first] = cluster.endpoints as [TestEndpoint];
  // However slow this machine is, the silence of the old connection is not noticed.
  const pool = cluster.pool({ endpoints: [first.target], limits: { silenceMs: 600_000 } });
  const phases = recordPhases(pool, first.target);
  await pool.unary(READ, 'x', callOptions());
  const release = Promise.withResolvers<undefined>();
  const arrived = Promise.withResolvers<undefined>();
  first.onRead = (call, reply) => {
    arrived.resolve(undefined);
    void release.promise.then(() => {
      reply(null, `old ${call.request}`);
    });
  };
  const running = pool.unary(READ, 'y', callOptions());
  await arrived.promise;

  first.goaway();
  await until(pool, () => phases.join() === 'connecting,ready,connecting,ready');
  release.resolve(undefined);

  expect((await running).value).toBe('old y');
  expect(first.seen.Read).toBe(2);
  expect(first.accepted).toBe(2);
});

test('GOAWAY under load loses no call', async () => {
  const pool = cluster.pool({ random: Math.random });
  await pool.unary(READ, 'x', callOptions());
  let running = true;
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    while (running && failures.length === 0)
      await pool.unary(READ, 'x', callOptions()).catch((e: unknown) => failures.push(e));
  };
  const workers = Array.from({ length: 20 }, worker);

  for (let round = 0; round < 10; round += 1) {
    cluster.endpoints[round % 2]!.goaway();
    await pool.unary(READ, 'pace', callOptions());
  }
  running = false;
  await Promise.all(workers);

  expect(failures).toEqual([]);
});

test('a read that hangs after GOAWAY moves; a once call beside it waits for its answer', async () => {
  const [first, second] = cluster.endpoints as [TestEndpoint, TestEndpoint];
  const pool = cluster.pool({ limits: quick });
  await pool.unary(READ, 'x', callOptions());
  await until(pool, () => pool.status().every(({ phase }) => phase === 'ready'));
  const held = holdBack(first);
  const read = pool.unary(READ, 'y', callOptions({ deadlineMs: 60_000 }));
  const once = pool.unary(ONCE, 'reboot', callOptions({ deadlineMs: 60_000 }));
  await held.arrived(2);

  first.goaway();

  expect(await read).toMatchObject({ value: 'server-2 read y', endpoint: second.target });
  expect(second.seen.Once).toBe(0);
  held.release();
  expect(await once).toMatchObject({ value: 'late reboot', endpoint: first.target });
  expect(first.seen.Once).toBe(1);
});

test('with a single endpoint a read that hangs after GOAWAY moves to its new connection', async () => {
  const [first] = cluster.endpoints as [TestEndpoint];
  const pool = cluster.pool({ endpoints: [first.target], limits: quick });
  await pool.unary(READ, 'x', callOptions());
  const held = holdBack(first);
  const read = pool.unary(READ, 'y', callOptions({ deadlineMs: 60_000 }));
  await held.arrived(1);
  first.onRead = (call, reply) => {
    reply(null, `anew ${call.request}`);
  };

  first.goaway();

  expect((await read).value).toBe('anew y');
});

test('while nothing else is ready a read stays where it is after GOAWAY', async () => {
  const [first] = cluster.endpoints as [TestEndpoint];
  const pool = cluster.pool({ endpoints: [first.target], limits: quick });
  await pool.unary(READ, 'x', callOptions());
  const held = holdBack(first);
  const read = pool.unary(READ, 'y', callOptions({ deadlineMs: 60_000 }));
  await held.arrived(1);
  first.refuse();

  first.goaway();
  // Two failed tries take longer than the silence.
  await until(pool, () => pool.status()[0]!.failures.length >= 2);
  held.release();

  expect((await read).value).toBe('late y');
});

test('a silent stream moves after GOAWAY only if it can go on elsewhere', async () => {
  const [first] = cluster.endpoints as [TestEndpoint];
  const pool = cluster.pool({ limits: quick });
  await pool.unary(READ, 'x', callOptions());
  await until(pool, () => pool.status().every(({ phase }) => phase === 'ready'));
  const held = holdBack(first);
  cluster.endpoints[1]!.onFollow = (call) => {
    call.write(`server-2 ${call.request}`);
    call.end();
  };
  const options = callOptions({ deadlineMs: 60_000 });
  const read = async (resume?: () => string): Promise<string[]> => {
    const items: StreamItem<string>[] = [];
    const stream = pool.serverStream(FOLLOW, '0', { ...options, ...(resume && { resume }) });
    for await (const item of stream) items.push(item);
    return texts(items);
  };
  const resumes = read(() => '2');
  const stays = read();
  await held.arrived(2);

  first.goaway();

  expect(await resumes).toEqual(['server-1 1', 'gap', 'server-2 2']);
  held.release();
  expect(await stays).toEqual(['server-1 1', 'server-1 late']);
});
