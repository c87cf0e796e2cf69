import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../main/lib/clock.ts';
import type { CommandDefinition } from '../../../../main/operations/commands/kit/definition.ts';
import { version } from '../../../../main/operations/commands/node/version.ts';
import { run } from '../../../../main/operations/work/run.ts';
import { eventsOf, openBench, type Bench } from './runs-harness.ts';

let bench: Bench;

afterEach(async () => {
  expect(await bench.close()).toBe(0);
});

describe('a run on a thousand nodes', () => {
  it.each(['version', 'services'])(
    'of %s answers on each, 64 at a time at most',
    { timeout: 60_000 },
    async (command) => {
      bench = await openBench({ workers: 997 });
      const delays = monitorEventLoopDelay({ resolution: 10 });
      // A node whose answer is overdue is asked at a second endpoint, and stays one node.
      const asked = new Set<string>();
      let most = 0;
      let rows = 0;
      delays.enable();

      const last = [];
      for await (const event of bench.start({ command, deadlineMs: 50_000 })) {
        if (event.type === 'calling') most = Math.max(most, asked.add(event.node).size);
        if (event.type === 'answered') {
          asked.delete(event.node);
          rows += event.rows.length;
        }
        if (event.type === 'finished') last.push(event);
      }
      delays.disable();

      expect(eventsOf(last, 'finished')).toMatchObject([{ ok: 1000, failed: 0, cancelled: 0 }]);
      expect(rows).toBeGreaterThanOrEqual(1000);
      expect(most).toBeLessThanOrEqual(64);
      // The simulator's endpoints share this event loop, so this is an upper bound with room.
      expect(delays.max / 1e6).toBeLessThan(1000);
    },
  );
});

describe('a run whose page does not read', () => {
  it('makes no more rows than may wait, and goes on when the page reads again', async () => {
    bench = await openBench({ controlPlanes: 1, workers: 0 });
    let made = 0;
    function* rows(): Generator<readonly [number]> {
      while (made < 100_000) yield [made++];
    }
    const endless: CommandDefinition = {
      ...version,
      prepare: async () => ({ columns: [], ask: () => Promise.resolve({}), rows }),
      conclude: () => [],
    };
    const events = run({
      ...{ runId: 'r', number: 1, connection: bench.workspace.clusters.of('sim'), command: endless, params: {} },
      ...{ nodes: ['cp-1'], deadlineMs: 10_000, signal: new AbortController().signal, clock: systemClock },
    });
    for (let turn = 0; turn < 1000; turn += 1) await setImmediate();

    const madeBefore = made;
    let read = 0;
    for await (const event of events) if (event.type === 'rows' || event.type === 'answered') read += event.rows.length;

    expect(madeBefore).toBeGreaterThan(10_000);
    expect(madeBefore).toBeLessThanOrEqual(22_000);
    expect(read).toBe(100_000);
  });
});
