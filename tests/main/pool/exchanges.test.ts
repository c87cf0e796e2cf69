import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PoolExchange } from '../../../main/pool/calls/call-options.ts';
import { callOptions, READ, status, TALK, TestCluster, UPLOAD, until, type TestEndpoint } from './test-endpoints.ts';

/*
 * Calls that send a stream: what left us cannot be taken back, so they move to another endpoint only before that.
 */

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

/** A source of messages that knows what was taken from it, and whether it was told to stop. */
function source(messages: readonly string[], after: Promise<unknown> = Promise.resolve()) {
  const state = { taken: 0, isStopped: false };
  async function* all(): AsyncGenerator<string> {
    try {
      for (const message of messages) {
        state.taken += 1;
        yield message;
      }
      await after;
    } finally {
      state.isStopped = true;
    }
  }
  return Object.assign(all(), { state });
}

async function collect(exchange: PoolExchange<string>): Promise<string[]> {
  const heard: string[] = [];
  for await (const text of exchange) heard.push(text);
  return heard;
}

const failed = (error: unknown): unknown => error;

test('a client stream sends every message in order and brings the one answer', async () => {
  const answer = await cluster.pool().clientStream(UPLOAD, source(['a', 'b', 'c']), callOptions());

  expect(answer).toMatchObject({ value: 'server-1 got a b c', endpoint: first.target });
  expect(answer.durationMs).toBeGreaterThan(0);
});

test('a client stream with the bulk channel has a connection of its own', async () => {
  const pool = cluster.pool({ endpoints: [first.target], limits: { bulkIdleAfterMs: 20 } });
  await pool.unary(READ, 'x', callOptions());

  const answer = await pool.clientStream(UPLOAD, source(['a']), { ...callOptions(), channel: 'bulk' });

  expect(answer.value).toBe('server-1 got a');
  expect(first.accepted).toBe(2);
  await expect.poll(() => first.open).toBe(1);
});

test('in a conversation answers come while messages are still sent', async () => {
  const heard = Promise.withResolvers<undefined>();
  async function* messages(): AsyncGenerator<string> {
    yield 'hello';
    await heard.promise;
    yield 'goodbye';
  }
  const said: string[] = [];

  for await (const text of cluster.pool().bidiStream(TALK, messages(), callOptions())) {
    said.push(text);
    heard.resolve(undefined);
  }

  expect(said).toEqual(['server-1 heard hello', 'server-1 heard goodbye']);
});

test('a conversation moves to another endpoint while nothing has left, with nothing lost', async () => {
  first.kill();
  const messages = source(['a', 'b']);

  const heard = await collect(cluster.pool().bidiStream(TALK, messages, callOptions()));

  expect(heard).toEqual(['server-2 heard a', 'server-2 heard b']);
  expect(messages.state).toEqual({ taken: 2, isStopped: true });
});

test.each(['once', 'read'] as const)(
  'a client stream (%s) whose connection breaks is never sent again',
  async (kind) => {
    first.onUpload = (call) => {
      call.once('data', () => {
        first.reset();
      });
    };
    const never = Promise.withResolvers<undefined>();
    const messages = source(['a', 'b'], never.promise);
    const pool = cluster.pool({ methodClass: () => kind });

    const error = await pool.clientStream(UPLOAD, messages, callOptions()).catch(failed);

    expect(error).toMatchObject({ reason: { kind: 'transport' }, endpoint: first.target });
    expect(error).toMatchObject({ mayHaveHappened: kind === 'once', wasSent: 'unknown' });
    expect([first.seen.Upload, second.seen.Upload]).toEqual([1, 0]);
  },
);

test('a conversation that breaks after its first message is not begun again elsewhere', async () => {
  first.onTalk = (call) => {
    call.once('data', () => {
      first.reset();
    });
  };
  const messages = source(['a'], new Promise(() => undefined));

  const error = await collect(cluster.pool().bidiStream(TALK, messages, callOptions())).catch(failed);

  expect(error).toMatchObject({ reason: { kind: 'transport' }, endpoint: first.target });
  expect(second.seen.Talk).toBe(0);
});

test('a conversation whose beginning reached a server is not begun elsewhere, though it said nothing yet', async () => {
  first.onTalk = () => {
    first.reset();
  };
  const silent = new Promise<never>(() => undefined);
  async function* messages(): AsyncGenerator<string> {
    yield await silent;
  }

  const error = await collect(cluster.pool().bidiStream(TALK, messages(), callOptions())).catch(failed);

  expect(error).toMatchObject({ reason: { kind: 'transport' }, endpoint: first.target });
  expect(second.seen.Talk).toBe(0);
});

test('a server that answers early stops the source', async () => {
  first.onUpload = (_call, reply) => {
    reply({ code: status.INVALID_ARGUMENT, details: 'no such image' });
  };
  let given = 0;
  let isStopped = false;
  async function* endless(): AsyncGenerator<string> {
    try {
      for (;;) {
        given += 1;
        yield 'x'.repeat(1024);
        await new Promise(setImmediate);
      }
    } finally {
      isStopped = true;
    }
  }

  const error = await cluster.pool().clientStream(UPLOAD, endless(), callOptions()).catch(failed);

  expect(error).toMatchObject({ reason: { kind: 'status', error: { details: 'no such image' } }, wasSent: true });
  await expect.poll(() => isStopped).toBe(true);
  expect(given).toBeGreaterThan(0);
});

test('a server that does not read stops the source', async () => {
  first.onUpload = (call) => {
    call.pause();
  };
  const message = 'x'.repeat(64 * 1024);
  let given = 0;
  async function* endless(): AsyncGenerator<string> {
    for (;;) {
      given += 1;
      yield message;
    }
  }
  const stop = new AbortController();
  const pool = cluster.pool();
  const upload = pool.clientStream(UPLOAD, endless(), callOptions({ signal: stop.signal })).catch(failed);
  let before = -1;
  await expect
    .poll(() => {
      const same = before === given && given > 0;
      before = given;
      return same;
    })
    .toBe(true);

  // The server's window and the buffers of both sockets; without back-pressure it would grow for ever.
  expect(given).toBeLessThan(512);
  expect((await pool.unary(READ, 'beside', callOptions())).value).toContain('beside');
  stop.abort();
  expect(await upload).toMatchObject({ name: 'AbortError' });
});

test('what the source throws ends the call at the server and reaches the caller as it is', async () => {
  const cancelled = Promise.withResolvers<boolean>();
  first.onUpload = (call) => {
    call.resume().on('cancelled', () => {
      cancelled.resolve(true);
    });
  };
  async function* unreadable(): AsyncGenerator<string> {
    yield 'a';
    throw new Error('the file went away');
  }

  await expect(cluster.pool().clientStream(UPLOAD, unreadable(), callOptions())).rejects.toThrow('the file went away');
  expect(await cancelled.promise).toBe(true);
});

test('leaving the loop, and cancel, end a conversation at the server', async () => {
  for (const end of ['leave', 'cancel'] as const) {
    const cancelled = Promise.withResolvers<boolean>();
    first.onTalk = (call) => {
      call.write('hello');
      call.on('cancelled', () => {
        cancelled.resolve(true);
      });
    };
    const messages = source([], new Promise(() => undefined));
    const exchange = cluster.pool().bidiStream(TALK, messages, callOptions());

    for await (const text of exchange) {
      expect(text).toBe('hello');
      if (end === 'leave') break;
      exchange.cancel();
    }

    expect(await cancelled.promise).toBe(true);
  }
});

test('a conversation that was cancelled before it began ends without a word', async () => {
  const exchange = cluster.pool().bidiStream(TALK, source(['a']), callOptions());
  exchange.cancel();

  expect(await collect(exchange)).toEqual([]);
  expect(first.seen.Talk).toBe(0);
});

test('a conversation at an endpoint that goes silent ends, and one that may not run twice waits', async () => {
  const limits = { silenceMs: 40, probeTimeoutMs: 100 };
  const pool = cluster.pool({ methodClass: (path) => (path === UPLOAD.path ? 'once' : 'read'), limits });
  await pool.unary(READ, 'x', callOptions());
  await until(pool, () => pool.status().every(({ phase }) => phase === 'ready'));
  const arrived = Promise.withResolvers<undefined>();
  first.onUpload = (call) => {
    call.resume();
  };
  first.onTalk = (call) => {
    call.on('data', () => {
      arrived.resolve(undefined);
    });
  };
  const stop = new AbortController();
  const endless = (): AsyncIterable<string> => source(['a'], new Promise(() => undefined));
  const upload = pool.clientStream(UPLOAD, endless(), callOptions({ signal: stop.signal })).catch(failed);
  const talk = collect(pool.bidiStream(TALK, endless(), callOptions())).catch(failed);
  await arrived.promise;

  first.blackHole();

  expect(await talk).toMatchObject({ reason: { kind: 'transport' }, wasSent: 'unknown' });
  expect(await Promise.race([upload, Promise.resolve('still waiting')])).toBe('still waiting');
  stop.abort();
  expect(await upload).toMatchObject({ reason: { kind: 'cancelled' }, mayHaveHappened: true });
});
