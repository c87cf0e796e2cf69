import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { NOW_MS } from '../../fakes/bridge/cluster-data.ts';
import { failureOf } from '../../fakes/bridge/fake-bridge.ts';
import { etcdMemberOf, etcdView } from '../../fakes/bridge/health-data.ts';
import { openApp } from '../support/open-app.ts';
import type { EtcdView } from '../../../preload/contract/index.ts';

const CONTEXT = { context: 'prod-fra' };

const open = (view: EtcdView) => openApp('etcd', clusterBridge().publish('etcd.state', CONTEXT, view));
const silent = (place: number) => {
  const { report: _report, ...member } = etcdMemberOf(place);
  return { ...member, failure: failureOf('unreachable', `cp-${place} does not answer.`) };
};

describe('the page of etcd', () => {
  it('tells the quorum in words and as a picture, and each member joined with what it says', async () => {
    const behind = etcdMemberOf(2);
    const report = { ...behind.report!, raftAppliedIndex: 119_331 };
    const { user } = open(etcdView({ members: [etcdMemberOf(1), { ...behind, report }, etcdMemberOf(3)] }));

    expect(await screen.findByText('3 members, 2 needed, may lose 1')).toBeTruthy();
    expect(screen.getByRole('img', { name: /^Quorum: 3 members, 2 needed, may lose 1; cp-1 answers/ })).toBeTruthy();
    expect(screen.getByText(/cp-1 leads\./)).toBeTruthy();
    const grid = await screen.findByRole('grid', { name: 'Members of etcd' });
    const row = within(grid).getByRole('row', { name: /cp-2/ });
    expect(row.textContent).toMatch(/voting member.*84 MiB.*49.*1,000/);
    await user.dblClick(within(row).getByRole('rowheader'));

    const inspector = await screen.findByRole('complementary', { name: 'etcd member cp-2' });
    expect(inspector.textContent).toContain('Then: 2 members, 2 needed, may lose none.');
    expect(inspector.textContent).toMatch(/8e9e05c521646942.*1,000 entries.*3\.6\.4.*3\.6\.0/s);
  });

  it('says that quorum is lost, and not to wipe what may be the last data', async () => {
    open(
      etcdView({
        members: [{ ...etcdMemberOf(1), isLeader: false }, silent(2), silent(3)],
        quorum: { voters: 3, needed: 2, alive: 1, mayLose: -1 },
        leader: undefined as never,
      }),
    );

    const banner = await screen.findByRole('region', { name: 'etcd has no quorum' });
    expect(banner.textContent).toContain('its data may be the last');
    expect(screen.getByText('3 members, 2 needed, no quorum')).toBeTruthy();
    expect(screen.getByText(/Too few answer for a quorum of 2.* 1 of 3 answer/)).toBeTruthy();
    expect(screen.getByRole('img', { name: /cp-2 does not answer/ })).toBeTruthy();
  });

  it('counts no votes while nobody lists the members, and offers to copy what may be the last data all the same', async () => {
    const view = etcdView({
      members: [{ ...etcdMemberOf(1), isLeader: false }],
      status: 'stale',
      quorum: undefined as never,
      leader: undefined as never,
    });
    open(view);

    const banner = await screen.findByRole('region', { name: 'No member of etcd is known to lead' });
    expect(banner.textContent).toContain('how many have to answer is not known. Do not wipe');
    expect(banner.textContent).toContain('Copy the database of cp-1');
    expect(screen.getByText('Quorum not known')).toBeTruthy();
  });

  it('never says that a further member may be lost while those that answer know no leader', async () => {
    const members = [1, 2, 3].map((place) => ({ ...etcdMemberOf(place), isLeader: false }));
    open(etcdView({ members, leader: undefined as never }));

    const banner = await screen.findByRole('region', { name: 'No member of etcd is known to lead' });
    expect(banner.textContent).toContain('until the members agree on one');
    expect(screen.getByText('2 have to agree on a leader, and do not.')).toBeTruthy();
    expect(screen.queryByText(/goes on as long as/)).toBeNull();
  });

  it('leads from an alarm to the plans that help against it', async () => {
    const { bridge, user } = open(etcdView({ members: [etcdMemberOf(1, { alarms: ['NOSPACE'] }), etcdMemberOf(2)] }));
    bridge.answer('deeds.plan', () => ({ ok: false, failure: failureOf('unreachable', 'Nobody answers.') }));

    const banner = within(await screen.findByRole('region', { name: 'cp-1 has raised NOSPACE' }));
    expect(banner.getAllByRole('button').map(({ textContent }) => textContent.trim())).toEqual([
      'Defragment all…',
      'Disarm the alarms…',
    ]);
    await user.click(banner.getByRole('button', { name: 'Disarm the alarms…' }));

    await waitFor(() =>
      expect(bridge.calls.findLast(({ name }) => name === 'deeds.plan')?.input).toMatchObject({ deed: 'etcd-disarm' }),
    );
  });

  it('says once why there are no members, counts none, and leads to what looks further', async () => {
    const failure = failureOf('precondition', 'cp-1 answered: error building etcd client.');
    open({ ...CONTEXT, status: 'failed', members: [], missing: [], failure });

    expect(await screen.findAllByText(/cp-1 answered: error building etcd client\./)).toHaveLength(1);
    expect(screen.getByRole('heading', { name: 'etcd', level: 1 })).toBeTruthy();
    expect(screen.getAllByRole('button', { name: 'Recover…' })).toHaveLength(2);
  });

  it('names members without a machine, control planes without a member, and what raised an alarm', async () => {
    const { node: _node, report: _report, ...homeless } = etcdMemberOf(3);
    open(
      etcdView({
        members: [etcdMemberOf(1), etcdMemberOf(2, { alarms: ['NOSPACE'] }), homeless],
        missing: ['10.5.0.4'],
      }),
    );

    expect(await screen.findByRole('region', { name: '1 member without a machine' })).toBeTruthy();
    expect(screen.getByRole('region', { name: '1 control plane without a member' }).textContent).toContain('cp-3');
    expect(screen.getByRole('region', { name: 'cp-2 has raised NOSPACE' }).textContent).toContain('refuses writes');
    const grid = await screen.findByRole('grid', { name: 'Members of etcd' });
    expect(within(grid).getByText('none known')).toBeTruthy();
  });

  it('dates what is old, says why, and keeps what a hostile member tells as text', async () => {
    open(
      etcdView({
        status: 'stale',
        failure: failureOf('timeout', 'cp-1 took too long.'),
        members: [etcdMemberOf(1, { hostname: 'cp\u202e<b>1', alarms: ['NOSPACE\u0007'] })],
        quorum: { voters: 1, needed: 1, alive: 1, mayLose: 0 },
        atMs: NOW_MS - 60_000,
      }),
    );

    expect(await screen.findAllByText(/^As of .*cp-1 took too long\.$/)).toBeTruthy();
    await waitFor(() => expect(document.querySelector('main')?.textContent).not.toMatch(/\u202e/));
    expect(document.querySelector('main b')).toBeNull();
    expect(screen.getByText(/When the only member is lost, so is etcd/)).toBeTruthy();
  });

  it('says in the details of a member that they are old, and never that it is gone while that is not known', async () => {
    const { user, bridge } = open(etcdView());
    const grid = await screen.findByRole('grid', { name: 'Members of etcd' });
    await user.dblClick(within(within(grid).getByRole('row', { name: /cp-2/ })).getByRole('rowheader'));
    const inspector = await screen.findByRole('complementary', { name: 'etcd member cp-2' });
    const failure = failureOf('timeout', 'cp-1 took too long.');

    bridge.publish('etcd.state', CONTEXT, etcdView({ status: 'stale', failure, atMs: NOW_MS - 60_000 }));
    await within(inspector).findByText(/^As of .*cp-1 took too long\.$/);
    bridge.publish('etcd.state', CONTEXT, { ...CONTEXT, status: 'loading', members: [], missing: [] });
    await within(screen.getByRole('complementary')).findByText('etcd is being read…');
    bridge.publish('etcd.state', CONTEXT, etcdView({ members: [etcdMemberOf(1)] }));

    await within(screen.getByRole('complementary')).findByText('etcd no longer lists this member.');
  });

  it('offers nothing that needs the machine of a member that is on none', async () => {
    const { node: _node, report: _report, ...homeless } = etcdMemberOf(3);
    const { user } = open(etcdView({ members: [etcdMemberOf(1), homeless] }));
    const grid = await screen.findByRole('grid', { name: 'Members of etcd' });
    await user.dblClick(within(within(grid).getByRole('row', { name: /cp-3/ })).getByRole('rowheader'));
    const inspector = within(await screen.findByRole('complementary'));

    const leave = await inspector.findByRole<HTMLButtonElement>('button', { name: 'Have it leave…' });
    expect([leave.disabled, leave.title]).toEqual([true, 'It is on none of the machines that are known.']);
    expect(inspector.getByRole<HTMLButtonElement>('button', { name: 'Remove it…' }).disabled).toBe(false);
  });

  it('says while etcd is read that it is, not that no member answers', async () => {
    open({ ...CONTEXT, status: 'loading', members: [], missing: [] });

    const take = await screen.findByRole<HTMLButtonElement>('button', { name: 'Take a snapshot…' });
    await waitFor(() => expect(take.title).toBe('etcd is still being read.'));
  });

  it('does not explain an alarm that it does not know', async () => {
    open(etcdView({ members: [etcdMemberOf(1, { alarms: ['LATE'] })] }));

    const banner = await screen.findByRole('region', { name: 'cp-1 has raised LATE' });
    expect(banner.textContent).toContain('Minos does not know this kind of alarm.');
  });

  it('of a cluster without etcd says that it has none until it is bootstrapped', async () => {
    open({ ...CONTEXT, status: 'failed', members: [], missing: [] });

    expect(await screen.findByText(/A new cluster has none until it is bootstrapped/)).toBeTruthy();
  });

  it('offers what can be done to a member, and to all of them, each as a plan for machines that are named', async () => {
    const { user, bridge } = open(etcdView({ members: [1, 2].map((place) => etcdMemberOf(place)).concat(silent(3)) }));
    bridge.answer('deeds.list', () => ({ ok: true, value: [] }));
    bridge.answer('deeds.plan', () => ({ ok: false, failure: failureOf('unreachable', 'Nobody answers.') }));
    const planned = async (): Promise<unknown> => {
      await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Cancel' }));
      const { context: _context, ...wish } = bridge.calls.findLast(({ name }) => name === 'deeds.plan')?.input as {
        readonly context: string;
      };
      return wish;
    };
    const grid = await screen.findByRole('grid', { name: 'Members of etcd' });

    await user.dblClick(within(within(grid).getByRole('row', { name: /cp-2/ })).getByRole('rowheader'));
    await user.click(await screen.findByRole('button', { name: 'Have it leave…' }));
    expect(await planned()).toEqual({ nodes: ['10.5.0.3'], deed: 'etcd-leave', params: {} });
    await user.dblClick(within(within(grid).getByRole('row', { name: /cp-3/ })).getByRole('rowheader'));
    await user.click(await screen.findByRole('button', { name: 'Remove it…' }));
    expect(await planned()).toEqual({
      nodes: ['10.5.0.2'],
      deed: 'etcd-remove-member',
      params: { member: '8e9e05c521646943' },
    });
    await user.click(screen.getByRole('button', { name: 'What can be done to etcd' }));
    await user.click(screen.getByRole('menuitem', { name: 'Defragment all…' }));
    expect(await planned()).toEqual({ nodes: ['10.5.0.2', '10.5.0.3'], deed: 'etcd-defragment', params: {} });
  });

  it('looks at a snapshot on the disk: what it holds, or why it cannot be used', async () => {
    const { user, bridge } = open(etcdView());
    const member = { id: '8e9e05c521646941', name: 'cp-1', peerUrls: [], isLearner: false };
    const content = { hash: '854ec997', revision: 120_331, keys: 399, usedBytes: 65_536, members: [member] };
    bridge.answer('etcd.inspectSnapshot', () => ({
      ok: true,
      value: { name: 'a.snapshot', bytes: 65_568, integrity: 'right', content },
    }));
    await user.click(await screen.findByRole('button', { name: 'Look at a snapshot…' }));

    const sheet = await screen.findByRole('dialog', { name: 'a.snapshot' });
    expect(sheet.textContent).toMatch(/120,331.*399.*854ec997.*cp-1 \(8e9e05c521646941\)/s);
    const problem = 'It is not what etcd sent: its SHA-256 does not match. It cannot be used.';
    const { promise: isRead, resolve: read } = Promise.withResolvers<undefined>();
    bridge.answer('etcd.inspectSnapshot', async () => {
      await isRead;
      return { ok: true, value: { name: 'b.snapshot', bytes: 5, integrity: 'wrong', problem } };
    });
    await user.click(within(sheet).getByRole('button', { name: 'Look at another one…' }));
    await screen.findByText('A file is being chosen, or read and checked…');
    read(undefined);
    expect((await screen.findByRole('dialog', { name: 'b.snapshot' })).textContent).toContain(problem);
  });
});
