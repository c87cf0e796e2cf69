// One piece: scenarios over the same three endpoints.
import { Metadata } from '@grpc/grpc-js';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { channelCredentials } from '../../../main/credentials/channel-credentials.ts';
import { readIdentity } from '../../../main/credentials/read-identity.ts';
import { explainTlsFailure } from '../../../main/credentials/tls-failure.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { AllEndpointsDown } from '../../../main/pool/calls/call-error.ts';
import { DEFAULT_LIMITS } from '../../../main/pool/limits.ts';
import { createPool, poolProbe, type Pool, type PoolOptions } from '../../../main/pool/pool.ts';
import { spawnSimulator, type ChildSimulator } from '../../../main/simulator/process.ts';
import { requestMetadata } from '../../../main/talos/metadata.ts';
import type { MethodReply } from '../../../main/talos/method-types.ts';
import { methodOf } from '../../../main/talos/methods.ts';
import { contextOf, proto } from '../simulator/talos-client.ts';
import { callOptions, firstInOrder, recordPhases, until } from './test-endpoints.ts';

/*
 * The pool against the simulated cluster in a process of its own: Talos's methods, certificates and faults, and a machine
 * that can be suspended. All in one file, because starting such a process costs more than the scenarios.
 */

const VERSION = proto.method('/machine.MachineService/Version');
const REBOOT = proto.method('/machine.MachineService/Reboot');
const backoff = { firstMs: 100, factor: 1.6, jitter: 0.2, ceilingMs: 200 };
/** Reads are not asked twice: what is looked at is how an endpoint is found silent. */
const neverTwice = { overdueLeastMs: Infinity, overdueUnknownMs: Infinity };

/** Short where a test waits for it, long where only a machine that is slow could reach it. */
const quick = {
  ...neverTwice,
  silenceMs: 100,
  probeTimeoutMs: 1000,
  connectTimeoutMs: 2000,
  hedgeDelayMs: 100,
  backoff,
};
const DEFAULT_OVERDUE = {
  overdueLeastMs: DEFAULT_LIMITS.overdueLeastMs,
  overdueUnknownMs: DEFAULT_LIMITS.overdueUnknownMs,
};

/** A second try comes too late for the test. */
const once = { backoff: { firstMs: 600_000, factor: 1, jitter: 0, ceilingMs: 600_000 } };

let simulator: ChildSimulator;
let targets: string[];
const pools: Pool[] = [];
/** Other files share this process. */
let socketsBefore: number;
const sockets = (): number => process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP')).length;

beforeAll(async () => {
  simulator = await spawnSimulator({
    args: ['--nodes', '4', '--endpoints', '3', '--dns-names', 'cp.test'],
    forSeconds: 300,
  });
  targets = simulator.clusters[0]!.endpoints.map(({ target }) => target);
});

afterAll(async () => {
  await simulator.close();
});

beforeEach(async () => {
  socketsBefore = sockets();
  await simulator.clearFaults();
});

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
  await expect.poll(sockets).toBeLessThanOrEqual(socketsBefore);
});

function poolOf(extra: Partial<PoolOptions> = {}, talosconfig = simulator.talosconfig): Pool {
  const { identity } = readIdentity(contextOf(talosconfig), Date.now());
  const endpoints = extra.endpoints ?? targets;
  const pool = createPool({
    endpoints,
    credentials: (_target, hooks) => channelCredentials(identity!, hooks),
    methodClass: (path) => methodOf(path)?.safety ?? 'once',
    probe: poolProbe({
      method: VERSION,
      request: {},
      metadata: new Metadata(),
      version: ({ messages }) => messages[0]?.version?.tag,
    }),
    clock: systemClock,
    random: firstInOrder(endpoints.length),
    limits: quick,
    explain: explainTlsFailure,
    ...extra,
  });
  pools.push(pool);
  return pool;
}

const version = (pool: Pool, deadlineMs = 20_000) => pool.unary(VERSION, {}, callOptions({ deadlineMs }));

test('refused endpoints cost nothing', async () => {
  await simulator.setEndpointFault(targets[0]!, { kind: 'refuse' });
  await simulator.setEndpointFault(targets[1]!, { kind: 'refuse' });
  const pool = poolOf({ limits: once });
  const phases = targets.map((target) => recordPhases(pool, target));

  const { endpoint } = await version(pool);

  expect(endpoint).toBe(targets[2]);
  expect(phases).toEqual([
    ['connecting', 'backing-off'],
    ['connecting', 'backing-off'],
    ['connecting', 'ready'],
  ]);
  expect(pool.status().map(({ phase }) => phase)).toEqual(['backing-off', 'backing-off', 'ready']);
});

test('black-holed at connect: the next is tried while the first still tries', async () => {
  await simulator.setEndpointFault(targets[0]!, { kind: 'black-hole' });
  const pool = poolOf();
  const phases = recordPhases(pool, targets[0]!);

  expect((await version(pool)).endpoint).toBe(targets[1]);
  await until(pool, () => phases.includes('backing-off'));

  expect(phases).toEqual(['connecting', 'backing-off']);
  expect(pool.status()[0]!.failure?.message).toContain('did not answer the TLS handshake');
});

test('black-holed later: ejected, read answered elsewhere, back after the hole closes', async () => {
  const pool = poolOf();
  const phases = recordPhases(pool, targets[0]!);
  await version(pool);
  await simulator.setEndpointFault(targets[0]!, { kind: 'black-hole' });

  expect((await version(pool)).endpoint).not.toBe(targets[0]);
  expect(phases).toEqual(['connecting', 'ready', 'ejected']);

  await simulator.clearFaults();
  await until(pool, () => pool.status()[0]!.phase === 'ready');
});

test('a slow endpoint is not ejected and gets little', async () => {
  await simulator.setEndpointFault(targets[0]!, { kind: 'slow', latencyMs: 150 });
  const pool = poolOf({ random: Math.random, limits: { ...quick, ...DEFAULT_OVERDUE } });
  const phases = recordPhases(pool, targets[0]!);
  await version(pool);
  await until(pool, () => pool.status().every(({ phase }) => phase === 'ready'));

  for (let round = 0; round < 10; round += 1) await Promise.all(Array.from({ length: 12 }, () => version(pool)));

  const [slow, ...others] = pool.status();
  expect(phases).toEqual(['connecting', 'ready']);
  for (const other of others) expect(slow!.calls).toBeLessThan(other.calls / 2);
});

test('a reset in mid-call loses no read and repeats no once call', async () => {
  const pool = poolOf({ limits: { ...quick, silenceMs: 1000, probeTimeoutMs: 2000 } });
  const phases = recordPhases(pool, targets[0]!);
  await version(pool);
  const reads = Promise.all(Array.from({ length: 30 }, () => version(pool)));
  await simulator.setEndpointFault(targets[0]!, { kind: 'reset' });

  expect(await reads).toHaveLength(30);
  await until(pool, () => phases.length >= 4);
  expect(phases).toEqual(['connecting', 'ready', 'connecting', 'ready']);

  await simulator.setEndpointFault(targets[1]!, { kind: 'refuse' });
  await simulator.setEndpointFault(targets[2]!, { kind: 'refuse' });
  await simulator.setEndpointFault(targets[0]!, { kind: 'slow', latencyMs: 300 });
  await version(pool);
  const before = (await simulator.calls()).filter(({ method }) => method === REBOOT.path).length;
  const reboot = pool.unary(REBOOT, { mode: 'DEFAULT' }, callOptions()).catch((error: unknown) => error);
  await expect
    .poll(async () => (await simulator.calls()).filter(({ method }) => method === REBOOT.path).length)
    .toBe(before + 1);
  await simulator.setEndpointFault(targets[0]!, { kind: 'reset' });

  expect(await reboot).toMatchObject({ reason: { kind: 'transport' }, mayHaveHappened: true });
  await simulator.clearFaults();
  await pool.test();
  expect((await simulator.calls()).filter(({ method }) => method === REBOOT.path)).toHaveLength(before + 1);
});

test('GOAWAY under load loses nothing', async () => {
  // The silence of the old connections is not what is shown here.
  const pool = poolOf({ random: Math.random, limits: { ...quick, silenceMs: 600_000 } });
  const phases = recordPhases(pool, targets[0]!);
  // Every connection has answered something: one that never did is not redialled at once.
  await pool.test();
  const failures: unknown[] = [];
  let running = true;
  const worker = async (): Promise<void> => {
    while (running && failures.length === 0) await version(pool).catch((error: unknown) => failures.push(error));
  };
  const workers = Array.from({ length: 20 }, worker);

  for (let round = 0; round < 6; round += 1) {
    await simulator.setEndpointFault(targets[round % 3]!, { kind: 'goaway', graceMs: 10_000 });
    await version(pool);
  }
  running = false;
  await Promise.all(workers);
  await until(pool, () => phases.length >= 4 && phases.at(-1) === 'ready');

  expect(failures).toEqual([]);
  expect(phases.slice(0, 4)).toEqual(['connecting', 'ready', 'connecting', 'ready']);
  expect(phases).not.toContain('ejected');
});

test('all down is an error with one reason each; the one that comes back is found', async () => {
  for (const target of targets) await simulator.setEndpointFault(target, { kind: 'refuse' });
  const pool = poolOf();
  const summaries: string[] = [];
  pool.onChange(() => {
    if (summaries.at(-1) !== pool.summary()) summaries.push(pool.summary());
  });

  const error = await version(pool).catch((e: unknown) => e);
  await simulator.command({ clear: { endpoint: targets[1]! } });
  await until(pool, () => pool.summary() === 'degraded');
  expect((await version(pool)).endpoint).toBe(targets[1]);
  await simulator.clearFaults();
  await until(pool, () => pool.summary() === 'ready');

  expect(error).toBeInstanceOf(AllEndpointsDown);
  expect((error as AllEndpointsDown).reasons.map(({ endpoint, failure }) => [endpoint, failure?.code])).toEqual(
    targets.map((target) => [target, 'unreachable']),
  );
  expect(summaries.slice(0, 2)).toEqual(['connecting', 'all-down']);
  expect(summaries.at(-1)).toBe('ready');
  expect((await version(pool)).value.messages).toHaveLength(1);
});

test.each([
  ['expired', 'untrusted', 'expired'],
  ['not-yet-valid', 'untrusted', 'not valid yet'],
  ['foreign-authority', 'untrusted', 'not signed by'],
  ['wrong-address', 'untrusted', 'does not name it'],
] as const)('a certificate that is %s is said, and the others serve', async (shows, code, words) => {
  await simulator.setEndpointFault(targets[0]!, { kind: 'certificate', shows });
  const pool = poolOf({ limits: { ...quick, ...once } });
  const phases = recordPhases(pool, targets[0]!);

  expect((await version(pool)).endpoint).not.toBe(targets[0]);

  const [status] = pool.status();
  expect(phases).toEqual(['connecting', 'backing-off']);
  expect(status).toMatchObject({ failure: { code } });
  expect(status!.failure!.message).toContain(words);
  expect(status!.certificate?.notAfterMs).toEqual(expect.any(Number));
});

test('maintenance mode is said', async () => {
  await simulator.setEndpointFault(targets[0]!, { kind: 'maintenance' });
  const pool = poolOf({ endpoints: [targets[0]!] });

  const error = await version(pool).catch((e: unknown) => e);

  expect((error as AllEndpointsDown).reasons[0]!.failure).toMatchObject({ code: 'untrusted' });
  expect((error as AllEndpointsDown).reasons[0]!.failure!.hint).toContain('maintenance mode');
});

test('a refused client certificate is told from a dead machine', async () => {
  const other = await spawnSimulator({ args: ['--nodes', '1'], forSeconds: 60 });
  try {
    const own = contextOf(simulator.talosconfig);
    const foreign = contextOf(other.talosconfig);
    const { identity } = readIdentity({ ca: own.ca, crt: foreign.crt, key: foreign.key }, Date.now());
    const pool = poolOf({ credentials: (_target, hooks) => channelCredentials(identity!, hooks) });

    const error = await version(pool).catch((e: unknown) => e);

    expect((error as AllEndpointsDown).reasons.map(({ failure }) => failure?.code)).toEqual(
      Array(3).fill('credentials'),
    );
  } finally {
    await other.close();
  }
});

test('a certificate that changes while in use is taken over at the next connection', async () => {
  const pool = poolOf({ endpoints: [targets[0]!] });
  const phases = recordPhases(pool, targets[0]!);
  await version(pool);
  const before = pool.status()[0]!.certificate!.notAfterMs;

  await simulator.setEndpointFault(targets[0]!, { kind: 'certificate', shows: 'renewed', resetOpen: true });

  expect((await version(pool)).endpoint).toBe(targets[0]);
  expect(pool.status()[0]!.certificate!.notAfterMs).not.toBe(before);
  expect(phases).toEqual(['connecting', 'ready', 'connecting', 'ready']);
});

test('a DNS name whose first address is dead is reached through the next, and is the name that is verified', async () => {
  const [address, port] = targets[0]!.split(':') as [string, string];
  // Nothing listens at the first one.
  const pool = poolOf({ endpoints: [`cp.test:${port}`], lookup: () => Promise.resolve(['127.0.0.250', address]) });
  const phases = recordPhases(pool, `cp.test:${port}`);

  expect((await version(pool)).endpoint).toBe(`cp.test:${port}`);

  expect(phases).toEqual(['connecting', 'ready']);
  expect(pool.status()[0]!.certificate?.names).toContain('cp.test');
});

test('a proxy that refuses is the cause, and nothing is sent past it', async () => {
  const asked: string[] = [];
  const proxy = createServer((client) => {
    client.on('error', () => undefined);
    client.once('data', (bytes) => {
      asked.push(/^CONNECT (\S+) /.exec(bytes.toString())?.[1] ?? '');
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  try {
    const pool = poolOf({ proxy: { proxyUrl: `http://127.0.0.1:${port}`, env: {} }, limits: { ...quick, ...once } });
    const phases = recordPhases(pool, targets[0]!);

    const error = await version(pool).catch((e: unknown) => e);

    expect((error as AllEndpointsDown).reasons.map(({ failure }) => failure?.message)).toEqual(
      targets.map((target) => `${target} could not be reached: the proxy 127.0.0.1:${port} refused to connect.`),
    );
    expect(asked.sort()).toEqual([...targets].sort());
    expect(phases).toEqual(['connecting', 'backing-off']);
    expect(await simulator.openConnections()).toBe(0);
  } finally {
    await new Promise((resolve) => proxy.close(resolve));
  }
});

test('a machine that sleeps and wakes is ejected and comes back', async () => {
  const pool = poolOf({ endpoints: [targets[0]!] });
  const phases = recordPhases(pool, targets[0]!);
  await version(pool);

  simulator.suspend();
  const read = version(pool, 60_000);
  await until(pool, () => pool.status()[0]!.phase === 'ejected');
  simulator.resume();

  expect((await read).endpoint).toBe(targets[0]);
  expect(phases).toEqual(['connecting', 'ready', 'ejected', 'ready']);
});

test('a time in which this process itself stands still ejects nobody', async () => {
  const pool = poolOf({ endpoints: [targets[0]!], limits: quick });
  await version(pool);
  const testing = pool.test();
  // Longer than a probe may take. Its answer comes while nobody can read it.
  await new Promise((resolve) => setImmediate(resolve));
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500);

  await testing;

  expect(pool.status()[0]).toMatchObject({ phase: 'ready', failures: [] });
});

test('killing one of three under 50 concurrent reads loses none', async () => {
  const pool = poolOf({ random: Math.random });
  await version(pool);
  await until(pool, () => pool.status().every(({ phase }) => phase === 'ready'));
  const failures: unknown[] = [];
  let answers = 0;
  let killing: Promise<void> | undefined;
  const worker = async (): Promise<void> => {
    for (let number = 0; number < 20; number += 1) {
      await version(pool).then(
        () => (answers += 1),
        (error: unknown) => failures.push(error),
      );
      if (answers > 200) killing ??= simulator.setEndpointFault(targets[1]!, { kind: 'refuse' });
    }
  };

  await Promise.all(Array.from({ length: 50 }, worker));
  await killing;

  expect(failures).toEqual([]);
  expect(answers).toBe(1000);
});

test('events go on at another endpoint after the id of the last one: none missing, none twice', async () => {
  const EVENTS = proto.method('/machine.MachineService/Events');
  const RESTART = proto.method('/machine.MachineService/ServiceRestart');
  const pool = poolOf();
  const metadata = requestMetadata({ node: simulator.clusters[0]!.nodes.at(-1)!.name });
  const isOfSomething = ({ data }: MethodReply<'/machine.MachineService/Events'>): boolean =>
    (data as { type_url?: string } | null)?.type_url !== '';
  const restart = () => pool.unary(RESTART, { id: 'kubelet' }, callOptions({ metadata }));
  const ids: string[] = [];
  const stream = pool.serverStream(
    EVENTS,
    { tail_events: -1 },
    // The first message of each try is an event of no type, whose id is newer than what was missed.
    { metadata, deadlineMs: 60_000, resume: () => ({ tail_id: ids.at(-1) ?? '' }) },
  );
  const gaps: string[] = [];
  const reader = stream[Symbol.asyncIterator]();
  const readUntil = async (isEnough: () => boolean): Promise<void> => {
    while (!isEnough()) {
      const next = await reader.next();
      if (next.done === true) return;
      if (next.value.type === 'gap') gaps.push(`${next.value.from} to ${next.value.to}`);
      else if (isOfSomething(next.value.value)) ids.push(next.value.value.id);
    }
  };
  await readUntil(() => ids.length > 0);

  const from = stream.endpoint!;
  await simulator.setEndpointFault(from, { kind: 'refuse' });
  // A restart on the connection that is just dying may have happened, and is rightly not repeated.
  await until(pool, () => pool.status().some(({ endpoint, phase }) => endpoint === from && phase !== 'ready'));
  await restart();
  await readUntil(() => gaps.length > 0);
  const before = ids.length;
  await restart();
  await readUntil(() => ids.length > before + 1);
  await reader.return?.();

  const all: string[] = [];
  const again = pool.serverStream(EVENTS, { tail_events: -1 }, { metadata, deadlineMs: 60_000 });
  for await (const item of again) {
    if (item.type === 'item' && isOfSomething(item.value)) all.push(item.value.id);
    if (all.length === ids.length) break;
  }
  expect(ids).toEqual(all);
  expect(gaps).toEqual([`${from} to ${stream.endpoint!}`]);
});

test('after close no connection is left', async () => {
  const pool = poolOf();
  await version(pool);
  await until(pool, () => pool.status().every(({ phase }) => phase === 'ready'));

  await pool.close();

  await expect.poll(() => simulator.openConnections()).toBe(0);
});
