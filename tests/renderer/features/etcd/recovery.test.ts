import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import { configOf, NOW_MS } from '../../../fakes/bridge/cluster-data.ts';
import { failureOf } from '../../../fakes/bridge/fake-bridge.ts';
import { openApp } from '../../support/open-app.ts';
import type { KnownSnapshot, RecoveryStep, RecoveryView } from '../../../../preload/contract/index.ts';

const CONTEXT = { context: 'prod-fra' };

const snapshotOf = (id: string, revision: number): KnownSnapshot => ({
  ...{ id, name: `${id}.snapshot`, from: 'schedule', atMs: NOW_MS - 3_600_000, bytes: 1e6, hasHash: true },
  ...{ revision, keys: 400, hash: '1a2b3c4d' },
});
const step = (but: Partial<RecoveryStep>): RecoveryStep => ({
  ...{ id: 'x', title: 'A step', why: 'Because.', state: 'later', talosctl: 'talosctl -n cp-1 x' },
  ...but,
});
const SEEN: RecoveryView = {
  ...CONTEXT,
  way: 'survivor',
  reasons: ['etcd has no quorum: no member leads.', 'Data of etcd is on cp-1.'],
  unknown: ['cp-2 does not answer.'],
  loses: 'Kubernetes is as it was at revision 7 afterwards.',
  controlPlanes: [
    { node: 'cp-1', name: 'cp-1', isControlPlane: true, service: 'Running', data: 'present', member: 'a' },
    { node: 'cp-2', name: 'cp-2', failure: 'It is\u202e not reached.' },
  ],
  steps: [
    step({ id: 'copy:cp-1', title: 'Copy the database of cp-1', state: 'done' }),
    step({
      ...{ id: 'wipe:cp-1', title: 'Wipe the etcd data of cp-1', state: 'now' },
      deed: { deed: 'etcd-wipe', nodes: ['cp-1'], params: {} },
    }),
    step({ id: 'choose', title: 'Choose the snapshot', choosesSnapshot: true }),
  ],
  snapshots: [snapshotOf('new', 9), snapshotOf('old', 7)],
  chosen: 'new',
  atMs: NOW_MS,
};

function open(view: RecoveryView = SEEN) {
  const bridge = clusterBridge().answer('etcd.recovery', () => ({ ok: true, value: view }));
  for (const name of ['etcd.beginRecovery', 'etcd.endRecovery'] as const)
    bridge.answer(name, () => ({ ok: true, value: undefined }));
  bridge.answer('deeds.list', () => ({ ok: true, value: [] }));
  bridge.answer('deeds.plan', () => ({ ok: false, failure: failureOf('unreachable', 'Nobody answers.') }));
  const app = openApp('etcd', bridge);
  const recover = async (): Promise<void> => app.user.click(await screen.findByRole('button', { name: 'Recover…' }));
  return { ...app, recover };
}
const inputOf = ({ bridge }: ReturnType<typeof open>, name: string): unknown =>
  bridge.calls.findLast((call) => call.name === name)?.input;

describe('the recovery of etcd', () => {
  it('says which way applies and why, what is not known, and what will be lost', async () => {
    const { recover } = open();
    await recover();

    const way = await screen.findByRole('region', { name: 'etcd has no quorum, and there is data to recover from' });
    expect(way.textContent).toContain('Data of etcd is on cp-1.');
    expect(screen.getByRole('region', { name: 'What is not known' }).textContent).toContain('cp-2 does not answer.');
    expect(screen.getByRole('region', { name: 'What will be lost' }).textContent).toContain('at revision 7');
    const machines = screen.getByRole('region', { name: 'Control planes' });
    expect(machines.textContent).toMatch(/cp-1\s*etcd Running, no leader, with data/);
    expect(machines.textContent).not.toContain('\u202e');
  });

  it('leads step by step: what is to be done now opens its plan, each step has its line of talosctl', async () => {
    const app = open();
    await app.recover();
    const steps = within(await screen.findByRole('list', { name: 'Steps' }));

    expect(steps.getAllByRole('listitem').map((item) => item.getAttribute('aria-label'))).toEqual([
      'Copy the database of cp-1: done',
      'Wipe the etcd data of cp-1: to be done now',
      'Choose the snapshot: later',
    ]);
    expect(steps.getAllByText('talosctl -n cp-1 x')).toHaveLength(3);
    expect(steps.queryByRole('button', { name: 'Copy the database of cp-1…' })).toBeNull();
    await app.user.click(steps.getByRole('button', { name: 'Wipe the etcd data of cp-1…' }));

    await waitFor(() =>
      expect(inputOf(app, 'deeds.plan')).toEqual({ ...CONTEXT, deed: 'etcd-wipe', nodes: ['cp-1'], params: {} }),
    );
    // From now on copies count.
    expect(inputOf(app, 'etcd.beginRecovery')).toEqual(CONTEXT);
  });

  it('opens no plan of a step once another cluster is shown: its machines are not of that one', async () => {
    const app = open();
    await app.recover();
    app.bridge.answer('etcd.beginRecovery', () => {
      app.bridge.publish('config.state', {}, configOf({ selected: 'staging' }));
      return { ok: true, value: undefined };
    });
    await app.user.click(await screen.findByRole('button', { name: 'Wipe the etcd data of cp-1…' }));

    await screen.findByRole('button', { name: 'Recover…' });
    expect(app.session.view.filling).toBeUndefined();
    expect(inputOf(app, 'deeds.plan')).toBeUndefined();
  });

  it('goes on with another snapshot, or with a file that the user chooses', async () => {
    const app = open();
    app.bridge.answer('etcd.chooseSnapshot', () => ({ ok: true, value: snapshotOf('mine', 8) }));
    await app.recover();
    const old = await screen.findByRole('radio', { name: /^old\.snapshot: revision 7, 400 keys/ });
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /^new/ }).checked).toBe(true);

    await app.user.click(old);
    await waitFor(() => expect(inputOf(app, 'etcd.beginRecovery')).toEqual({ ...CONTEXT, snapshot: 'old' }));
    await app.user.click(screen.getByRole('button', { name: 'Choose a file…' }));

    await waitFor(() => expect(inputOf(app, 'etcd.beginRecovery')).toEqual({ ...CONTEXT, snapshot: 'mine' }));
  });

  it('says why a file cannot be used until something else is asked for, however often it looks meanwhile', async () => {
    const app = open();
    const refusal = failureOf('invalid', 'x.db cannot be used: it is no database of etcd.');
    app.bridge.answer('etcd.chooseSnapshot', () => ({ ok: false, failure: refusal }));
    await app.recover();
    await app.user.click(await screen.findByRole('button', { name: 'Choose a file…' }));
    expect(await screen.findByText(/x\.db cannot be used/)).toBeTruthy();
    const looks = (): number => app.bridge.calls.filter(({ name }) => name === 'etcd.recovery').length;
    const before = looks();

    await waitFor(() => expect(looks()).toBeGreaterThan(before), { timeout: 6_000 });

    expect(screen.getByText(/x\.db cannot be used/)).toBeTruthy();
  }, 10_000);

  it('ends when nothing is wrong, and shows the members again', async () => {
    const { loses: _loses, ...rest } = SEEN;
    const app = open({ ...rest, way: 'nothing', reasons: [], unknown: [], steps: [], begunMs: NOW_MS });
    await app.recover();

    await app.user.click(await screen.findByRole('button', { name: 'Finish' }));

    expect(await screen.findByRole('grid', { name: 'Members of etcd' })).toBeTruthy();
    expect(inputOf(app, 'etcd.endRecovery')).toEqual(CONTEXT);
  });

  it('says why nothing is seen, and tries again when told to', async () => {
    const app = open();
    app.bridge.answer('etcd.recovery', () => ({ ok: false, failure: failureOf('unreachable', 'No way leads there.') }));
    await app.recover();

    expect(await screen.findByText('No way leads there.')).toBeTruthy();
    app.bridge.answer('etcd.recovery', () => ({ ok: true, value: SEEN }));
    await app.user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('list', { name: 'Steps' })).toBeTruthy();
  });
});
