import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import { NOW_MS } from '../../../fakes/bridge/cluster-data.ts';
import { failureOf } from '../../../fakes/bridge/fake-bridge.ts';
import { etcdMemberOf, etcdView } from '../../../fakes/bridge/health-data.ts';
import { openApp } from '../../support/open-app.ts';
import type { EtcdView, SnapshotSchedule } from '../../../../preload/contract/index.ts';

const CONTEXT = { context: 'prod-fra' };
const HOUR_MS = 3_600_000;
const PLAN = { everyHours: 6, keep: 14, folder: '/home/me/snap\u202eshots', nextMs: NOW_MS + HOUR_MS };

function open(schedule: Omit<SnapshotSchedule, 'context'>, view: EtcdView = etcdView()) {
  const bridge = clusterBridge().publish('etcd.state', CONTEXT, view);
  bridge.publish('etcd.schedule', CONTEXT, { ...CONTEXT, ...schedule });
  bridge.answer('etcd.planSnapshots', () => ({ ok: true, value: undefined }));
  bridge.answer('etcd.endSnapshots', () => ({ ok: true, value: undefined }));
  return openApp('etcd', bridge);
}
const section = () => screen.findByRole('region', { name: 'Schedule of snapshots' });
const sheet = async () => within(await screen.findByRole('dialog', { name: /^Schedule of snapshots/ }));

describe('the schedule of snapshots', () => {
  it('is off at first, and planned with a folder that the system asks for', async () => {
    const { user, bridge } = open({});
    const line = await section();
    expect(line.textContent).toContain('Snapshots are not taken on a schedule.');
    await user.click(within(line).getByRole('button', { name: 'Schedule…' }));
    const { getByLabelText, getByRole } = await sheet();

    await user.clear(getByLabelText(/Hours between snapshots/));
    await user.type(getByLabelText(/Hours between snapshots/), '0');
    expect(getByRole<HTMLButtonElement>('button', { name: 'Choose the folder…' }).disabled).toBe(true);
    await user.clear(getByLabelText(/Hours between snapshots/));
    await user.type(getByLabelText(/Hours between snapshots/), '12');
    await user.click(getByRole('button', { name: 'Choose the folder…' }));

    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(bridge.calls.findLast(({ name }) => name === 'etcd.planSnapshots')?.input).toEqual({
      ...CONTEXT,
      everyHours: 12,
      keep: 14,
      choosesFolder: false,
    });
  });

  it('says that none is taken since the context got another CA, and is planned again as it was', async () => {
    const { user, bridge } = open({ before: { everyHours: 6, keep: 9, folder: '/old\u202efolder' } });
    const line = await section();
    expect(line.textContent).toMatch(
      /every 6 hours was planned for the cluster that this context led to before it got another CA/,
    );
    await user.click(within(line).getByRole('button', { name: 'Schedule…' }));
    const { getByText, getByRole } = await sheet();

    expect(getByText(/^Folder before: /).textContent).not.toContain('\u202e');
    getByRole('button', { name: 'Forget the one before' });
    await user.click(getByRole('button', { name: 'Choose the folder…' }));

    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(bridge.calls.findLast(({ name }) => name === 'etcd.planSnapshots')?.input).toMatchObject({
      everyHours: 6,
      keep: 9,
    });
  });

  it('says when the next one is due, why the last one was not taken, and is turned off', async () => {
    const { user, bridge } = open({ plan: PLAN, failure: 'The last one was not taken: etcd has no quorum.' });
    const line = await section();
    expect(line.textContent).toMatch(/every 6 hours while Minos runs; the newest 14 are kept\. The next one is due at/);
    expect(line.textContent).toContain('The last one was not taken: etcd has no quorum.');
    await user.click(within(line).getByRole('button', { name: 'Schedule…' }));
    const { getByText, getByRole } = await sheet();

    expect(getByText(/^Folder: /).textContent).not.toContain('\u202e');
    await user.click(getByRole('button', { name: 'Turn it off' }));

    await waitFor(() => expect(bridge.calls.some(({ name }) => name === 'etcd.endSnapshots')).toBe(true));
  });

  it('leaves what is being typed alone while a snapshot is taken', async () => {
    const { user, bridge } = open({ plan: PLAN, takenBytes: 1 });
    await user.click(within(await section()).getByRole('button', { name: 'Schedule…' }));
    const { getByLabelText } = await sheet();
    const hours = getByLabelText<HTMLInputElement>(/Hours between snapshots/);
    await user.clear(hours);
    await user.type(hours, '48');

    bridge.publish('etcd.schedule', CONTEXT, { ...CONTEXT, plan: { ...PLAN }, takenBytes: 9_000_000 });
    await waitFor(() => expect(screen.getByText(/One is being taken: 8\.6/)).toBeTruthy());

    expect(hours.value).toBe('48');
  });

  it('stays open and says why when it cannot be planned', async () => {
    const { user, bridge } = open({ plan: PLAN });
    bridge.answer('etcd.planSnapshots', () => ({ ok: false, failure: failureOf('file-access', 'The disk is full.') }));
    await user.click(within(await section()).getByRole('button', { name: 'Schedule…' }));
    const { getByRole, findByText } = await sheet();

    await user.click(getByRole('button', { name: 'Keep it so' }));

    expect(await findByText('The disk is full.')).toBeTruthy();
  });

  it('offers to copy the database of each member that answers when the quorum is lost', async () => {
    const { report: _report, ...silent } = etcdMemberOf(2);
    const quorum = { voters: 3, needed: 2, alive: 1, mayLose: -1 };
    const { user, session } = open({}, etcdView({ members: [etcdMemberOf(1), silent], quorum }));
    const banner = within(await screen.findByRole('region', { name: 'etcd has no quorum' }));

    expect(banner.getAllByRole('button').map(({ textContent }) => textContent?.trim())).toEqual([
      'Copy the database of cp-1…',
    ]);
    await user.click(banner.getByRole('button'));
    expect(session.view.form?.command.id ?? session.notices).toBeDefined();
  });
});
