import { describe, expect, it } from 'vitest';
import { useHarness } from './harness.ts';
import { contextOf, type TalosClient } from './talos-client.ts';
import { threadTimeMs } from '../../fakes/thread-time.ts';

const VERSION = '/machine.MachineService/Version';

const { start, connect } = useHarness();

const tagOf = async (client: TalosClient, node?: string): Promise<string | undefined> => {
  const reply = await client.unary(VERSION, {}, node === undefined ? {} : { node });
  return reply.messages[0]?.version?.tag;
};

describe('a simulated cluster', () => {
  it('offers its control planes as endpoints in a talosconfig', async () => {
    const { talosconfig, endpoints } = await start({ name: 'prod' });

    const context = contextOf(talosconfig, 'prod');

    expect(context.endpoints).toEqual(endpoints.map((endpoint) => endpoint.target));
    expect(endpoints.map((endpoint) => endpoint.node.name)).toEqual(['cp-1', 'cp-2', 'cp-3']);
    expect(Buffer.from(context.key, 'base64').toString()).toContain('-----BEGIN ED25519 PRIVATE KEY-----');
  });

  it('reaches every node through every endpoint', async () => {
    const { talosconfig, endpoints } = await start({
      version: 'v1.13.9',
      overrides: { 'worker-02': { version: 'v1.13.8' } },
    });

    for (const endpoint of endpoints) {
      const client = connect(talosconfig, endpoint.target);
      expect(await Promise.all(['cp-1', 'cp-3', 'worker-01', 'worker-02'].map((node) => tagOf(client, node)))).toEqual([
        'v1.13.9',
        'v1.13.9',
        'v1.13.9',
        'v1.13.8',
      ]);
    }
  });

  it('serves a call without a node header itself', async () => {
    const { talosconfig, endpoints } = await start();
    const client = connect(talosconfig, endpoints[1]!.target);

    const reply = await client.unary('/machine.MachineService/Hostname', {});

    expect(reply.messages.map((message) => message.hostname)).toEqual(['cp-2']);
  });

  it('refuses to forward from a worker and answers for itself', async () => {
    const { talosconfig } = await start({ endpoints: ['worker-01'] });
    const client = connect(talosconfig);

    expect(await client.error(VERSION, {}, { node: 'cp-1' })).toEqual({ code: 7, text: 'no request forwarding' });
    expect(await tagOf(client, 'worker-01')).toBe('v1.13.9');
    expect(await tagOf(client)).toBe('v1.13.9');
  });

  it('lists the members of the cluster', async () => {
    const { talosconfig } = await start({ controlPlanes: 1, workers: 1 });
    const client = connect(talosconfig);

    const members = await client.all('/cosi.resource.State/List', {
      namespace: 'cluster',
      type: 'Members.cluster.talos.dev',
    });

    expect(members.map((member) => member.resource?.metadata?.id)).toEqual(['cp-1', 'worker-01']);
    expect(members[1]?.resource?.spec?.yaml_spec).toContain('machineType: worker');
  });

  it('notes every call with what the client sent', async () => {
    const sim = await start();
    const client = connect(sim.talosconfig);

    await client.unary(VERSION, {}, { node: 'worker-01', runtime: 'Talos' });

    expect(sim.calls).toMatchObject([
      {
        method: VERSION,
        node: 'worker-01',
        endpoint: sim.endpoints[0]!.target,
        metadata: { runtime: ['Talos'] },
        servedBy: 'worker-01',
        code: 0,
      },
    ]);
  });

  it('starts a hundred nodes behind three endpoints quickly', async () => {
    const before = threadTimeMs();

    const { nodes } = await start({ workers: 97 });

    expect(nodes).toHaveLength(100);
    expect(threadTimeMs() - before).toBeLessThan(400);
  });

  it('runs beside another one on the same addresses', async () => {
    const { talosconfig } = await start();
    const other = await start({ name: 'other', version: 'v1.12.0' });

    expect(await tagOf(connect(other.talosconfig))).toBe('v1.12.0');
    expect(await tagOf(connect(talosconfig))).toBe('v1.13.9');
  });

  it('gives each endpoint a port when there is one address for all', async () => {
    const { talosconfig, endpoints } = await start({ addressing: 'port-each' });

    expect(new Set(endpoints.map((endpoint) => endpoint.address))).toEqual(new Set(['127.0.0.1']));
    expect(new Set(endpoints.map((endpoint) => endpoint.port)).size).toBe(3);
    expect(await tagOf(connect(talosconfig, endpoints[2]!.target), 'worker-01')).toBe('v1.13.9');
  });
});
