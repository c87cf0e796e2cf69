import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { time } from '../../../../../main/operations/commands/node/time.ts';
import { eventsOf, openBench, rowsOf, type Bench } from '../../work/runs-harness.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await openBench({
    workers: 1,
    overrides: { 'cp-2': { clockSkewMs: 5_000 }, 'worker-01': { clockSkewMs: -90_000 } },
  });
});
afterAll(async () => {
  expect(await bench.close()).toBe(0);
});

const noteOf = (events: Awaited<ReturnType<Bench['run']>>) => eventsOf(events, 'finished')[0]?.notes;
const rows = (...skews: readonly (number | null)[]) =>
  new Map(skews.map((skew, index) => [`cp-${index + 1}`, [['ntp', 0, 0, skew]]]));

describe('time', () => {
  it('shows both clocks of a node, and how far they are apart', async () => {
    const events = await bench.run({ command: 'time', nodes: ['cp-2'] });
    const [row = []] = rowsOf(events, 'cp-2');

    expect(row[0]).toBe('time.cloudflare.com');
    expect(Number(row[1]) - Number(row[2])).toBeGreaterThan(4_900);
    expect(row[3]).toBeGreaterThan(4_900);
    expect(noteOf(events)).toEqual([
      { severity: 'warning', message: 'The clock of cp-2 is 5 s ahead.', nodes: ['cp-2'] },
    ]);
  });

  it('names every clock that is off, the worst by its figure', async () => {
    expect(noteOf(await bench.run({ command: 'time' }))).toEqual([
      {
        severity: 'warning',
        message: '2 clocks are more than 1 s off; furthest is that of worker-01, 90 s behind.',
        nodes: ['worker-01', 'cp-2'],
      },
    ]);
  });

  it('says how well clocks agree that do', () => {
    expect(time.conclude?.(rows(0.4, -12.3))).toEqual([
      { severity: 'info', message: 'Both clocks are within 13 ms of the time server.' },
    ]);
    expect(time.conclude?.(rows(0))).toEqual([
      { severity: 'info', message: 'The clock is within 1 ms of the time server.' },
    ]);
    expect(time.conclude?.(rows(null))).toEqual([]);
  });

  it('asks the server that was named, and says when the node cannot reach it', async () => {
    const named = await bench.run({ command: 'time', nodes: ['cp-1'], params: { check: 'pool.ntp.org' } });
    bench.simulator.setNodeFault('cp-1', { kind: 'no-time-server' });
    const failed = await bench.run({ command: 'time', nodes: ['cp-1'] });
    bench.simulator.setNodeFault('cp-1', null);

    expect(rowsOf(named, 'cp-1')[0]?.[0]).toBe('pool.ntp.org');
    expect(eventsOf(named, 'started')[0]?.talosctl).toBe('talosctl --context sim -n cp-1 time --check pool.ntp.org');
    expect(eventsOf(failed, 'failed')[0]?.failure.message).toMatch(/error querying NTP server "time.cloudflare.com"/);
  });
});
