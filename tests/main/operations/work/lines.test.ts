import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../main/lib/clock.ts';
import { messageSize } from '../../../../main/lib/message-size.ts';
import type { Caller } from '../../../../main/operations/clusters/caller.ts';
import type { LinesCommand } from '../../../../main/operations/commands/kit/definition.ts';
import { dmesg } from '../../../../main/operations/commands/logs/dmesg.ts';
import { run } from '../../../../main/operations/work/run.ts';
import { MAX_MESSAGE_BYTES, type RunEvent } from '../../../../preload/contract/index.ts';
import type { SimulatorOptions } from '../../../../main/simulator/simulator.ts';
import { collectEvents, eventsOf, openBench, type Bench } from './runs-harness.ts';
import { formatDuration } from '../../../../preload/contract/format/durations.ts';

let bench: Bench;

async function open(options: SimulatorOptions = {}): Promise<void> {
  bench = await openBench(options);
}

const linesOf = (events: readonly RunEvent[], node: string): readonly string[] =>
  eventsOf(events, 'lines').flatMap((event) => (event.node === node ? event.lines : []));
const runIdOf = (events: readonly RunEvent[]): string => eventsOf(events, 'started')[0]?.runId ?? '';

/** Follows until it was told what `isEnough` waits for, then stops as a closed page does. */
async function followUntil(
  input: Parameters<Bench['start']>[0],
  isEnough: (events: readonly RunEvent[]) => boolean | Promise<boolean>,
): Promise<RunEvent[]> {
  const stop = new AbortController();
  const events: RunEvent[] = [];
  for await (const event of bench.start(input, stop.signal)) {
    events.push(event);
    if (!stop.signal.aborted && (await isEnough(events))) stop.abort();
  }
  return events;
}

describe('lines of nodes', () => {
  afterEach(async () => {
    expect(await bench.close()).toBe(0);
  });

  it('of the kernel come whole from every node, and the run ends', async () => {
    await open();

    const events = await bench.run({ command: 'dmesg' });

    expect(eventsOf(events, 'started')[0]?.talosctl).toMatch(/ dmesg$/);
    expect(events.at(-1)).toMatchObject({ type: 'finished', ok: bench.all.length, failed: 0 });
    for (const node of bench.all) {
      const lines = linesOf(events, node);
      expect(lines.length).toBeGreaterThan(100);
      expect(lines.every((line) => /^(kern|user): [ a-z]{7}: \[/.test(line))).toBe(true);
    }
  });

  it('of a service are as many as asked for, its last', async () => {
    await open();
    const whole = await bench.run({ command: 'logs', params: { id: 'etcd' }, nodes: ['cp-1'] });

    const last = await bench.run({ command: 'logs', params: { id: 'etcd', tail: '3' }, nodes: ['cp-1'] });

    expect(linesOf(whole, 'cp-1').length).toBeGreaterThan(100);
    expect(linesOf(last, 'cp-1')).toHaveLength(3);
    expect(linesOf(whole, 'cp-1').slice(-4)).toEqual(expect.arrayContaining(linesOf(last, 'cp-1').slice(0, 2)));
    expect(eventsOf(last, 'started')[0]?.talosctl).toMatch(/ logs etcd --tail 3$/);
    const printed = linesOf(whole, 'cp-1').map((line) => `cp-1: ${line}\n`);
    expect(Math.max(...printed.map(({ length }) => length))).toBeGreaterThan(120);
    expect(await bench.workspace.runs.text(runIdOf(whole), 'table')).toBe(printed.join(''));
  });

  it('of a service that a node does not have are a failure of that node alone', async () => {
    await open();

    const events = await bench.run({
      command: 'logs',
      params: { id: 'etcd', tail: '1' },
      nodes: ['cp-1', 'worker-01'],
    });

    expect(linesOf(events, 'cp-1')).toHaveLength(1);
    expect(eventsOf(events, 'failed')).toMatchObject([{ node: 'worker-01' }]);
  });

  it('go on while they are followed, and every one is there once when they are stopped', async () => {
    await open({ overrides: { 'cp-1': { logIntervalMs: 5 } } });

    const events = await followUntil(
      { command: 'logs', params: { id: 'kubelet', follow: true, tail: '0' }, nodes: ['cp-1'] },
      (seen) => linesOf(seen, 'cp-1').length >= 50,
    );

    const lines = linesOf(events, 'cp-1');
    expect(new Set(lines).size).toBe(lines.length);
    const { runs } = bench.workspace;
    expect(runs.history.current[0]).toMatchObject({ state: 'cancelled', command: 'logs' });
    expect((await runs.text(runIdOf(events), 'csv')).split('\r\n').length).toBeGreaterThanOrEqual(lines.length + 1);
    const again: RunEvent[] = [];
    for await (const event of runs.replay(runIdOf(events))) again.push(event);
    expect(linesOf(again, 'cp-1').slice(0, lines.length)).toEqual(lines);
  });

  it('go on through another endpoint with a mark, and nothing comes twice', async () => {
    await open({ overrides: { 'worker-01': { logIntervalMs: 5 } } });
    let isKilled = false;

    const events = await followUntil(
      { command: 'dmesg', params: { follow: true, tail: true }, nodes: ['worker-01'] },
      async (seen) => {
        const through = eventsOf(seen, 'calling').at(-1)?.endpoint ?? '';
        if (!isKilled && linesOf(seen, 'worker-01').length > 10) {
          isKilled = true;
          await bench.simulator.setEndpointFault(through, { kind: 'refuse' });
        }
        const gap = seen.findIndex(({ type }) => type === 'gap');
        return gap >= 0 && seen.slice(gap).filter(({ type }) => type === 'lines').length > 5;
      },
    );

    const [gap] = eventsOf(events, 'gap');
    expect(gap).toMatchObject({ node: 'worker-01' });
    expect(gap?.from).not.toBe(gap?.to);
    const lines = linesOf(events, 'worker-01');
    expect(new Set(lines).size).toBe(lines.length);
    expect(await bench.workspace.runs.text(runIdOf(events), 'table')).toContain(
      `--- continued through ${gap?.to} after ${formatDuration(gap?.gapMs ?? 0)}; lines in between may be missing ---`,
    );
  });

  it('that are all new have the mark also where a quiet node wrote nothing before the break', async () => {
    await open({ overrides: { 'worker-01': { logIntervalMs: 3_600_000 } } });

    const events = await followUntil(
      { command: 'logs', params: { id: 'kubelet', follow: true, tail: '0' }, nodes: ['worker-01'] },
      async (seen) => {
        const asked = eventsOf(seen, 'calling');
        const isBegun = asked.length === 1 && seen.at(-1)?.type === 'calling';
        if (isBegun) {
          const { calls } = bench.simulator;
          await expect.poll(() => calls.some(({ method }) => method.endsWith('/Logs'))).toBe(true);
          await bench.simulator.setEndpointFault(asked[0]?.endpoint ?? '', { kind: 'refuse' });
        }
        return asked.length > 1;
      },
    );

    expect(eventsOf(events, 'gap')).toMatchObject([{ node: 'worker-01' }]);
  });

  it('of a quiet node are live while it answers, and silent within three seconds once nothing does', async () => {
    await open({ overrides: { 'worker-01': { logIntervalMs: 3_600_000 } } });
    const pings = (): number => bench.simulator.calls.filter(({ method }) => method.endsWith('/Version')).length;
    let lostAtMs = 0;
    let silentAfterMs = Infinity;

    const events = await followUntil(
      { command: 'logs', params: { id: 'kubelet', follow: true, tail: '0' }, nodes: ['worker-01'] },
      async (seen) => {
        if (lostAtMs === 0) {
          // Longer than a silent node is given.
          await expect.poll(pings, { timeout: 10_000 }).toBeGreaterThan(3);
          expect(eventsOf(seen, 'silent')).toEqual([]);
          lostAtMs = Date.now();
          for (const { target } of bench.simulator.endpoints) {
            await bench.simulator.setEndpointFault(target, { kind: 'black-hole' });
          }
        }
        if (seen.at(-1)?.type !== 'silent') return false;
        silentAfterMs = Math.min(silentAfterMs, Date.now() - lostAtMs);
        return true;
      },
    );

    expect(eventsOf(events, 'silent')[0]).toMatchObject({ node: 'worker-01', failure: { code: 'unreachable' } });
    expect(silentAfterMs).toBeLessThan(3000);
    await bench.simulator.clearFaults();
  }, 20_000);

  it('that are followed on many nodes are all open, though no more than 64 are asked at a time', async () => {
    await open({ workers: 77, logIntervalMs: 50 });

    const events = await followUntil(
      { command: 'dmesg', params: { follow: true, tail: true } },
      (seen) => new Set(eventsOf(seen, 'lines').map(({ node }) => node)).size === 80,
    );

    expect(new Set(eventsOf(events, 'calling').map(({ node }) => node)).size).toBe(80);
  });
});

/** A run of a command that brings these messages, without a cluster. */
function runOf(messages: Iterable<string>, isFollowing: boolean): AsyncIterable<RunEvent> {
  const command: LinesCommand = {
    ...dmesg,
    follows: () => isFollowing,
    async *open() {
      for (const message of messages) yield { type: 'item', value: Buffer.from(message) };
    },
  };
  const connection = { context: 'sim', nodes: [] } as unknown as Caller;
  const [signal, clock] = [new AbortController().signal, systemClock];
  return run({
    ...{ deadlineMs: 10_000, signal, clock },
    ...{ runId: 'r', number: 1, connection, command, params: {}, nodes: ['cp-1'] },
  });
}

/** A run that brings so many messages of two lines, read late. */
async function readLate(chunks: number, isFollowing: boolean): Promise<RunEvent[]> {
  const two = (_each: unknown, at: number): string => `line ${2 * at}\nline ${2 * at + 1}\n`;
  const events = runOf(Array.from({ length: chunks }, two), isFollowing);
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  return await collectEvents(events);
}

describe('lines that nobody takes for a while', () => {
  it('are dropped where they are followed, the oldest first, and counted where they are missing', async () => {
    const told = await readLate(30_000, true);

    const missing = told.findIndex(({ type }) => type === 'dropped');
    const [dropped] = eventsOf(told, 'dropped');
    expect(told.slice(0, missing).every(({ type }) => type === 'started')).toBe(true);
    const lines = linesOf(told, 'cp-1');
    expect(lines.length).toBeLessThanOrEqual(20_000);
    expect(lines.length + (dropped?.count ?? 0)).toBe(60_000);
    expect(lines[0]).toBe(`line ${dropped?.count ?? 0}`);
    expect(lines.at(-1)).toBe('line 59999');
    expect(told.at(-1)).toMatchObject({ type: 'finished', ok: 1 });
  });

  it('are all there where they are read to their end: the node waits', async () => {
    const told = await readLate(30_000, false);

    expect(eventsOf(told, 'dropped')).toEqual([]);
    expect(linesOf(told, 'cp-1')).toHaveLength(60_000);
  });
});

describe('a message of megabytes', () => {
  it.each([false, true])('comes in pieces that a page can be sent (followed: %s)', async (isFollowing) => {
    const all = Array.from({ length: 100_000 }, (_each, at) => `this is the line with the number ${at}`);

    const told = await collectEvents(runOf([`${all.join('\n')}\n`], isFollowing));

    expect(linesOf(told, 'cp-1')).toEqual(all);
    expect(Math.max(...eventsOf(told, 'lines').map((event) => messageSize(event)))).toBeLessThan(MAX_MESSAGE_BYTES / 4);
  });

  it('of empty lines alone does so, too', async () => {
    const told = await collectEvents(runOf(['\n'.repeat(1_000_000)], false));

    expect(linesOf(told, 'cp-1')).toHaveLength(1_000_000);
    expect(Math.max(...eventsOf(told, 'lines').map((event) => messageSize(event)))).toBeLessThan(MAX_MESSAGE_BYTES / 4);
  });
});
