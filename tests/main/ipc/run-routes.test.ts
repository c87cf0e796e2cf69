import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RateCap } from '../../../main/ipc/rate-cap.ts';
import { callRoutes, streamRoutes, topicRoutes, type RouteOptions } from '../../../main/operations/routes.ts';
import { createCallServer } from '../../../main/ipc/serve-calls.ts';
import { createPortServer } from '../../../main/ipc/serve-ports.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { silentLog } from '../../../main/lib/log.ts';
import type { CallName, RunEvent } from '../../../preload/contract/index.ts';
import { MemoryPort } from '../../fakes/memory-port.ts';
import { openBench, type Bench } from '../operations/work/runs-harness.ts';
import { noDiagnostics } from '../../fakes/no-diagnostics.ts';
import { noUpdates } from '../../fakes/no-updates.ts';

const WINDOW = 7;
const page = { senderFrame: { url: 'app://minos/index.html', parent: null }, sender: { id: WINDOW } };

let bench: Bench;
let folder: string;
let savedFor: number | undefined;

beforeEach(async () => {
  bench = await openBench();
  folder = await mkdtemp(join(tmpdir(), 'minos-save-'));
  savedFor = undefined;
});
afterEach(async () => {
  await rm(folder, { recursive: true });
  expect(await bench.close()).toBe(0);
});

function servers() {
  const refuse = (): never => {
    throw new Error('not in this test');
  };
  const chooseSavePath = (windowId: number, { suggestedName }: { readonly suggestedName: string }): Promise<string> => {
    savedFor = windowId;
    return Promise.resolve(join(folder, suggestedName));
  };
  const desktop: RouteOptions['desktop'] = {
    ...{
      chooseFiles: refuse,
      clipboardText: refuse,
      droppedPaths: refuse,
      chooseKubeconfig: refuse,
      chooseFolder: refuse,
      showInFolder: refuse,
    },
    chooseSavePath,
  };
  const options: RouteOptions = {
    ...{ workspace: bench.workspace, info: refuse, desktop, pageRequests: refuse, openWindow: refuse },
    diagnostics: noDiagnostics(),
    updates: noUpdates(),
  };
  const guard = {
    ...{ isOurWindow: (id: number) => id === WINDOW, rateCap: new RateCap(1000, 1000) },
    ...{ monotonicMs: systemClock.monotonic, log: silentLog, clock: systemClock },
  };
  const calls = createCallServer(callRoutes(options), guard);
  const ports = createPortServer(topicRoutes(options), streamRoutes(options), guard);
  return { ports, call: (name: CallName, input: object) => calls.serve(page, 1, name, input) };
}

async function runOverPort(ports: ReturnType<typeof servers>['ports'], params: object): Promise<readonly RunEvent[]> {
  const port = new MemoryPort();
  ports.serve(page, { kind: 'stream', name: 'run', params }, port);
  port.fromPage({ type: 'credit', batches: 64 });
  await port.until('end');
  return port.sent.flatMap((message) => (message.type === 'batch' ? (message.items as readonly RunEvent[]) : []));
}

describe('the page', () => {
  it('runs a command over a port and can then look at it, copy it, save it and start it again', async () => {
    const { ports, call } = servers();
    const params = { context: 'sim', command: 'services', params: {}, nodes: ['cp-1', 'worker-01'], deadlineMs: 5000 };

    const events = await runOverPort(ports, { ...params, selection: 'cp-1 worker-01' });
    const runId = events[0]?.type === 'started' ? events[0].runId : '';

    expect(events.at(-1)).toMatchObject({ type: 'finished', ok: 2 });
    expect(await call('runs.again', { runId })).toEqual({
      ok: true,
      value: { ...params, selection: 'cp-1 worker-01', missing: [] },
    });
    expect(await call('runs.detail', { runId, node: 'cp-1', row: 0 })).toMatchObject({ ok: true });
    expect(await call('runs.raw', { runId, node: 'cp-1' })).toMatchObject({ ok: true, value: { isCut: false } });
    const text = await call('runs.text', { runId, format: 'json' });
    const saved = await call('runs.save', { runId, format: 'json' });
    const name = saved.ok && (saved.value as { name: string }).name;
    expect(text.ok && text.value).toBe(await readFile(join(folder, String(name)), 'utf8'));
    expect(JSON.stringify(saved)).not.toContain(folder);
    expect(savedFor).toBe(WINDOW);
    expect(bench.workspace.runs.history.current).toMatchObject([{ runId, state: 'finished', contextName: 'sim' }]);
  });

  it('cancels the whole run by closing the port', async () => {
    const { ports } = servers();
    for (const name of bench.all) bench.simulator.setNodeFault(name, { kind: 'slow', latencyMs: 60_000 });
    const port = new MemoryPort();
    const params = { context: 'sim', command: 'version', params: {}, nodes: bench.all, deadlineMs: 60_000 };
    ports.serve(page, { kind: 'stream', name: 'run', params }, port);
    port.fromPage({ type: 'credit', batches: 64 });
    await port.until('batch');

    port.closeFromPage();
    await expect.poll(() => bench.workspace.runs.history.current[0]?.state).toBe('cancelled');

    expect(ports.open).toBe(0);
  });

  it('resolves a selection with saved groups, after discovery', async () => {
    const { call } = servers();
    await bench.workspace.nodes('sim').refresh();
    await call('groups.save', { context: 'sim', name: 'mine', selection: 'worker-*' });

    const outcome = await call('nodes.resolve', { context: 'sim', text: '@mine cp-2 !worker-01' });
    const slip = await call('nodes.resolve', { context: 'sim', text: '@mine db-*' });

    expect(outcome).toMatchObject({
      ok: true,
      value: {
        nodes: [{ hostname: 'worker-02' }, { hostname: 'cp-2' }],
        problems: [],
      },
    });
    expect(slip).toMatchObject({
      ok: true,
      value: { nodes: [], problems: [{ word: 'db-*', message: '"db-*" matches none of the 5 known nodes.' }] },
    });
    expect(await call('groups.save', { context: 'sim', name: 'not a word', selection: 'all' })).toMatchObject({
      ok: false,
      failure: { code: 'invalid' },
    });
  });

  it('offers an issued config under the name of its context, and says where it lies', async () => {
    const { call } = servers();

    const outcome = await call('contexts.issue', { context: 'sim', roles: ['os:reader'], hours: 24 });

    const path = join(folder, 'sim.talosconfig');
    const what = `Saved a talosconfig with os:reader for 24 h as ${path}`;
    expect(outcome).toMatchObject({ ok: true, value: { what, files: [{ file: path }] } });
  });

  it('is told which word of a pasted line is not understood', async () => {
    const { call } = servers();

    expect(await call('runs.parseTalosctl', { line: 'talosctl -n cp-1 rotate-ca' })).toMatchObject({
      ok: false,
      failure: {
        code: 'invalid',
        message: '"rotate-ca" changes machines, and Minos has no plan for it.',
        where: { field: 'rotate-ca' },
      },
    });
    expect(await call('runs.parseTalosctl', { line: 'talosctl -n cp-1 ps -s cpu' })).toEqual({
      ok: true,
      value: { command: 'processes', params: { sort: 'cpu' }, nodes: ['cp-1'], notes: [] },
    });
  });
});
