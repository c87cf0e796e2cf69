import { afterEach, describe, expect, it } from 'vitest';
import { readResource, resourceTypes } from '../../../main/operations/resources.ts';
import { startSimulator } from '../../../main/simulator/simulator.ts';
import { openWorkspace, testProto } from '../../fakes/open-workspace.ts';
import { collectEvents, eventsOf, openBench, type Bench } from './work/runs-harness.ts';

let bench: Bench | undefined;
const never = new AbortController().signal;
const connection = () => bench!.workspace.clusters.of('sim');

afterEach(async () => {
  expect((await bench?.close()) ?? 0).toBe(0);
  bench = undefined;
});

describe('resources', () => {
  it('have types also where neither the endpoint nor the first nodes can say', async () => {
    bench = await openBench({ controlPlanes: 3, workers: 0, endpoints: ['cp-3'] });
    bench.simulator.setNodeFault('cp-3', { kind: 'error', code: 13, text: 'panic', methods: ['List'] });
    bench.simulator.setNodeFault('cp-1', { kind: 'maintenance' });

    const types = await resourceTypes(connection(), ['os:admin'], never, ['cp-1', 'cp-2']);
    const read = await bench.run({ command: 'get', params: { type: 'members' }, nodes: ['cp-1', 'cp-2'] });

    expect(types.length).toBeGreaterThan(0);
    expect(eventsOf(read, 'answered').map(({ node }) => node)).toEqual(['cp-2']);
  });

  it('have types to choose from, with everything that may be typed for them', async () => {
    bench = await openBench();

    const types = await resourceTypes(connection(), ['os:admin'], never);

    expect(types.map(({ type }) => type)).toEqual(
      [...types.map(({ type }) => type)].sort((a, b) => a.localeCompare(b, 'en')),
    );
    expect(types.find(({ type }) => type === 'Members.cluster.talos.dev')).toMatchObject({
      ...{ namespace: 'cluster', isSensitive: false },
      aliases: expect.arrayContaining(['members', 'member']) as unknown,
    });
    expect(types.find(({ type }) => type === 'MachineConfigs.config.talos.dev')?.isSensitive).toBe(true);
  });

  it('says of types that hold secrets who may read them', async () => {
    bench = await openBench();
    const secrets = async (roles: readonly string[]) =>
      (await resourceTypes(connection(), roles, never)).filter(({ isSensitive }) => isSensitive);

    expect((await secrets(['os:reader']))[0]?.refused).toBe('Needs the role os:admin; this certificate has os:reader.');
    expect((await secrets(['os:admin']))[0]).not.toHaveProperty('refused');
  });

  it('can be read one at a time as YAML', async () => {
    bench = await openBench();

    const detail = await readResource(connection(), { node: 'worker-01', type: 'members', id: 'cp-2' }, never);

    expect(detail).toMatchObject({ title: 'cp-2', parts: [{ kind: 'text', language: 'yaml', isCut: false }] });
    await expect(
      readResource(connection(), { node: 'worker-01', type: 'members', id: 'x' }, never),
    ).rejects.toMatchObject({
      failure: { code: 'not-found', where: { node: 'worker-01' } },
    });
  });

  it('find their type although the first node is down', async () => {
    bench = await openBench();
    bench.simulator.setNodeFault('worker-01', { kind: 'down' });

    const events = await bench.run({ command: 'get', params: { type: 'members' }, nodes: ['worker-01', 'cp-1'] });

    expect(events.at(-1)).toMatchObject({ ok: 1, failed: 1 });
  });

  it('of a sensitive type are refused to a reader, per node and in words', async () => {
    const simulator = await startSimulator({ proto: testProto(), roles: ['os:reader'] });
    const opened = await openWorkspace(simulator.talosconfig);

    const events = await collectEvents(
      opened.workspace.runs.start(
        { context: 'sim', command: 'get', params: { type: 'machineconfig' }, nodes: ['cp-1'], deadlineMs: 5000 },
        never,
      ),
    );

    expect(eventsOf(events, 'failed')[0]?.failure.code).toBe('denied');
    await opened.close();
    await simulator.close();
  });
});
