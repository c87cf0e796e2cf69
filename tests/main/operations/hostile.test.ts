import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { COMMANDS } from '../../../main/operations/commands/index.ts';
import { MAX_CELL_LENGTH } from '../../../main/operations/work/bounded.ts';
import { MAX_NODE_ROWS } from '../../../main/operations/work/run-rows.ts';
import { HOSTILE_KINDS } from '../../../main/simulator/faults/faults.ts';
import type { RunEvent, WatchItem } from '../../../preload/contract/index.ts';
import { commandRun } from '../../fakes/command-runs.ts';
import { eventsOf, openBench, rowsOf, type Bench } from './work/runs-harness.ts';

let bench: Bench;
const node = 'worker-01';

describe('a node that means harm', () => {
  beforeAll(async () => {
    // One that has every command, and few lines of logs: each of a hostile node's is a megabyte.
    bench = await openBench({ controlPlanes: 1, workers: 1, version: 'v1.15.0', logIntervalMs: 7_200_000 });
    return async () => {
      expect(await bench.close()).toBe(0);
    };
  });
  afterEach(() => {
    for (const name of bench.all) bench.simulator.setNodeFault(name, null);
  });

  const attacks = HOSTILE_KINDS.filter((kind) => kind !== 'too-many-items').flatMap((kind) =>
    // What is saved is not looked at: bytes.test.ts has its hostile archives.
    COMMANDS.filter(({ shape }) => shape !== 'bytes').map(({ id }) => [kind, id] as const),
  );

  it.each(attacks)('with %s cannot break %s', async (kind, command) => {
    const { params = {}, isForControlPlanes } = commandRun(command);
    const nodes = isForControlPlanes ? ['cp-1'] : [node, 'cp-1'];
    const [hostile = node] = nodes;
    bench.simulator.setNodeFault(hostile, { kind: 'hostile', with: kind });

    const events = await bench.run({ command, params, nodes, deadlineMs: 20_000 });

    // An archive without a byte is none, and a failure says so; all else is a reply, however strange.
    const failed = command === 'cgroups' && kind === 'missing-fields' ? 1 : 0;
    expect(events.at(-1)).toMatchObject({ type: 'finished', ok: nodes.length - failed, failed, cancelled: 0 });
    const width = eventsOf(events, 'started')[0]?.columns.length;
    for (const row of rowsOf(events, hostile)) {
      expect(row).toHaveLength(width ?? -1);
      for (const cell of row) {
        if (typeof cell === 'string') expect(cell.length).toBeLessThanOrEqual(MAX_CELL_LENGTH + 1);
        if (typeof cell === 'number') expect(Number.isFinite(cell)).toBe(true);
      }
    }
    expect(structuredClone(events)).toEqual(events);
    await everythingCanBeLookedAt(events, hostile);
  });

  it.each(HOSTILE_KINDS.filter((kind) => kind !== 'too-many-items'))('with %s cannot break a watch', async (kind) => {
    bench.simulator.setNodeFault(node, { kind: 'hostile', with: kind });
    const stop = new AbortController();
    const items = bench.workspace.watch('sim', { nodes: [node, 'cp-1'], type: 'members', signal: stop.signal });

    // Events of kinds that nobody knows say nothing.
    const telling = kind === 'unknown-enums' ? 'reset' : 'set';

    const seen: WatchItem[] = [];
    for await (const item of items) {
      seen.push(item);
      const done = new Set(seen.flatMap((one) => (one.type === 'complete' || one.type === 'failed' ? [one.node] : [])));
      const told = seen.some((one) => one.type === telling && one.node === node);
      if (done.has('cp-1') && (told || done.has(node))) stop.abort();
    }

    expect(structuredClone(seen)).toEqual(seen);
    for (const item of seen) {
      if (item.type !== 'set') continue;
      expect(item.key.length).toBeLessThanOrEqual(1000);
      for (const cell of item.cells) {
        if (typeof cell === 'string') expect(cell.length).toBeLessThanOrEqual(MAX_CELL_LENGTH + 1);
      }
    }
  });

  it('with long texts has its cells cut, and it is said', async () => {
    bench.simulator.setNodeFault(node, { kind: 'hostile', with: 'long-strings' });

    const events = await bench.run({ command: 'version', nodes: [node] });

    expect(rowsOf(events, node)[0]?.[0]).toHaveLength(MAX_CELL_LENGTH + 1);
    expect(eventsOf(events, 'answered')[0]?.notes?.[0]).toMatch(
      /^\d cells were longer than 10,000 characters and cut\.$/,
    );
  });
});

/** Details, raw message and every export of whatever a node sent. */
async function everythingCanBeLookedAt(events: readonly RunEvent[], hostile: string): Promise<void> {
  const { runs } = bench.workspace;
  const runId = eventsOf(events, 'started')[0]?.runId ?? '';
  expect(() => rawOf(runId, hostile)).not.toThrow();
  for (const format of ['csv', 'json', 'yaml', 'table'] as const) expect(await runs.text(runId, format)).not.toBe('');
  const isKept = rawOf(runId, hostile) !== undefined;
  const command = COMMANDS.find(({ id }) => id === runs.again(runId).command);
  const hasDetail = command?.shape === 'rows' && command.hasDetail;
  if (hasDetail && isKept && rowsOf(events, hostile).length > 0)
    expect(runs.detail(runId, hostile, 0).parts.length).toBeGreaterThan(0);
}

/** The raw message, or undefined for one that is too large to be kept. */
function rawOf(runId: string, hostile: string): unknown {
  try {
    const { json, isCut } = bench.workspace.runs.raw(runId, hostile);
    return isCut ? json : JSON.parse(json);
  } catch (error) {
    if (error instanceof Error && error.message.includes('too large')) return undefined;
    throw error;
  }
}

describe('a node with as many processes as fit into a message', () => {
  it('is shown whole, in slices, while everything else goes on', { timeout: 60_000 }, async () => {
    bench = await openBench({ controlPlanes: 1, workers: 1 });
    bench.simulator.setNodeFault(node, { kind: 'hostile', with: 'too-many-items' });
    const delays = monitorEventLoopDelay({ resolution: 5 });
    let rows = 0;
    let largest = 0;

    for await (const event of bench.start({ command: 'processes', nodes: [node], deadlineMs: 50_000 })) {
      if (event.type !== 'rows' && event.type !== 'answered') continue;
      // From the first rows on: decoding the message is the pool's part.
      if (rows === 0) delays.enable();
      rows += event.rows.length;
      largest = Math.max(largest, event.rows.length);
    }
    delays.disable();

    expect(rows).toBeGreaterThan(100_000);
    expect(rows).toBeLessThanOrEqual(MAX_NODE_ROWS);
    expect(largest).toBeLessThanOrEqual(1000);
    expect(delays.max / 1e6).toBeLessThan(250);
    expect(await bench.close()).toBe(0);
  });
});
