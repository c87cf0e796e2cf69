import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../main/lib/clock.ts';
import { COMMANDS } from '../../../../main/operations/commands/index.ts';
import { Foreground } from '../../../../main/operations/work/foreground.ts';
import { Runs } from '../../../../main/operations/work/runs.ts';
import { saveExport } from '../../../../main/operations/work/sinks/save-export.ts';
import { MAX_RUNS } from '../../../../main/operations/work/history/run-history.ts';
import type { RunEvent } from '../../../../preload/contract/index.ts';
import { collectEvents, eventsOf, openBench, rowsOf, type Bench } from './runs-harness.ts';

let bench: Bench;

afterEach(async () => {
  expect(await bench.close()).toBe(0);
});

const runIdOf = (events: readonly RunEvent[]): string => eventsOf(events, 'started')[0]?.runId ?? '';

describe('a run', () => {
  it('is cancelled for one node alone', async () => {
    bench = await openBench();
    bench.simulator.setNodeFault('worker-02', { kind: 'slow', latencyMs: 60_000 });
    const events: RunEvent[] = [];

    for await (const event of bench.start({ command: 'version' })) {
      events.push(event);
      if (event.type === 'calling' && event.node === 'worker-02') {
        bench.workspace.runs.cancelNode(runIdOf(events), 'worker-02');
      }
    }

    expect(eventsOf(events, 'failed')).toMatchObject([{ node: 'worker-02', failure: { code: 'cancelled' } }]);
    expect(events.at(-1)).toMatchObject({ type: 'finished', ok: 4, failed: 0, cancelled: 1 });
  });

  it('never asks a node that was cancelled while it waited', async () => {
    bench = await openBench({ workers: 97 });
    for (const name of bench.all.slice(0, 64)) bench.simulator.setNodeFault(name, { kind: 'slow', latencyMs: 300 });
    const events: RunEvent[] = [];

    for await (const event of bench.start({ command: 'version' })) {
      events.push(event);
      if (event.type === 'started') bench.workspace.runs.cancelNode(event.runId, 'worker-97');
    }

    expect(events.at(-1)).toMatchObject({ ok: 99, failed: 0, cancelled: 1 });
    expect(bench.simulator.calls.some(({ node }) => node === 'worker-97')).toBe(false);
  });

  it('says each way of failing in its own words, and the others still answer', async () => {
    bench = await openBench({ workers: 8 });
    const named = (number: number): string => bench.all[2 + number] ?? '';
    const set = bench.simulator.setNodeFault.bind(bench.simulator);
    set(named(1), { kind: 'down' });
    set(named(2), { kind: 'slow', latencyMs: 60_000 });
    set(named(3), { kind: 'maintenance' });
    set(named(4), { kind: 'not-in-dns' });
    set(named(5), { kind: 'error', code: 12, text: 'unknown method ServiceList for service machine.MachineService' });
    set(named(6), { kind: 'error', code: 7, text: 'not authorized' });

    await bench.workspace.nodes('sim').refresh();

    const events = await bench.run({ command: 'services', deadlineMs: 1500 });

    const codes = Object.fromEntries(eventsOf(events, 'failed').map(({ node, failure }) => [node, failure.code]));
    expect(codes).toEqual({
      [named(1)]: 'unreachable',
      [named(2)]: 'timeout',
      [named(3)]: 'untrusted',
      [named(4)]: 'unreachable',
      [named(5)]: 'not-supported',
      [named(6)]: 'denied',
    });
    expect(events.at(-1)).toMatchObject({ ok: 5, failed: 6 });
    const unsupported = eventsOf(events, 'failed').find(({ node }) => node === named(5));
    expect(unsupported?.failure.message).toBe(
      `ServiceList is not on this node's version: ${named(5)} runs Talos v1.13.9.`,
    );
  });

  it('loses no list when an endpoint is killed while it is read', async () => {
    bench = await openBench({ workers: 27 });
    const first = bench.simulator.endpoints[0]?.target ?? '';
    let isKilled = false;
    const events: RunEvent[] = [];

    for await (const event of bench.start({ command: 'get', params: { type: 'members' } })) {
      events.push(event);
      if (event.type === 'answered' && !isKilled) {
        isKilled = true;
        await bench.simulator.setEndpointFault(first, { kind: 'refuse' });
      }
    }

    expect(events.at(-1)).toMatchObject({ type: 'finished', ok: 30, failed: 0, cancelled: 0 });
  });
});

describe('a run the user waits for', () => {
  it('holds back what works in the background until it has ended, also by a window that closed; one that is followed does not', async () => {
    bench = await openBench();
    const foreground = new Foreground();
    const runs = new Runs({
      ...{ commands: COMMANDS, clock: systemClock, newId: randomUUID, isSeen: () => true, foreground },
      lease: (context, onChange) => bench.workspace.clusters.lease(context, onChange),
    });
    const input = { context: 'sim', params: {}, nodes: bench.all, deadlineMs: 10_000 };
    const { signal } = new AbortController();
    const busy: boolean[] = [];
    for await (const _event of runs.start({ ...input, command: 'version' }, signal)) busy.push(foreground.isBusy);
    expect(new Set(busy)).toEqual(new Set([true]));
    expect(foreground.isBusy).toBe(false);

    for await (const _event of runs.start({ ...input, command: 'version' }, signal)) break;
    expect(foreground.isBusy).toBe(false);

    const followed = { ...input, command: 'dmesg', params: { follow: true } };
    for await (const _event of runs.start(followed, signal)) {
      expect(foreground.isBusy).toBe(false);
      break;
    }
  });
});

describe('what a run tells about nodes', () => {
  it('calls a node by its name, whatever it was asked by', async () => {
    bench = await openBench();
    bench.simulator.setNodeFault('worker-01', { kind: 'down' });
    await bench.workspace.nodes('sim').refresh();
    const address = bench.simulator.nodes.find(({ name }) => name === 'worker-01')?.address ?? '';

    const events = await bench.run({ command: 'version', nodes: [address] });

    expect(eventsOf(events, 'failed')[0]?.failure).toMatchObject({
      message: `worker-01 refused the connection (${address}:50000).`,
      where: { node: address },
    });
  });

  it('marks a node offline that an endpoint cannot reach, and a slow one silent', async () => {
    bench = await openBench();
    bench.simulator.setNodeFault('worker-01', { kind: 'down' });
    bench.simulator.setNodeFault('worker-02', { kind: 'slow', latencyMs: 60_000 });
    const nodes = bench.workspace.nodes('sim');
    await nodes.refresh();
    const states: (string | undefined)[][] = [];
    const changed = new Promise<void>((resolve) => {
      nodes.subscribe(({ nodes: list }) => {
        states.push(list.map(({ seen }) => seen?.state));
        const has = (state: string): boolean => list.some(({ seen }) => seen?.state === state);
        if (has('offline') && has('silent')) resolve();
      });
    });

    await bench.run({ command: 'version', deadlineMs: 1000 });
    await changed;

    const seen = Object.fromEntries(nodes.current.nodes.map(({ hostname = '', seen: one }) => [hostname, one?.state]));
    expect(seen).toEqual({
      ...{ 'cp-1': 'online', 'cp-2': 'online', 'cp-3': 'online' },
      ...{ 'worker-01': 'offline', 'worker-02': 'silent' },
    });
    expect(nodes.current.nodes.find(({ hostname }) => hostname === 'worker-01')?.seen?.message).toContain('worker-01');
  });
});

describe('the history', () => {
  it('has every run, newest first, with what to start again', async () => {
    bench = await openBench();
    await bench.run({ command: 'version', nodes: ['cp-1', 'cp-1'], selection: 'cp-*' });
    const events = await bench.run({ command: 'processes', params: { sort: 'cpu' }, nodes: ['cp-2'] });

    expect(bench.workspace.runs.history.current).toMatchObject([
      {
        ...{ command: 'processes', state: 'finished', ok: 1, nodeCount: 1, durationMs: expect.any(Number) as unknown },
        talosctl: 'talosctl --context sim -n cp-2 processes -s cpu',
      },
      { command: 'version', state: 'finished', ok: 1, nodeCount: 1, selection: 'cp-*' },
    ]);
    expect(bench.workspace.runs.again(runIdOf(events))).toEqual({
      ...{ context: 'sim', command: 'processes', params: { sort: 'cpu' }, nodes: ['cp-2'] },
      ...{ deadlineMs: 10_000, missing: [] },
    });
  });

  it('forgets the oldest and says so when asked for it', async () => {
    bench = await openBench({ controlPlanes: 1, workers: 0 });
    const first = runIdOf(await bench.run({ command: 'version' }));
    for (let count = 0; count < MAX_RUNS; count += 1) await bench.run({ command: 'version' });

    expect(bench.workspace.runs.history.current).toHaveLength(MAX_RUNS);
    expect(() => bench.workspace.runs.again(first)).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ code: 'not-found' }) as unknown }),
    );
  });

  it('counts runs, and lets one that repeats another live take its place and number', async () => {
    bench = await openBench({ controlPlanes: 1, workers: 0 });
    const { runs } = bench.workspace;
    const numbers = (): readonly (readonly [number, string])[] =>
      runs.history.current.map(({ number, runId }) => [number, runId]);
    const first = runIdOf(await bench.run({ command: 'memory' }));
    const second = runIdOf(await bench.run({ command: 'version' }));

    const repeated = await bench.run({ command: 'memory', replaces: first });

    expect(repeated[0]).toMatchObject({ type: 'started', number: 1 });
    expect(numbers()).toEqual([
      [2, second],
      [1, runIdOf(repeated)],
    ]);
    expect(() => runs.raw(first, 'cp-1')).toThrow('The rows of this run are no longer kept.');
    expect(runs.raw(runIdOf(repeated), 'cp-1').json).toContain('meminfo');
  });

  it('is of each window its own, with its own numbers, and goes with it', async () => {
    bench = await openBench({ controlPlanes: 1, workers: 0 });
    const { runs } = bench.workspace;
    const input = { context: 'sim', params: {}, nodes: ['cp-1'], deadlineMs: 10_000, command: 'version' };
    const inWindow = (windowId: number, replaces?: string) =>
      collectEvents(
        runs.start(
          { ...input, ...(replaces !== undefined && { replaces }) },
          new AbortController().signal,
          undefined,
          windowId,
        ),
      ).then(runIdOf);
    const numbers = (windowId: number) => runs.historyOf(windowId).current.map(({ number, runId }) => [number, runId]);
    const [a, b] = [await inWindow(1), await inWindow(2)];
    const c = await inWindow(1);
    const again = await inWindow(1, a);

    expect([numbers(1), numbers(2), numbers(3)]).toEqual([
      [
        [2, c],
        [1, again],
      ],
      [[1, b]],
      [],
    ]);
    runs.leave(1);
    expect([numbers(1), numbers(2)]).toEqual([[], [[1, b]]]);
    expect(() => runs.replay(c)).toThrow('This run is no longer kept.');
    expect(runs.replay(b)).toBeDefined();
  });

  it('keeps the old answers of a live run whose repetition was cancelled', async () => {
    bench = await openBench({ controlPlanes: 1, workers: 0 });
    const first = runIdOf(await bench.run({ command: 'memory' }));
    bench.simulator.setNodeFault('cp-1', { kind: 'slow', latencyMs: 60_000 });

    for await (const event of bench.start({ command: 'memory', replaces: first })) if (event.type === 'calling') break;

    expect(bench.workspace.runs.history.current).toMatchObject([{ runId: first, number: 1, state: 'finished' }]);
    expect(bench.workspace.runs.raw(first, 'cp-1').json).toContain('meminfo');
  });

  it('can tell a run again as it was', async () => {
    bench = await openBench();
    bench.simulator.setNodeFault('worker-01', { kind: 'down' });
    const events = await bench.run({ command: 'processes' });

    const again = await collectEvents(bench.workspace.runs.replay(runIdOf(events)));

    expect(again[0]).toEqual(events[0]);
    const startedAtMs = eventsOf(events, 'started')[0]?.startedAtMs;
    expect(bench.workspace.runs.history.current).toMatchObject([{ startedAtMs }]);
    expect(again.at(-1)).toEqual(events.at(-1));
    for (const node of bench.all) expect(rowsOf(again, node)).toEqual(rowsOf(events, node));
    expect(eventsOf(again, 'failed')).toEqual(eventsOf(events, 'failed'));
  });

  it('tells why a run was broken off when asked for it again', async () => {
    bench = await openBench();
    await expect(bench.run({ command: 'get', params: { type: 'unicorns' } })).rejects.toThrow('unicorns');
    const [summary] = bench.workspace.runs.history.current;

    expect(summary).toMatchObject({ state: 'broken', failure: { code: 'not-found' } });
    expect(() => bench.workspace.runs.replay(summary?.runId ?? '')).toThrow('This cluster has no resource type');
  });

  it('says of a run whose window was closed that it was cancelled', async () => {
    bench = await openBench();
    bench.simulator.setNodeFault('cp-1', { kind: 'slow', latencyMs: 60_000 });

    for await (const event of bench.start({ command: 'version' })) if (event.type === 'answered') break;

    expect(bench.workspace.runs.history.current).toMatchObject([{ state: 'cancelled' }]);
  });

  it('refuses unknown commands and wrong parameters before anything is asked', async () => {
    bench = await openBench();

    expect(() => bench.start({ command: 'reset' })).toThrow('There is no command reset.');
    expect(() => bench.start({ command: 'processes', params: { sort: 'x' } })).toThrow('Sort by is one of rss, cpu.');
    expect(bench.workspace.runs.history.current).toEqual([]);
    expect(bench.simulator.calls).toEqual([]);
  });
});

describe('a finished run', () => {
  it('has the message of each node as JSON', async () => {
    bench = await openBench();
    bench.simulator.setNodeFault('worker-01', { kind: 'down' });
    const runId = runIdOf(await bench.run({ command: 'version', nodes: ['cp-1', 'worker-01'] }));

    const { json, isCut } = bench.workspace.runs.raw(runId, 'cp-1');

    expect(isCut).toBe(false);
    expect(JSON.parse(json)).toMatchObject({ messages: [{ version: { tag: 'v1.13.9' }, metadata: null }] });
    expect(() => bench.workspace.runs.raw(runId, 'worker-01')).toThrow('The message of worker-01 is not kept');
    expect(() => bench.workspace.runs.raw('nothing', 'worker-01')).toThrow('The rows of this run are no longer kept.');
  });

  it('is saved where the user chooses, and the page learns only the name', async () => {
    bench = await openBench();
    const folder = await mkdtemp(join(tmpdir(), 'minos-export-'));
    const runId = runIdOf(await bench.run({ command: 'version', nodes: ['cp-1'] }));
    const wishes: string[] = [];

    const saved = await saveExport(bench.workspace.runs.exported(runId), 'csv', async ({ suggestedName }) => {
      wishes.push(suggestedName);
      return join(folder, 'mine.csv');
    });
    const cancelled = await saveExport(bench.workspace.runs.exported(runId), 'json', () => Promise.resolve(undefined));

    expect(saved).toEqual({ isSaved: true, name: 'mine.csv' });
    expect(cancelled).toEqual({ isSaved: false });
    expect(wishes[0]).toMatch(/^sim-version-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.csv$/);
    expect(await readFile(join(folder, 'mine.csv'), 'utf8')).toBe(await bench.workspace.runs.text(runId, 'csv'));
    expect(await readdir(folder)).toEqual(['mine.csv']);
    await rm(folder, { recursive: true });
  });

  it('leaves no half file behind when it cannot be saved, and does not name the folder', async () => {
    bench = await openBench();
    const folder = await mkdtemp(join(tmpdir(), 'minos-export-'));
    const runId = runIdOf(await bench.run({ command: 'version', nodes: ['cp-1'] }));

    const saving = saveExport(bench.workspace.runs.exported(runId), 'csv', () =>
      Promise.resolve(join(folder, 'missing', 'mine.csv')),
    );

    await expect(saving).rejects.toMatchObject({
      failure: {
        code: 'file-access',
        message: 'The folder in which mine.csv is to be is not there; nothing of it was kept.',
      },
    });
    expect(await readdir(folder)).toEqual([]);
    await rm(folder, { recursive: true });
  });
});
