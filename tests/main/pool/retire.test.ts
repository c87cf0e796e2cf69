import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../../main/lib/clock.ts';
import type { Clock } from '../../../main/lib/clock.ts';
import { DEFAULT_LIMITS } from '../../../main/pool/limits.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { callOptions, FOLLOW, ONCE, READ, TestCluster, type TestEndpoint } from './test-endpoints.ts';

/*
 * A pool that another one replaces: a renewed certificate must cut no answer off, and a reboot that is under way must be told
 * to its end, however long that is.
 */

let cluster: TestCluster;
let endpoint: TestEndpoint;
/** Time passes only when told; what is asked of the network takes its own. */
let time: FakeClock;
let clock: Clock;

beforeEach(async () => {
  cluster = await TestCluster.start(1);
  [endpoint] = cluster.endpoints as [TestEndpoint];
  time = new FakeClock();
  // The limit of retiring is the only timer here that a test moves.
  clock = {
    ...systemClock,
    after: (ms, run) => (ms === DEFAULT_LIMITS.retireWithinMs ? time : systemClock).after(ms, run),
  };
});

afterEach(async () => {
  await cluster.close();
});

/** Keeps the next call of a kind unanswered; `arrived` resolves when the server has it. */
function hold(kind: 'onRead' | 'onOnce') {
  const arrived = Promise.withResolvers<undefined>();
  const answer = Promise.withResolvers<undefined>();
  endpoint[kind] = (call, reply) => {
    arrived.resolve(undefined);
    void answer.promise.then(() => {
      reply(null, `late ${call.request}`);
    });
  };
  return {
    arrived: arrived.promise,
    answer: (): void => {
      answer.resolve(undefined);
    },
  };
}

const failed = (error: unknown): unknown => error;

test('a pool that is replaced closes when its last call has ended', async () => {
  const pool = cluster.pool({ clock });
  const read = hold('onRead');
  const call = pool.unary(READ, 'x', callOptions());
  await read.arrived;

  const retired = pool.retire();
  read.answer();

  expect((await call).value).toBe('late x');
  await retired;
  await expect.poll(() => endpoint.open).toBe(0);
});

test('reads that take too long are ended, a call that may not run twice is waited for', async () => {
  const pool = cluster.pool({ clock });
  const [once, read] = [hold('onOnce'), hold('onRead')];
  const reboot = pool.unary(ONCE, 'reboot', callOptions({ deadlineMs: Infinity }));
  const slow = pool.unary(READ, 'x', callOptions()).catch(failed);
  await Promise.all([once.arrived, read.arrived]);
  let isClosed = false;
  const retired = pool.retire().then(() => {
    isClosed = true;
  });

  time.advance(DEFAULT_LIMITS.retireWithinMs);

  expect(await slow).toMatchObject({ reason: { kind: 'closed' } });
  time.advance(24 * 60 * 60_000);
  expect(isClosed).toBe(false);
  once.answer();
  expect((await reboot).value).toBe('late reboot');
  await retired;
  await expect.poll(() => endpoint.open).toBe(0);
});

test('a stream that follows is ended as closed, and begins nowhere else', async () => {
  const pool = cluster.pool({ clock });
  const stream = pool.serverStream(FOLLOW, '0', { ...callOptions({ deadlineMs: Infinity }), resume: () => '1' });
  endpoint.onFollow = (call) => {
    call.write('0');
  };
  const reader = stream[Symbol.asyncIterator]();
  await reader.next();

  const retired = pool.retire();
  const next = Promise.resolve(reader.next()).catch(failed);
  time.advance(DEFAULT_LIMITS.retireWithinMs);

  expect(await next).toMatchObject({ reason: { kind: 'closed' } });
  await retired;
  expect(endpoint.seen.Follow).toBe(1);
});

test('a call that may not run twice and was not sent yet is not sent any more', async () => {
  const pool = cluster.pool({ clock });
  // Takes connections and never speaks: the call waits for one.
  endpoint.blackHole();
  const waiting = pool.unary(ONCE, 'reboot', callOptions()).catch(failed);
  await expect.poll(() => endpoint.accepted).toBe(1);

  const retired = pool.retire(0);

  expect(await waiting).toMatchObject({ reason: { kind: 'closed' }, mayHaveHappened: false });
  await retired;
  expect(endpoint.seen.Once).toBe(0);
});

test('closing does not wait for a pool that still has a call', async () => {
  const pool = cluster.pool({ clock });
  const once = hold('onOnce');
  const reboot = pool.unary(ONCE, 'reboot', callOptions()).catch(failed);
  await once.arrived;
  const retired = pool.retire();
  time.advance(DEFAULT_LIMITS.retireWithinMs);

  await pool.close();

  expect(await reboot).toMatchObject({ reason: { kind: 'closed' }, mayHaveHappened: true });
  await retired;
});
