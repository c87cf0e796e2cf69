import { describe, expect, it } from 'vitest';
import { talosconfigText } from '../../../../main/simulator/cluster/talosconfig-text.ts';
import { useHarness } from '../harness.ts';

const VERSION = '/machine.MachineService/Version';
const { start, connect } = useHarness();
const REFUSED = { code: 7, text: 'not authorized' };

async function clientWith(roles: readonly string[]) {
  const simulator = await start();
  return connect(await simulator.talosconfigFor({ roles }));
}

describe('a client certificate', () => {
  it('of a reader reads and restarts nothing', async () => {
    const client = await clientWith(['os:reader']);

    expect((await client.unary(VERSION, {}, { node: 'worker-01' })).messages).toHaveLength(1);
    expect(await client.error('/machine.MachineService/ServiceRestart', { id: 'kubelet' }, { node: 'cp-2' })).toEqual(
      REFUSED,
    );
    expect(await client.error('/machine.MachineService/GenerateClientConfiguration', {}, {})).toEqual(REFUSED);
  });

  it('of an operator restarts, and does not get secrets', async () => {
    const client = await clientWith(['os:operator']);

    expect((await client.unary('/machine.MachineService/ServiceRestart', { id: 'kubelet' })).messages).toHaveLength(1);
    expect(await client.error('/machine.MachineService/Bootstrap', {})).toEqual(REFUSED);
  });

  it('for etcd backups reads etcd and nothing else', async () => {
    const client = await clientWith(['os:etcd:backup']);

    expect((await client.unary('/machine.MachineService/EtcdMemberList', {})).messages).toHaveLength(1);
    expect(await client.error(VERSION, {})).toEqual(REFUSED);
  });

  it('with several roles may do what any of them may', async () => {
    const client = await clientWith(['os:etcd:backup', 'os:reader']);

    expect((await client.unary(VERSION, {})).messages).toHaveLength(1);
  });

  it('without a role may do nothing', async () => {
    expect(await (await clientWith([])).error(VERSION, {})).toEqual(REFUSED);
  });

  it('with an unknown role may do nothing', async () => {
    expect(await (await clientWith(['os:king'])).error(VERSION, {})).toEqual(REFUSED);
  });

  it('of an impersonator may do what the roles it claims may', async () => {
    const client = await clientWith(['os:impersonator']);

    expect(await client.error(VERSION, {})).toEqual(REFUSED);
    expect((await client.unary(VERSION, {}, { 'talos-role': 'os:reader' })).messages).toHaveLength(1);
  });

  it('cannot claim roles without being an impersonator', async () => {
    const client = await clientWith(['os:etcd:backup']);

    expect(await client.error(VERSION, {}, { 'talos-role': 'os:admin' })).toEqual(REFUSED);
  });

  // A real server says these in alerts of TLS, after the client believes that the handshake is done.
  const alert = (number: number) => ({
    code: 14,
    text: expect.stringContaining(`SSL alert number ${number}\n`) as unknown,
  });

  it('that has expired is refused', async () => {
    const simulator = await start();
    const client = connect(await simulator.talosconfigFor({ ttlMs: -60_000 }));

    expect(await client.error(VERSION, {})).toEqual(alert(45));
    expect(simulator.calls).toEqual([]);
  });

  it('that is not valid yet is refused like one that has expired', async () => {
    const simulator = await start();
    const notBeforeMs = Date.now() + 3_600_000;
    const client = connect(await simulator.talosconfigFor({ notBeforeMs, ttlMs: 7_200_000 }));

    expect(await client.error(VERSION, {})).toEqual(alert(45));
  });

  it('that may also be used by a server is refused', async () => {
    const simulator = await start();
    const client = connect(await simulator.talosconfigFor({ usages: ['clientAuth', 'serverAuth'] }));

    expect(await client.error(VERSION, {})).toEqual(alert(42));
    expect(simulator.calls).toEqual([]);
  });

  it('that is not for clients at all is refused', async () => {
    const simulator = await start();
    const client = connect(await simulator.talosconfigFor({ usages: ['serverAuth'] }));

    expect(await client.error(VERSION, {})).toEqual(alert(42));
  });

  it('of another cluster is refused', async () => {
    const simulator = await start();
    const other = await start({ name: 'other' });
    const foreign = await other.contextFor({});
    const client = connect(
      talosconfigText([{ ...foreign, caPem: simulator.caPem, endpoints: [simulator.endpoints[0]!.target] }]),
    );

    expect(await client.error(VERSION, {})).toEqual(alert(48));
  });
});
