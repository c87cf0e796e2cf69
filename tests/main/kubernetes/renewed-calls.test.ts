import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { forecastDrain } from '../../../main/kubernetes/drain/forecast.ts';
import { RenewedCalls } from '../../../main/kubernetes/renewed-calls.ts';
import { DrainBench } from './drain-bench.ts';

const NODE = 'worker-01';
const NODES = { method: 'GET', path: '/api/v1/nodes' } as const;
const NEVER = new AbortController().signal;
let bench: DrainBench;

beforeAll(async () => {
  bench = await DrainBench.open();
});
afterEach(() => bench.reset());
afterAll(() => bench.close());

describe('what asks the API of Kubernetes', () => {
  it('waits for a certificate no longer than whoever asks, who may have gone', async () => {
    const stop = new AbortController();
    const calls = new RenewedCalls(() => new Promise(() => undefined));

    const asked = calls.ask(NODES, stop.signal);
    stop.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('connects once for all that is asked together, and leaves no connection behind', async () => {
    const before = bench.api.openConnections;
    const calls = bench.client(5_000);

    await forecastDrain(calls, NODE, NEVER);
    await bench.until(() => bench.api.openConnections === before + 1);
    await forecastDrain(calls, NODE, NEVER);
    expect(bench.api.openConnections).toBe(before + 1);
    calls.close();
    await bench.until(() => bench.api.openConnections === before);
  });

  it('gives up a connection over which nothing comes any more', async () => {
    const before = bench.api.openConnections;
    const calls = bench.client(1_000);
    await calls.ask(NODES, NEVER);
    expect(bench.api.openConnections).toBe(before + 1);

    await bench.api.setFault('silent');
    const asked = calls.ask(NODES, NEVER);
    await expect(asked).rejects.toMatchObject({ failure: { code: 'timeout' } });
    await bench.until(() => bench.api.openConnections === before);
    calls.close();
  });
});
