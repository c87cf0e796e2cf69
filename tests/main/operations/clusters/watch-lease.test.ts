import { writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunEvent, WatchItem } from '../../../../preload/contract/index.ts';
import { startSimulator, type Simulator } from '../../../../main/simulator/simulator.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../../fakes/open-workspace.ts';

let simulator: Simulator;
let opened: TestWorkspace;
let stop: AbortController;

beforeEach(async () => {
  stop = new AbortController();
  simulator = await startSimulator({ proto: testProto(), controlPlanes: 2, workers: 1 });
  opened = await openWorkspace(simulator.talosconfig);
});
afterEach(async () => {
  stop.abort();
  await opened.close();
  await simulator.close();
});

/** Another text in the file, read. */
async function write(text: string): Promise<void> {
  await writeFile(opened.path, text);
  await opened.workspace.talosconfig.reload();
}

/** The endpoints of the cluster, and its talosconfig with one of them alone. */
function endpoints() {
  const targets = simulator.endpoints.map(({ target }) => target);
  const of = (index: number): string => targets[index] ?? '';
  const only = (index: number): string =>
    targets
      .filter((target) => target !== of(index))
      .reduce((text, target) => text.replace(new RegExp(`^ *- ${target}\\n`, 'm'), ''), simulator.talosconfig);
  return { of, only };
}

/** A watch of worker-01 that stands, and how it ends. */
async function watch() {
  const seen: WatchItem[] = [];
  const wish = { nodes: ['worker-01'], type: 'members', signal: stop.signal };
  const end = (async () => {
    for await (const item of opened.workspace.watch('sim', wish)) seen.push(item);
  })().then(
    () => 'ended',
    (error: unknown) => error,
  );
  const of = (type: WatchItem['type']) => seen.filter((item) => item.type === type);
  await expect.poll(() => of('complete').length).toBe(1);
  return { of, end };
}

describe('a watch', () => {
  it('ends when its context goes from the file, says why, and leaves no connection', async () => {
    const { end } = await watch();

    await write('contexts: {}\n');

    expect(await end).toMatchObject({
      failure: { code: 'not-found', message: 'The context sim is no longer in the talosconfig.' },
    });
    await expect.poll(() => simulator.openConnections()).toBe(0);
  });

  it('goes on when its context is given another name, over the connection it has', async () => {
    const { of } = await watch();
    const connections = simulator.openConnections();

    await write(simulator.talosconfig.replaceAll(/\bsim\b/g, 'production'));
    simulator.node('cp-1').setVersion('v1.14.0');

    await expect.poll(() => JSON.stringify(of('set').at(-1))).toContain('v1.14.0');
    expect([of('reset').length, of('gap').length, of('failed').length]).toEqual([1, 0, 0]);
    expect(simulator.openConnections()).toBe(connections);
  });

  it('goes on at once over other endpoints, from where it was, and says that it broke', async () => {
    const { only } = endpoints();
    await write(only(0));
    const { of } = await watch();

    await write(only(1));
    await expect.poll(() => of('gap')).toMatchObject([{ from: endpoints().of(0), to: endpoints().of(1) }]);
    simulator.node('cp-1').setVersion('v1.14.0');

    await expect.poll(() => JSON.stringify(of('set').at(-1))).toContain('v1.14.0');
    expect([of('reset').length, of('failed').length]).toEqual([1, 0]);
    await expect.poll(() => simulator.openConnections()).toBe(1);
  });

  it('goes on while its file is broken', async () => {
    const { of } = await watch();

    await write('contexts: [');
    simulator.node('cp-1').setVersion('v1.14.0');

    await expect.poll(() => JSON.stringify(of('set').at(-1))).toContain('v1.14.0');
    expect(of('failed')).toEqual([]);
  });

  it('ends without a word when it is stopped, or when the app ends', async () => {
    const { end } = await watch();
    const other = await watch();

    stop.abort();
    await opened.workspace.close();

    expect([await end, await other.end]).toEqual(['ended', 'ended']);
  });
});

describe('a run', () => {
  it('goes on when its context gets other endpoints, also at nodes that were not asked yet', async () => {
    const { only } = endpoints();
    await write(only(0));
    simulator.setNodeFault('worker-01', { kind: 'slow', latencyMs: 300 });
    const input = { context: 'sim', command: 'version', params: {}, nodes: ['cp-1', 'worker-01'], deadlineMs: 30_000 };
    const ends: string[] = [];
    for await (const event of opened.workspace.runs.start(input, stop.signal)) {
      if (event.type === 'answered' || event.type === 'failed') ends.push(`${event.node} ${event.type}`);
      if (event.type === 'answered' && event.node === 'cp-1') await write(only(1));
    }

    expect(ends).toEqual(['cp-1 answered', 'worker-01 answered']);
  });

  it('whose context goes says so of every node that did not answer yet', async () => {
    simulator.setNodeFault('worker-01', { kind: 'slow', latencyMs: 20_000 });
    const input = { context: 'sim', command: 'version', params: {}, nodes: ['cp-1', 'worker-01'], deadlineMs: 30_000 };
    const ends: [string, string][] = [];
    for await (const event of opened.workspace.runs.start(input, stop.signal)) {
      if (event.type === 'answered') {
        ends.push([event.node, 'answered']);
        await write('contexts: {}\n');
      }
      if (event.type === 'failed') ends.push([event.node, event.failure.message]);
    }

    expect(ends).toEqual([
      ['cp-1', 'answered'],
      ['worker-01', 'The context sim is no longer in the talosconfig.'],
    ]);
    await expect.poll(() => simulator.openConnections()).toBe(0);
  });
});

describe('a log that is followed', () => {
  it('goes on at once over other endpoints, with a mark and without what came before', async () => {
    const { only, of } = endpoints();
    await write(only(0));
    const told: RunEvent[] = [];
    const params = { id: 'kubelet', follow: true };
    const input = { context: 'sim', command: 'logs', params, nodes: ['worker-01'], deadlineMs: 10_000 };
    const lines = () => told.flatMap((event) => (event.type === 'lines' ? event.lines : []));
    void (async () => {
      for await (const event of opened.workspace.runs.start(input, stop.signal)) told.push(event);
    })().catch(() => undefined);
    await expect.poll(() => lines().length).toBeGreaterThan(0);

    await write(only(1));
    const gaps = () => told.filter(({ type }) => type === 'gap');
    await expect.poll(gaps).toMatchObject([{ node: 'worker-01', from: of(0), to: of(1) }]);
    const before = lines().length;

    await expect.poll(() => lines().length).toBeGreaterThan(before);
    expect(new Set(lines()).size).toBe(lines().length);
    expect(told.filter(({ type }) => type === 'failed' || type === 'finished')).toEqual([]);
    await expect.poll(() => simulator.openConnections()).toBe(1);
  });

  it('ends when its context goes from the file, with one sentence and no failure of each node', async () => {
    const told: RunEvent[] = [];
    const { runs } = opened.workspace;
    const input = { context: 'sim', command: 'logs', params: { id: 'kubelet', follow: true }, deadlineMs: 10_000 };
    const end = (async () => {
      for await (const event of runs.start({ ...input, nodes: ['cp-1', 'worker-01'] }, stop.signal)) told.push(event);
    })().catch((error: unknown) => error);
    await expect
      .poll(() => new Set(told.flatMap((event) => (event.type === 'lines' ? [event.node] : []))).size)
      .toBe(2);

    await write('contexts: {}\n');

    const failure = { code: 'not-found', message: 'The context sim is no longer in the talosconfig.' };
    expect(await end).toMatchObject({ failure });
    expect(told.filter(({ type }) => type === 'failed' || type === 'finished')).toEqual([]);
    expect(runs.history.current[0]).toMatchObject({ state: 'broken', failure });
    expect(await runs.text(runs.history.current[0]?.runId ?? '', 'csv')).toContain('cp-1');
    await expect.poll(() => simulator.openConnections()).toBe(0);
  });
});
