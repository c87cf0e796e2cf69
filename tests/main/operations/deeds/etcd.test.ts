import { afterEach, describe, expect, it } from 'vitest';
import type { ConfirmQuestion } from '../../../../preload/contract/index.ts';
import { startSimulator, type Simulator } from '../../../../main/simulator/simulator.ts';
import { etcdMemberId } from '../../../../main/simulator/cluster/etcd-membership.ts';
import type { MethodPath } from '../../../../main/talos/method-types.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../../fakes/open-workspace.ts';
import { requestsSent } from '../../../fakes/requests-sent.ts';
import { confirming, triedDeeds } from '../../../fakes/tried-deeds.ts';

const MIB = 1024 ** 2;
const signal = new AbortController().signal;
let simulator: Simulator;
let opened: TestWorkspace;
let asked: ConfirmQuestion[];
/** What happens while the question is open. */
let meanwhile: () => void;

afterEach(async () => {
  await opened.close();
  await simulator.close();
});

async function start(controlPlanes = 3, roles?: readonly string[]): Promise<void> {
  simulator = await startSimulator({
    proto: testProto(),
    controlPlanes,
    workers: 1,
    endpoints: ['cp-1'],
    ...(roles && { roles }),
  });
  asked = [];
  meanwhile = () => undefined;
  opened = await openWorkspace(simulator.talosconfig, undefined, confirming(asked, { meanwhile: () => meanwhile() }));
  await opened.workspace.nodes('sim').refresh();
}

const planOf = (deed: string, nodes: readonly string[], params: Readonly<Record<string, string>> = {}) =>
  opened.workspace.deeds.plan({ context: 'sim', nodes: [...nodes], deed, params: { ...params } }, signal);
const { apply, newest } = triedDeeds(() => opened);
const member = (name: string) => simulator.etcd.memberOn(simulator.node(name))!;
const method = (name: string): MethodPath => `/machine.MachineService/${name}` as MethodPath;
const sent = (name: string): readonly unknown[] => requestsSent(simulator, method(name));
const refusedOn = async (deed: string, node: string, params?: Readonly<Record<string, string>>) => {
  const { machines, refused, head } = await planOf(deed, [node], params);
  expect(head).toBeUndefined();
  return refused ?? machines[0]?.refused;
};
/** The sim's members that do not answer any more. */
const down = (...names: readonly string[]): void =>
  names.forEach((name) => simulator.setNodeFault(name, { kind: 'down' }));

describe('defragmenting etcd', () => {
  it('is done to one member after another, the leader last, and says how large each database was and is', async () => {
    await start();
    for (const name of ['cp-1', 'cp-2', 'cp-3']) {
      simulator.node(name).setIlls({ etcdBytes: { size: 100 * MIB, inUse: 40 * MIB } });
    }

    const preview = await planOf('etcd-defragment', ['cp-1', 'cp-2', 'cp-3']);
    expect(preview.machines.map(({ name, now }) => [name, now])).toEqual([
      ['cp-2', 'follows in etcd'],
      ['cp-3', 'follows in etcd'],
      ['cp-1', 'leads etcd'],
    ]);
    expect(preview.head?.effects).toContain('On cp-2: its database has 100 MiB, of which 40 MiB are in use.');
    // talosctl takes one machine at a time.
    expect(preview.talosctl).toMatch(
      /-n 10\.5\.0\.3 etcd defrag && talosctl .* -n 10\.5\.0\.4 .* && .* -n 10\.5\.0\.2 etcd defrag$/,
    );
    expect(sent('EtcdDefragment')).toEqual([]);
    await apply(preview);

    expect(sent('EtcdDefragment')).toEqual([{ node: '10.5.0.3' }, { node: '10.5.0.4' }, { node: '10.5.0.2' }]);
    expect(newest()?.steps.map(({ name, stage, text }) => [name, stage, text])).toEqual(
      ['cp-2', 'cp-3', 'cp-1'].map((name) => [name, 'done', 'Its database has 40 MiB now, and had 100 MiB before.']),
    );
  });

  it('ends when the leadership moved to a member whose turn has not come', async () => {
    await start();
    const preview = await planOf('etcd-defragment', ['cp-1', 'cp-2', 'cp-3']);
    meanwhile = () => simulator.etcd.lead(simulator.node('cp-3'));

    await expect(apply(preview)).rejects.toMatchObject({ failure: { code: 'conflict' } });

    expect(sent('EtcdDefragment')).toEqual([{ node: '10.5.0.3' }]);
  });

  it('is refused where no member runs, and of several while one does not answer', async () => {
    await start();
    expect(await refusedOn('etcd-defragment', 'worker-01')).toBe('No member of etcd runs on it.');
    down('cp-3');

    const both = await planOf('etcd-defragment', ['cp-1', 'cp-2']);
    expect(both.machines.map(({ refused }) => refused)).toEqual(
      Array(2).fill('cp-3 does not answer: defragment no more than one member then.'),
    );
    const one = await planOf('etcd-defragment', ['cp-2']);
    expect(one.head?.effects.join()).toContain('etcd has no member to spare');
  });

  it('is not done when etcd lost the member to spare while it was confirmed', async () => {
    await start();
    const preview = await planOf('etcd-defragment', ['cp-2']);
    meanwhile = () => down('cp-3');

    await expect(apply(preview)).rejects.toMatchObject({ failure: { code: 'conflict' } });

    expect(sent('EtcdDefragment')).toEqual([]);
  });
});

describe('alarms of etcd', () => {
  it('are disarmed once, through one machine, after it was said what raised them', async () => {
    await start();
    simulator.node('cp-2').setIlls({ etcdBytes: { size: 2048 * MIB, inUse: 500 * MIB } });
    simulator.setNodeFault('cp-2', { kind: 'etcd-alarm', alarm: 'NOSPACE' });

    const preview = await planOf('etcd-disarm', ['cp-1']);
    expect(preview.machines[0]?.now).toBe('cp-2 has raised NOSPACE');
    expect(preview.head?.effects.at(-1)).toBe(
      'On cp-1: the database of cp-2 was full. It has 2 GiB, of which 500 MiB are in use; defragment it first, or the alarm comes back.',
    );
    await apply(preview);

    expect(sent('EtcdAlarmDisarm')).toEqual([{ node: '10.5.0.2' }]);
    expect(newest()?.steps[0]).toMatchObject({ stage: 'done', text: 'No alarm is left.' });
    expect(await refusedOn('etcd-disarm', 'cp-1')).toBe('No member has raised an alarm.');
    expect(await refusedOn('etcd-disarm', 'worker-01')).toBe('No member of etcd runs on it.');
  });
});

describe('the leadership of etcd', () => {
  it('is handed over by the one that has it, and by no other', async () => {
    await start();
    expect(await refusedOn('etcd-forfeit', 'cp-2')).toBe('It does not lead etcd, so nothing would change.');

    const preview = await planOf('etcd-forfeit', ['cp-1']);
    expect(preview.machines[0]?.now).toBe('leads etcd; cp-2 would take over');
    await apply(preview);

    expect(sent('EtcdForfeitLeadership')).toEqual([{ node: '10.5.0.2' }]);
    expect(newest()?.steps[0]?.text).toMatch(/^cp-2 leads, \d+ s after\.$/);
  });

  it('stays where it is without another member, or when the next one cannot lead', async () => {
    await start(1);
    expect(await refusedOn('etcd-forfeit', 'cp-1')).toBe('It is the only member: nobody could take over.');
    await opened.close();
    await simulator.close();
    await start();
    down('cp-2');
    expect(await refusedOn('etcd-forfeit', 'cp-1')).toBe('cp-2 would take over, which does not answer.');
  });
});

describe('leaving etcd', () => {
  it('shows the arithmetic, asks for the name of the cluster, and says what is left', async () => {
    await start();

    const preview = await planOf('etcd-leave', ['cp-3']);
    expect(preview.head).toMatchObject({ risk: 'destroys' });
    expect(preview.head?.effects).toContain(
      'On cp-3: etcd now: 3 members, 2 needed, may lose 1. Then: 2 members, 2 needed, may lose none. Until another one votes, none may be lost.',
    );
    expect(preview.talosctl).toMatch(/ -n 10\.5\.0\.4 etcd leave$/);
    await apply(preview);

    expect(asked[0]).toMatchObject({ isDestructive: true, typed: 'sim' });
    expect(sent('EtcdLeaveCluster')).toEqual([{ node: '10.5.0.4' }]);
    expect(newest()?.steps[0]?.text).toMatch(/^etcd has 2 members, 2 needed, may lose none, \d+ s after\.$/);
  });

  it('is refused when etcd would stop, while another one joins, and of a member that does not answer', async () => {
    await start();
    down('cp-3');
    expect(await refusedOn('etcd-leave', 'cp-2')).toBe(
      'etcd would stop: then 1 of 2 voting members answer, and 2 are needed.',
    );
    expect(await refusedOn('etcd-leave', 'cp-3')).toMatch(
      /^Its member of etcd does not answer: .* remove the member by its id/,
    );
    simulator.setNodeFault('cp-3', null);
    simulator.etcd.remove(member('cp-3').hex);
    simulator.etcd.join(simulator.node('cp-3'));
    expect(await refusedOn('etcd-leave', 'cp-2')).toBe('cp-3 is still joining etcd: wait until it votes.');
    expect((await planOf('etcd-leave', ['cp-1', 'cp-2'])).refused).toBe('Members leave one by one: name one machine.');
  });

  it('is not done when the members changed while it was confirmed', async () => {
    await start();
    const preview = await planOf('etcd-leave', ['cp-3']);
    meanwhile = () => void simulator.etcd.remove(member('cp-2').hex);

    await expect(apply(preview)).rejects.toMatchObject({ failure: { code: 'conflict' } });

    expect(sent('EtcdLeaveCluster')).toEqual([]);
  });

  it('of the only member is refused, and of anybody without a quorum', async () => {
    await start(1);
    expect(await refusedOn('etcd-leave', 'cp-1')).toBe('It is the only voting member: without it there is no etcd.');
    await opened.close();
    await simulator.close();
    await start();
    down('cp-2', 'cp-3');
    expect(await refusedOn('etcd-leave', 'cp-1')).toMatch(/^The members of etcd cannot be listed now: /);
  });
});

describe('a member of etcd that answers and is cut off from the others', () => {
  it('has no vote to give: nobody else may leave, and one is defragmented at a time', async () => {
    await start();
    simulator.node('cp-3').setIlls({ isCutOffInEtcd: true });

    expect(await refusedOn('etcd-leave', 'cp-2')).toBe(
      'etcd would stop: then 1 of 2 voting members answer, and 2 are needed. Not counted, because it does not follow the leader: cp-3.',
    );
    const both = await planOf('etcd-defragment', ['cp-1', 'cp-2']);
    expect(both.machines.map(({ refused }) => refused)).toEqual(
      Array(2).fill('cp-3 does not follow the leader: defragment no more than one member then.'),
    );
  });

  it('is not asked to remove another one', async () => {
    await start(5);
    const { hex } = member('cp-5');
    down('cp-5');
    simulator.node('cp-4').setIlls({ isCutOffInEtcd: true });

    expect(await refusedOn('etcd-remove-member', 'cp-4', { member: hex })).toMatch(
      /^Its own member does not follow the leader/,
    );
    expect((await planOf('etcd-remove-member', ['cp-1'], { member: hex })).machines[0]?.now).toBe(
      'cp-5 does not answer; 5 members, 3 needed, may lose none',
    );
  });
});

describe('removing a member of etcd', () => {
  it('takes one that does not answer off the list, by its whole id of 64 bits, asked of one that does', async () => {
    await start();
    const gone = member('cp-3');
    down('cp-3');

    const preview = await planOf('etcd-remove-member', ['cp-1'], { member: gone.hex });
    expect(preview.machines[0]?.now).toBe('cp-3 does not answer; 3 members, 2 needed, may lose none');
    expect(preview.head?.effects.join('\n')).toMatch(
      /Then: 2 members, 2 needed, may lose none.*\n.*look whether it only is away/s,
    );
    expect(preview.talosctl).toMatch(new RegExp(` -n 10\\.5\\.0\\.2 etcd remove-member ${gone.hex}$`));
    await apply(preview);

    expect(sent('EtcdRemoveMemberByID')).toEqual([{ node: '10.5.0.2', member_id: etcdMemberId(gone) }]);
    expect(simulator.etcd.members).toHaveLength(2);
    expect(newest()?.steps[0]?.text).toMatch(/^etcd has 2 members, 2 needed, may lose none, /);
  });

  it('says of one whose machine is not known that nobody was asked, not that it is silent', async () => {
    await start();
    simulator.node('cp-3').setIlls({ isUndiscovered: true });

    const { machines, head } = await planOf('etcd-remove-member', ['cp-1'], { member: member('cp-3').hex });

    expect(machines[0]?.now).toBe('cp-3 runs on no machine that is known here; 3 members, 2 needed, may lose none');
    expect(head?.effects.at(-1)).toBe(
      'On cp-1: no machine of cp-3 is known here, so nobody was asked whether it is alive.',
    );
  });

  it('is refused for one that answers, for one that is not listed, and when asked of itself or of a silent one', async () => {
    await start();
    expect(await refusedOn('etcd-remove-member', 'cp-1', { member: member('cp-3').hex })).toBe(
      'cp-3 answers: have it leave instead on 10.5.0.4.',
    );
    expect(await refusedOn('etcd-remove-member', 'cp-1', { member: '1' })).toBe(
      'etcd lists no member 0000000000000001.',
    );
    await expect(planOf('etcd-remove-member', ['cp-1'], { member: 'x' })).rejects.toMatchObject({
      failure: { code: 'invalid', where: { field: 'member' } },
    });
    const { hex } = member('cp-3');
    down('cp-3');
    expect(await refusedOn('etcd-remove-member', 'worker-01', { member: hex })).toMatch(
      /^Its own member does not answer/,
    );
    expect(await refusedOn('etcd-remove-member', 'cp-3', { member: hex })).toMatch(
      /^It is the member of this machine itself/,
    );
  });
});

describe('an older version of etcd', () => {
  it('is allowed one minor version down, after etcd said that it may, and taken back', async () => {
    await start();
    expect(await refusedOn('etcd-downgrade', 'cp-1', { version: '3.4' })).toBe(
      'etcd goes down one minor version at a time: from 3.6 to 3.5.',
    );
    await expect(planOf('etcd-downgrade', ['cp-1'], { version: '3.5.1' })).rejects.toMatchObject({
      failure: { code: 'invalid', where: { field: 'version' } },
    });

    const preview = await planOf('etcd-downgrade', ['cp-1'], { version: '3.5' });
    expect(preview.machines[0]?.now).toBe('etcd 3.6');
    expect(simulator.calls.some(({ method: called }) => called === method('EtcdDowngradeValidate'))).toBe(true);
    await apply(preview);
    await apply(await planOf('etcd-downgrade-cancel', ['cp-1']));

    expect(sent('EtcdDowngradeEnable')).toEqual([{ node: '10.5.0.2', version: '3.5' }]);
    expect(sent('EtcdDowngradeCancel')).toEqual([{ node: '10.5.0.2' }]);
  });
});

it('deeds on etcd say which role they take, and have no button without it', async () => {
  await start(3, ['os:operator']);

  expect((await planOf('etcd-leave', ['cp-3'])).refused).toContain('os:admin');
  expect((await planOf('etcd-defragment', ['cp-3'])).head).toBeDefined();
});
