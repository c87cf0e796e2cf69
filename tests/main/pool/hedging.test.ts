import { ChannelCredentials, Metadata } from '@grpc/grpc-js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPool, poolProbe, type Pool } from '../../../main/pool/pool.ts';
import { seeded } from '../../../scripts/seeded-random.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { FakeNetwork } from './fake-network.ts';
import { ISSUE, methodClass, ONCE, PROBE, READ } from './test-endpoints.ts';

/*
 * Which reads are asked twice, and how often. The network has no sockets and its time is the test's; what one endpoint carried
 * out is counted there. What happens on real connections is in hedged-reads.test.ts.
 */

const PORTS = [1, 2, 3];

let clock: FakeClock;
let network: FakeNetwork;
let pool: Pool;

beforeEach(async () => {
  clock = new FakeClock();
  // Never in the hundredth of calls that this network refuses.
  network = new FakeNetwork(clock, () => 0.5);
  pool = createPool({
    endpoints: PORTS.map((port) => `127.0.0.1:${port}`),
    credentials: () => ChannelCredentials.createInsecure(),
    methodClass,
    probe: poolProbe({ method: PROBE, request: 'probe', metadata: new Metadata() }),
    clock,
    random: seeded(7),
    openLink: network.openLink,
  });
  await asked('warm');
});

afterEach(async () => {
  await pool.close();
  expect(clock.active).toBe(0);
});

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Lets time pass in small steps, as what follows from one answer needs turns of its own. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 5) {
    clock.advance(5);
    await settle();
  }
}

function ask(id: string, about = id, method = READ) {
  const call = { isOver: false, endpoints: [] as string[] };
  const options = { metadata: new Metadata(), deadlineMs: 60_000, about };
  const onEndpoint = (endpoint: string): void => void call.endpoints.push(endpoint);
  const done = pool.unary(method, id, { ...options, onEndpoint }).finally(() => (call.isOver = true));
  done.catch(() => undefined);
  return Object.assign(call, { done });
}

/** Asks, waits for the answer, and says how long it took. */
async function asked(id: string, about = id): Promise<number> {
  const startedMs = clock.monotonic();
  const call = ask(id, about);
  while (!call.isOver) await pass(5);
  return clock.monotonic() - startedMs;
}

/** How often it was carried out. */
const times = (id: string): number => network.executed.get(id) ?? 0;

/** One endpoint says nothing any more, on connections that stand. */
const freeze = (port: number): void => void network.modes.set(port, 'black-hole');

test('with one endpoint of three frozen, no read waits for that to be found out', async () => {
  for (let number = 0; number < 30; number += 1) await asked(`warm-${number}`, 'node');
  freeze(2);

  const took: number[] = [];
  for (let number = 0; number < 30; number += 1) took.push(await asked(`read-${number}`, 'node'));

  expect(Math.max(...took)).toBeLessThan(300);
  // The first that was held up there made the others go elsewhere.
  expect(took.filter((ms) => ms > 100)).toHaveLength(1);
});

test('under fifty callers a frozen endpoint adds less than half a second to any read', async () => {
  network.serviceMs = 20;
  const took: { readonly startMs: number; readonly ms: number }[] = [];
  let ends = false;
  const callers = Array.from({ length: 50 }, async (_, node) => {
    while (!ends) {
      const startMs = clock.monotonic();
      await ask(`read-${node}-${startMs}`, `node-${node}`).done;
      took.push({ startMs, ms: clock.monotonic() - startMs });
    }
  });
  await pass(1000);
  const usual = took.at(-1)!.ms;
  const frozenMs = clock.monotonic();
  freeze(2);
  await pass(5000);
  ends = true;
  await pass(1000);
  await Promise.all(callers);

  const hit = took.filter(({ startMs, ms }) => startMs + ms >= frozenMs).map(({ ms }) => ms - usual);
  expect(hit.length).toBeGreaterThan(1000);
  expect(Math.max(...hit)).toBeLessThan(500);
  // Those that were there when it froze, and those sent there until the first of them was overdue; not a third of all.
  expect(hit.filter((ms) => ms > 100).length).toBeLessThan(64);
  expect(pool.status()[1]!.phase).not.toBe('ready');
});

test.each([ONCE, ISSUE])('only a read is asked twice, $path never is', async (method) => {
  for (const port of PORTS) freeze(port);
  const call = ask('call-1', 'node', method);
  await pass(900);

  expect(call.endpoints).toHaveLength(1);
});

test('a node that is slow at two endpoints is asked once the next time, and may be asked twice after that', async () => {
  for (let number = 0; number < 12; number += 1) await asked(`quick-${number}`, 'slow');
  for (const [id, serviceMs] of [
    ['first', 600],
    ['second', 600],
    ['third', 1900],
  ] as const) {
    network.serviceMs = serviceMs;
    await asked(id, 'slow');
  }

  expect(['first', 'second', 'third'].map(times)).toEqual([2, 1, 2]);
});

test('an answer that takes as long as it usually does is not overdue', async () => {
  network.serviceMs = 400;
  for (let number = 0; number < 12; number += 1) await asked(`usual-${number}`, 'node');
  network.serviceMs = 800;

  await asked('slower', 'node');

  expect(times('slower')).toBe(1);
});

test('what is usual for one node is not usual for another', async () => {
  network.serviceMs = 400;
  for (let number = 0; number < 12; number += 1) await asked(`slow-${number}`, 'slow');
  network.serviceMs = 10;
  for (let number = 0; number < 12; number += 1) await asked(`quick-${number}`, 'quick');
  network.serviceMs = 300;

  await Promise.all([asked('of-the-slow', 'slow'), asked('of-the-quick', 'quick')]);

  expect([times('of-the-slow'), times('of-the-quick')]).toEqual([1, 2]);
});

test('many slow nodes at once are not all asked twice: the bucket holds 64', async () => {
  network.serviceMs = 1900;
  const ids = Array.from({ length: 200 }, (_, number) => `node-${number}`);
  const calls = ids.map((id) => ask(id));
  await pass(4000);

  expect(ids.filter((id) => times(id) === 2)).toHaveLength(64);
  expect(calls.every(({ isOver }) => isOver)).toBe(true);
});

test('an empty bucket earns one second question in twenty reads', async () => {
  /** Asks about so many nodes that are slow, and says how many were asked twice. */
  const slow = async (name: string, count: number): Promise<number> => {
    network.serviceMs = 1900;
    const ids = Array.from({ length: count }, (_, number) => `${name}-${number}`);
    for (const id of ids) void ask(id);
    await pass(4000);
    return ids.filter((id) => times(id) === 2).length;
  };
  expect(await slow('first', 200)).toBe(64);
  network.serviceMs = 10;
  for (let number = 0; number < 50; number += 1) await asked(`quick-${number}`, 'quick');

  // 50 reads earned two and a half, and these another ten.
  expect(await slow('later', 200)).toBe(12);
});

test('with one endpoint there is nobody else to ask', async () => {
  for (const port of [2, 3]) pool.setDisabled(`127.0.0.1:${port}`, true);
  network.serviceMs = 1500;

  await asked('slow');

  expect(times('slow')).toBe(1);
});
