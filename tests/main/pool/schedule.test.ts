import { ChannelCredentials, Metadata } from '@grpc/grpc-js';
import { expect, test } from 'vitest';
import { PoolCallError } from '../../../main/pool/calls/call-error.ts';
import { DEFAULT_LIMITS } from '../../../main/pool/limits.ts';
import { createPool, poolProbe, type Pool } from '../../../main/pool/pool.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { FakeNetwork, type Mode } from './fake-network.ts';
import { seeded } from '../../../scripts/seeded-random.ts';
import { FOLLOW, methodClass, ONCE, PROBE, READ } from './test-endpoints.ts';

/** POOL_SEED=… runs a failing schedule again. */
const SEED = Number(process.env['POOL_SEED'] ?? Date.now() % 1_000_000);
const RUNS = 30;
const STEPS = 400;
const PORTS = [1, 2, 3, 4] as const;

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** One pool on a network that misbehaves, with everything that must hold at all times. */
class Run {
  readonly clock = new FakeClock();
  readonly random: () => number;
  readonly network: FakeNetwork;
  readonly pool: Pool;
  pending = 0;
  readonly outcomes = { answered: 0, failed: 0, items: 0, gaps: 0 };
  readonly violations: string[] = [];
  readonly #streams = new Set<{ cancel(): void }>();
  readonly #cancelTimers: (() => void)[] = [];
  #id = 0;

  constructor(seed: number) {
    this.random = seeded(seed);
    this.network = new FakeNetwork(this.clock, this.random);
    this.pool = createPool({
      endpoints: PORTS.map((port) => `127.0.0.1:${port}`),
      credentials: () => ChannelCredentials.createInsecure(),
      methodClass,
      probe: poolProbe({ method: PROBE, request: 'probe', metadata: new Metadata() }),
      clock: this.clock,
      random: this.random,
      openLink: this.network.openLink,
    });
  }

  step(): void {
    const port = PORTS[Math.floor(this.random() * PORTS.length)] ?? 1;
    const dice = this.random();
    if (dice < 0.3) this.#call(this.random() < 0.5 ? READ : ONCE);
    else if (dice < 0.34) this.#stream();
    else if (dice < 0.36) for (const stream of this.#streams) stream.cancel();
    else if (dice < 0.44) this.#mode(port);
    else if (dice < 0.49) for (const link of this.network.linksOf(port)) link.reset();
    else if (dice < 0.54) for (const link of this.network.linksOf(port)) link.goaway();
    else if (dice < 0.57) this.pool.setDisabled(`127.0.0.1:${port}`, this.random() < 0.3);
    else if (dice < 0.58) void this.pool.test();
    else if (dice < 0.6) this.network.serviceMs = Math.floor(this.random() * 5000);
    else if (dice < 0.602) this.clock.advance(400_000);
    else this.clock.advance(Math.floor(this.random() * (this.random() < 0.7 ? 60 : 3000)));
    this.#checkWaits();
  }

  /** Ends it, and tells what is left. */
  async finish(): Promise<{ timers: number; links: number; pending: number }> {
    for (const stream of this.#streams) stream.cancel();
    for (const cancel of this.#cancelTimers) cancel();
    await this.pool.close();
    await settle();
    return { timers: this.clock.active, links: this.network.links.size, pending: this.pending };
  }

  /** Everything carried out more than once although its method may not. */
  repeated(): string[] {
    return [...this.network.executed].flatMap(([id, times]) => (id.startsWith('once') && times > 1 ? [id] : []));
  }

  #mode(port: number): void {
    const modes: readonly Mode[] = ['up', 'up', 'refuse', 'black-hole'];
    const mode = modes[Math.floor(this.random() * modes.length)] ?? 'up';
    this.network.modes.set(port, mode);
    if (mode === 'refuse') for (const link of this.network.linksOf(port)) link.reset();
  }

  #call(method: typeof READ): void {
    const id = `${method === ONCE ? 'once' : 'read'}-${(this.#id += 1)}`;
    const abort = new AbortController();
    if (this.random() < 0.05)
      this.#cancelTimers.push(
        this.clock.after(this.random() * 2000, () => {
          abort.abort();
        }),
      );
    this.#count(
      this.pool
        .unary(method, id, {
          metadata: new Metadata(),
          deadlineMs: 500 + this.random() * 20_000,
          signal: abort.signal,
          onEndpoint: (endpoint) => {
            this.#checkPick(endpoint);
          },
        })
        .then(
          ({ value }) => {
            this.#answered(id, value);
          },
          (error: unknown) => {
            this.#failed(id, error);
          },
        ),
    );
  }

  #stream(): void {
    const start = (this.#id += 1) * 1000;
    const stream = this.pool.serverStream(FOLLOW, `follow:${start}`, {
      metadata: new Metadata(),
      deadlineMs: Infinity,
      resume: (last) => `follow:${Number(last) + 1}`,
      onEndpoint: (endpoint) => {
        this.#checkPick(endpoint);
      },
      channel: this.random() < 0.3 ? 'bulk' : 'shared',
    });
    this.#streams.add(stream);
    const read = async (): Promise<void> => {
      let expected = start;
      for await (const item of stream) {
        if (item.type === 'gap') {
          this.outcomes.gaps += 1;
          continue;
        }
        this.outcomes.items += 1;
        if (item.value !== String(expected)) this.violations.push(`stream brought ${item.value}, not ${expected}`);
        expected += 1;
      }
    };
    this.#count(
      read().then(
        () => this.#streams.delete(stream),
        (error: unknown) => {
          this.#failed('stream', error);
        },
      ),
    );
  }

  #count(work: Promise<unknown>): void {
    this.pending += 1;
    void work.finally(() => (this.pending -= 1));
  }

  #answered(id: string, value: string): void {
    this.outcomes.answered += 1;
    if (!value.endsWith(id)) this.violations.push(`${id} got the answer ${value}`);
  }

  #failed(id: string, error: unknown): void {
    this.outcomes.failed += 1;
    if (!(error instanceof PoolCallError)) this.violations.push(`${id} failed with ${String(error)}`);
    else if (error.wasSent === false && this.network.executed.has(id))
      this.violations.push(`${id} was called unsent but ran`);
  }

  #checkPick(endpoint: string): void {
    const phase = this.pool.status().find((one) => one.endpoint === endpoint)?.phase;
    if (phase !== 'ready') this.violations.push(`picked ${endpoint} while it was ${phase}`);
  }

  #checkWaits(): void {
    for (const { phase, sinceMs, untilMs } of this.pool.status()) {
      if (untilMs === undefined) continue;
      const waitMs = untilMs - (phase === 'backing-off' ? sinceMs : this.clock.now());
      if (waitMs > DEFAULT_LIMITS.backoff.ceilingMs) this.violations.push(`${phase} for ${waitMs} ms`);
    }
  }
}

test(`${RUNS * STEPS} random steps keep every promise (seed ${SEED})`, { timeout: 60_000 }, async () => {
  const totals = { answered: 0, failed: 0, items: 0, gaps: 0 };
  for (let number = 0; number < RUNS; number += 1) {
    const run = new Run(SEED + number);
    for (let step = 0; step < STEPS; step += 1) {
      run.step();
      await settle();
    }

    const left = await run.finish();

    const where = `seed ${SEED + number}`;
    expect(run.violations, where).toEqual([]);
    expect(run.repeated(), where).toEqual([]);
    expect(left, where).toEqual({ timers: 0, links: 0, pending: 0 });
    for (const key of ['answered', 'failed', 'items', 'gaps'] as const) totals[key] += run.outcomes[key];
  }
  // A pool that does nothing keeps every promise too.
  expect(totals.answered).toBeGreaterThan(RUNS * STEPS * 0.1);
  expect(totals.failed).toBeGreaterThan(RUNS);
  expect(totals.items).toBeGreaterThan(RUNS);
  expect(totals.gaps).toBeGreaterThan(RUNS / 2);
});
