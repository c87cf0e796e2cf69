import { X509Certificate } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { useHarness } from './harness.ts';
import { contextOf, decode, type TalosClient } from './talos-client.ts';

const { start, connect } = useHarness();
const KUBECONFIG = '/machine.MachineService/Kubeconfig';
const GENERATE = '/machine.MachineService/GenerateClientConfiguration';
const BLOCK_BYTES = 512;
const DAY_SECONDS = 86_400;

interface Kubeconfig {
  readonly clusters: readonly [{ readonly name: string; readonly cluster: Record<string, string> }];
  readonly users: readonly [{ readonly name: string; readonly user: Record<string, string> }];
  readonly 'current-context': string;
}

async function fetchTar(client: TalosClient): Promise<Buffer> {
  const messages = await client.all(KUBECONFIG, {}, { node: 'cp-2' });
  return gunzipSync(Buffer.concat(messages.map(({ bytes }) => bytes)));
}

const kubeconfigOf = (tar: Buffer): Kubeconfig => parse(tar.subarray(BLOCK_BYTES).toString('utf8')) as Kubeconfig;

describe('the kubeconfig of a control plane', () => {
  it('is an archive of one private file that ends right after its bytes', async () => {
    const tar = await fetchTar(connect((await start()).talosconfig));

    const size = parseInt(tar.toString('latin1', 124, 135), 8);
    const sum = tar
      .subarray(0, BLOCK_BYTES)
      .reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);

    expect(tar.toString('latin1', 0, 10)).toBe('kubeconfig');
    expect(parseInt(tar.toString('latin1', 100, 107), 8)).toBe(0o600);
    expect(parseInt(tar.toString('latin1', 148, 154), 8)).toBe(sum);
    expect(tar.length).toBe(BLOCK_BYTES + size);
    expect(size % BLOCK_BYTES).not.toBe(0);
  });

  it('has one cluster and its admin, with a certificate issued for this call', async () => {
    const client = connect((await start({ name: 'prod' })).talosconfig);

    const [first, second] = [kubeconfigOf(await fetchTar(client)), kubeconfigOf(await fetchTar(client))];
    const { user } = first.users[0];
    const certificate = new X509Certificate(decode(user['client-certificate-data']!));

    expect(first['current-context']).toBe('admin@prod');
    expect(first.clusters[0].cluster['server']).toBe('https://10.5.0.2:6443');
    expect(certificate.subject.split('\n').sort()).toEqual(['CN=admin', 'O=system:masters']);
    expect(
      certificate.verify(
        new X509Certificate(decode(first.clusters[0].cluster['certificate-authority-data']!)).publicKey,
      ),
    ).toBe(true);
    expect(second.users[0].user).not.toEqual(user);
  });

  it('is not on a worker', async () => {
    const client = connect((await start()).talosconfig);

    await expect(client.all(KUBECONFIG, {}, { node: 'worker-01' })).rejects.toEqual({
      code: 12,
      text: 'kubeconfig is only available on control plane nodes',
    });
  });

  it('is not for an operator', async () => {
    const client = connect(await (await start()).talosconfigFor({ roles: ['os:operator'] }));

    await expect(client.all(KUBECONFIG, {})).rejects.toEqual({ code: 7, text: 'not authorized' });
  });
});

describe('a generated client configuration', () => {
  const generate = async (client: TalosClient, roles: string[], seconds: number) =>
    (await client.unary(GENERATE, { roles, crt_ttl: { seconds } }, { node: 'cp-1' })).messages[0]!;

  it('has the roles and the life asked for, and works', async () => {
    const simulator = await start({ name: 'prod' });

    const reply = await generate(connect(simulator.talosconfig), ['os:reader'], DAY_SECONDS);
    const certificate = new X509Certificate(reply.crt);
    const context = contextOf(reply.talosconfig.toString('utf8'), 'reader@prod');

    expect(certificate.subject).toBe('O=os:reader');
    expect(Math.abs(Date.parse(certificate.validTo) - Date.now() - DAY_SECONDS * 1000)).toBeLessThan(60_000);
    expect(context.endpoints).toEqual([]);
    const reader = connect(reply.talosconfig.toString('utf8'), simulator.endpoints[0]!.target);
    expect((await reader.unary('/machine.MachineService/Version', {})).messages).toHaveLength(1);
    expect((await reader.error('/machine.MachineService/Reboot', {})).text).toBe('not authorized');
  });

  it('is named after the cluster when it has several roles', async () => {
    const reply = await generate(
      connect((await start({ name: 'prod' })).talosconfig),
      ['os:reader', 'os:etcd:backup'],
      60,
    );

    expect(contextOf(reply.talosconfig.toString('utf8'), 'prod').crt).toBeTruthy();
  });

  it('wants a positive life and a control plane', async () => {
    const client = connect((await start()).talosconfig);

    expect(await client.error(GENERATE, { roles: ['os:reader'], crt_ttl: { seconds: 0 } })).toEqual({
      code: 3,
      text: 'crt_ttl should be positive',
    });
    expect(await client.error(GENERATE, { roles: [], crt_ttl: { seconds: 9 } }, { node: 'worker-01' })).toEqual({
      code: 12,
      text: 'generate client configuration is only available on control plane nodes',
    });
  });
});
