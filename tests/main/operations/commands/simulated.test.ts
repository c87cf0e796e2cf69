import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../../main/operations/commands/index.ts';
import type { RunEvent } from '../../../../preload/contract/index.ts';
import { commandRun } from '../../../fakes/command-runs.ts';
import { eventsOf, openBench, rowsOf, type Bench } from '../work/runs-harness.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await openBench({ overrides: { 'worker-02': { version: 'v1.12.4' } } });
});
afterAll(async () => {
  expect(await bench.close()).toBe(0);
});

const node = 'cp-1';
const columnsOf = (events: readonly RunEvent[]): readonly string[] =>
  eventsOf(events, 'started')[0]?.columns.map(({ title }) => title) ?? [];

describe('every command against a cluster', () => {
  // What saves bytes asks one node: see files/bytes.test.ts.
  const here = COMMANDS.filter(({ shape }) => shape !== 'bytes')
    .map(({ id }) => id)
    .filter((id) => commandRun(id).since === undefined);

  it.each(here)('%s answers on every node with as many cells as columns', async (command) => {
    const { params = {}, isForControlPlanes, mayBeEmpty } = commandRun(command);
    const nodes = bench.all.filter((name) => !isForControlPlanes || name.startsWith('cp-'));
    const events = await bench.run({ command, params, nodes });

    expect(events.at(-1)).toMatchObject({ type: 'finished', ok: nodes.length, failed: 0 });
    const width = columnsOf(events).length;
    for (const name of nodes) {
      const rows = rowsOf(events, name);
      if (!mayBeEmpty) expect(rows.length).toBeGreaterThan(0);
      expect(rows.every((row) => row.length === width)).toBe(true);
    }
    expect(structuredClone(events)).toEqual(events);
  });

  it('version says which node is older', async () => {
    const events = await bench.run({ command: 'version' });

    expect(eventsOf(events, 'finished')[0]?.notes).toEqual([
      { severity: 'warning', message: '1 node runs v1.12.4; the newest here is v1.13.9.', nodes: ['worker-02'] },
    ]);
  });

  it('services show etcd on a control plane and its events as detail', async () => {
    const events = await bench.run({ command: 'services', nodes: [node] });
    const rows = rowsOf(events, node);
    const row = rows.findIndex(([id]) => id === 'etcd');

    expect(rows[row]).toEqual(['etcd', 'Running', 'OK', expect.any(Number), expect.any(String)]);
    const detail = bench.workspace.runs.detail(runIdOf(events), node, row);
    expect(detail.title).toBe('etcd');
    expect(detail.parts[1]).toMatchObject({
      kind: 'table',
      rows: expect.arrayContaining([expect.any(Array)]) as unknown,
    });
  });

  it('containers of Kubernetes stand below their pods', async () => {
    const events = await bench.run({ command: 'containers', params: { kubernetes: true }, nodes: [node] });
    const rows = rowsOf(events, node);

    expect(rows.every(([namespace]) => namespace === 'k8s.io')).toBe(true);
    const child = rows.findIndex(([, id]) => String(id).startsWith('└─ '));
    expect(child).toBeGreaterThan(0);
    expect(
      String(rows[child]?.[1])
        .slice(3)
        .startsWith(
          String(rows[child - 1]?.[1])
            .replace('└─ ', '')
            .split(':')[0] ?? '-',
        ),
    ).toBe(true);
  });

  it('memory adds up', async () => {
    const events = await bench.run({ command: 'memory', nodes: [node] });
    const [total = 0, used = 0, free = 0, , buffers = 0, cache = 0] = (rowsOf(events, node)[0] ?? []) as number[];

    expect(Math.abs(total - used - free - buffers - cache)).toBeLessThanOrEqual(4);
    expect(total).toBeGreaterThan(1000);
  });

  it('processes are sorted by memory, with their parent for the tree', async () => {
    const rows = rowsOf(await bench.run({ command: 'processes', nodes: [node] }), node);
    const memory = rows.map((row) => Number(row[5]));

    expect(memory).toEqual([...memory].sort((a, b) => b - a));
    const pids = new Set(rows.map(([pid]) => pid));
    expect(rows.every((row) => row[8] === 0 || pids.has(row[8] ?? null))).toBe(true);
  });
});

describe('a node of an older version', () => {
  it.each([
    ['diskfree', {}, 'worker-02'],
    ['diskfree', {}, 'cp-1'],
    ['images', { namespace: 'inmem' }, 'worker-02'],
  ] as const)('says of %s %j that %s lacks it, and no more', async (command, params, name) => {
    const events = await bench.run({ command, params, nodes: [name] });

    expect(eventsOf(events, 'failed')[0]?.failure).toMatchObject({
      code: 'not-supported',
      message: expect.stringMatching(/is not on this node's version|inmem|images in memory/) as string,
    });
  });

  // What saves bytes asks after a place was chosen: bytes.test.ts has it.
  const any = COMMANDS.filter(({ shape }) => shape !== 'bytes').map(({ id }) => id);
  it.each(any)('that has nothing of %s is named, and not called down', async (command) => {
    const text = 'unknown method Any for service machine.MachineService';
    bench.simulator.setNodeFault('worker-01', { kind: 'error', code: 12, text });
    try {
      const events = await bench.run({ command, params: commandRun(command).params ?? {}, nodes: ['worker-01'] });
      const failures = eventsOf(events, 'failed').map(({ failure: { code, message } }) => [code, message]);

      expect(failures).toEqual([
        ['not-supported', expect.stringMatching(/is not on this node's version: worker-01 runs /)],
      ]);
    } finally {
      bench.simulator.setNodeFault('worker-01', null);
    }
  });

  it('answers all other commands that read', async () => {
    // What saves bytes wants a place for them: bytes.test.ts has it.
    const older = COMMANDS.filter(({ shape }) => shape !== 'bytes')
      .map(({ id }) => id)
      .filter((id) => {
        const { since, isForControlPlanes } = commandRun(id);
        return since === undefined && isForControlPlanes !== true;
      });
    for (const command of older) {
      const events = await bench.run({ command, params: commandRun(command).params ?? {}, nodes: ['worker-02'] });
      expect([command, eventsOf(events, 'failed')]).toEqual([command, []]);
    }
  });
});

describe('get', () => {
  it.each(['members', 'MEMBER', 'Members.cluster.talos.dev', 'members.cluster.talos.dev'])(
    'finds the type by %s',
    async (type) => {
      const events = await bench.run({ command: 'get', params: { type }, nodes: [node] });

      expect(columnsOf(events)).toEqual([
        'NAMESPACE',
        'TYPE',
        'ID',
        'VERSION',
        'HOSTNAME',
        'MACHINE TYPE',
        'OS',
        'ADDRESSES',
      ]);
      expect(rowsOf(events, node).find(([, , id]) => id === 'cp-1')).toEqual([
        'cluster',
        'Member',
        'cp-1',
        expect.any(Number),
        'cp-1',
        'controlplane',
        'Talos (v1.13.9)',
        expect.stringMatching(/^\["[\d.]+"\]$/),
      ]);
    },
  );

  it('reads one resource by id and says when there is none', async () => {
    const one = await bench.run({ command: 'get', params: { type: 'members', id: 'worker-01' }, nodes: [node] });
    const none = await bench.run({ command: 'get', params: { type: 'members', id: 'nobody' }, nodes: [node] });

    expect(rowsOf(one, node).map(([, , id]) => id)).toEqual(['worker-01']);
    expect(eventsOf(none, 'failed')[0]?.failure).toMatchObject({ code: 'not-found' });
    expect(eventsOf(one, 'started')[0]?.talosctl).toBe('talosctl --context sim -n cp-1 get members worker-01');
  });

  it('fails where no node has the service that is named, and does not where one has', async () => {
    const nodes = ['cp-1', 'worker-01'];
    const nowhere = await bench.run({ command: 'services', params: { id: 'etcdd' }, nodes });
    const somewhere = await bench.run({ command: 'services', params: { id: 'etcd' }, nodes });

    expect(eventsOf(nowhere, 'answered')).toEqual([]);
    expect(
      eventsOf(nowhere, 'failed')
        .map(({ failure: { code, message } }) => [code, message])
        .sort(),
    ).toEqual([
      ['not-found', 'cp-1 has no service “etcdd”.'],
      ['not-found', 'worker-01 has no service “etcdd”.'],
    ]);
    expect(nowhere.at(-1)).toMatchObject({ type: 'finished', ok: 0, failed: 2 });
    expect(
      eventsOf(somewhere, 'answered')
        .map(({ rows }) => rows.length)
        .sort(),
    ).toEqual([0, 1]);
    expect(somewhere.at(-1)).toMatchObject({ type: 'finished', ok: 2, failed: 0 });
    expect(bench.workspace.runs.history.current[0]).toMatchObject({ ok: 2 });
  });

  it('names the daemon that is down, and not the node', async () => {
    bench.simulator.setNodeFault('worker-01', { kind: 'daemon-down' });
    const events = await bench.run({ command: 'containers', params: { kubernetes: true }, nodes: ['worker-01'] });
    bench.simulator.setNodeFault('worker-01', null);

    expect(eventsOf(events, 'failed')[0]?.failure).toMatchObject({
      code: 'precondition',
      message: expect.stringMatching(/^worker-01 answers, but containerd/) as string,
    });
  });

  it('says that secrets need os:admin', async () => {
    const reader = await openBench({ controlPlanes: 1, workers: 0, roles: ['os:reader'] });
    try {
      const events = await reader.run({ command: 'get', params: { type: 'machineconfigs' }, nodes: ['cp-1'] });

      expect(eventsOf(events, 'failed')[0]?.failure).toMatchObject({
        code: 'denied',
        hint: 'Reading them needs the role os:admin.',
      });
    } finally {
      await reader.close();
    }
  });

  it('says that there is no such type before any node is asked', async () => {
    await expect(bench.run({ command: 'get', params: { type: 'unicorns' } })).rejects.toMatchObject({
      failure: { code: 'not-found', message: 'This cluster has no resource type "unicorns".' },
    });
    expect(bench.workspace.runs.history.current[0]).toMatchObject({ command: 'get', state: 'broken' });
  });

  it('has the resource as YAML for its row', async () => {
    const events = await bench.run({ command: 'get', params: { type: 'members' }, nodes: [node] });
    const detail = bench.workspace.runs.detail(runIdOf(events), node, 0);
    const part = detail.parts[0];
    const text = part?.kind === 'text' ? part.text : '';

    expect(text).toMatch(
      /^node: cp-1\nmetadata:\n {4}namespace: cluster\n {4}type: Members\.cluster\.talos\.dev\n {4}id: cp-1\n/,
    );
    expect(text).toContain('\nspec:\n    nodeId:');
    expect(detail).not.toHaveProperty('isSensitive');
  });

  it('says of YAML with secrets that it is to be shown only when asked for', async () => {
    const events = await bench.run({ command: 'get', params: { type: 'machineconfigs' }, nodes: [node] });

    expect(bench.workspace.runs.detail(runIdOf(events), node, 0).isSensitive).toBe(true);
  });
});

const runIdOf = (events: readonly RunEvent[]): string => eventsOf(events, 'started')[0]?.runId ?? '';
