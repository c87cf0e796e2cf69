import { screen, within } from '@testing-library/svelte';
import type { DeedRecord } from '../../../../preload/contract/index.ts';
import { describe, expect, it } from 'vitest';
import { formatTime } from '../../../../renderer/lib/format.ts';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import {
  certificateOf,
  configOf,
  contextOf,
  nodeOf,
  NODES,
  nodesOf,
  NOW_MS,
} from '../../../fakes/bridge/cluster-data.ts';
import { failureOf } from '../../../fakes/bridge/fake-bridge.ts';
import {
  attentionOf,
  attentionState,
  downOf,
  healthOf,
  healthState,
  summaryOf,
} from '../../../fakes/bridge/health-data.ts';
import { kubeState } from '../../../fakes/bridge/fake-kubeconfig.ts';
import { openApp } from '../../support/open-app.ts';

const CONTEXT = { context: 'prod-fra' };

const panel = async (title: string) => {
  const heading = await screen.findByRole('heading', { level: 2, name: title });
  return within(heading.closest('section') ?? document.body);
};

describe('the overview', () => {
  it('names the nodes that are not reached, since the first failure, and opens one', async () => {
    const health = healthState(NODES.map(({ target }) => (target === '10.5.0.17' ? downOf(target) : healthOf(target))));
    const { user } = openApp('overview', clusterBridge().publish('health.state', CONTEXT, health));

    const missing = await (await panel('Nodes')).findByRole('list', { name: 'Nodes that do not answer' });
    expect(within(missing).getAllByRole('listitem')).toHaveLength(1);
    expect(missing.textContent).toContain(`not reached since ${formatTime(NOW_MS - 240_000)}`);
    expect(within(await screen.findByRole('list', { name: 'How they are' })).getByText(/13 well/)).toBeTruthy();
    await user.click(within(missing).getByRole('button', { name: 'worker-07' }));

    expect(await screen.findByRole('complementary', { name: 'Node worker-07' })).toBeTruthy();
  });

  it('shows the load of the nodes and which has the most, and opens that one', async () => {
    const loaded = (node: string, fraction: number) => healthOf(node, { cpu: { fraction, atMs: NOW_MS } });
    const health = healthState([loaded('10.5.0.2', 0.2), loaded('10.5.0.17', 0.6)]);
    const { user } = openApp('overview', clusterBridge().publish('health.state', CONTEXT, health));

    const load = await panel('Load');
    expect(load.getByRole('img', { name: /^CPU: 40 % on average of 2 nodes, most on worker-07: 60 %/ })).toBeTruthy();
    expect(load.getAllByRole('img')).toHaveLength(3);
    await user.click(load.getByRole('button', { name: 'worker-07 60 %' }));

    expect(await screen.findByRole('complementary', { name: 'Node worker-07' })).toBeTruthy();
  });

  it('dates a load that no node has told for a while', async () => {
    const atMs = NOW_MS - 600_000;
    const health = { ...healthState([healthOf('10.5.0.2', { cpu: { fraction: 0.2, atMs } })]), atMs };
    openApp('overview', clusterBridge().publish('health.state', CONTEXT, health));

    const load = await panel('Load');
    expect(load.getByText(/No\s+node has told more since\./).textContent).toContain(`as of ${formatTime(atMs)}`);
    expect(load.getByRole('img', { name: /^CPU: .* nothing since$/ })).toBeTruthy();
  });

  it('draws nothing as of now when no node tells anything any more', async () => {
    const silent = NODES.map(({ target }) => healthOf(target, { state: 'unknown', isStale: true }));
    const nodes = { well: 0, unwell: 0, unstable: 0, 'not-reached': 0, unknown: silent.length };
    const bridge = clusterBridge()
      .publish('overview.state', CONTEXT, summaryOf({ nodes }))
      .publish('nodes.state', CONTEXT, nodesOf({ status: 'stale', asOfMs: NOW_MS - 42_000 }));
    openApp('overview', bridge);
    // What was told before is kept, and dated.
    const load = await panel('Load');
    await load.findByRole('img', { name: /^CPU: / });
    bridge.publish('health.state', CONTEXT, healthState(silent));

    expect(await load.findByText(/No\s+node has told more since\./)).toBeTruthy();
    const cluster = await panel('Cluster');
    expect(cluster.getByText('This is as it was last told: no node tells anything now.')).toBeTruthy();
    for (const title of ['Nodes', 'Talos versions']) {
      const listed = await panel(title);
      expect(listed.getByRole('status').textContent).toBe(`As of ${formatTime(NOW_MS - 42_000)}, retrying.`);
    }
  });

  it('says in one calm line that nothing needs attention, and when that was looked at', async () => {
    openApp('overview');

    expect(await screen.findByText('Nothing needs attention. Last checked 3 s ago.')).toBeTruthy();
  });

  it('does not call calm what could not be looked at', async () => {
    const state = attentionState([], { unknown: ['etcd was not read: cp-1 refused the connection.'] });
    openApp('overview', clusterBridge().publish('attention.state', CONTEXT, state));

    expect(await screen.findByText(/^Nothing that could be looked at needs attention/)).toBeTruthy();
    expect(screen.getByText(/etcd was not read/)).toBeTruthy();
  });

  it('shows that nobody is notified where that was refused', async () => {
    const refused = { ok: false, failure: failureOf('refused', 'The desktop shows no notices.') } as const;
    const bridge = clusterBridge().answer('attention.notify', () => refused);
    const { user } = openApp('overview', bridge);

    const box = await screen.findByRole<HTMLInputElement>('checkbox', { name: 'Notify me' });
    const before = box.checked;
    await user.click(box);

    expect(await screen.findByText('The desktop shows no notices.')).toBeTruthy();
    expect(bridge.calls.at(-1)).toEqual({ name: 'attention.notify', input: { isOn: !before } });
    expect(box.checked).toBe(before);
  });

  it('counts what is wrong as the fleet does: a notice is told, and counted by itself', async () => {
    const notice = attentionOf('b', { title: 'Nodes run 2 versions of Talos', severity: 'notice' });
    openApp(
      'overview',
      clusterBridge().publish('attention.state', CONTEXT, attentionState([attentionOf('a'), notice])),
    );

    expect(await screen.findByRole('heading', { name: 'Attention 1 · 1 notice' })).toBeTruthy();
  });

  it('says what is wrong, since when and what to do, mutes it until a moment, and lets it be told again', async () => {
    const muted = attentionOf('b', { title: '2 versions', severity: 'notice', mutedUntilMs: NOW_MS + 3_600_000 });
    const bridge = clusterBridge().publish('attention.state', CONTEXT, attentionState([attentionOf('a'), muted]));
    const { user, session } = openApp('overview', bridge);

    const list = await screen.findByRole('list', { name: 'What needs attention' });
    expect(within(list).getByText('worker-07 is not reached')).toBeTruthy();
    expect(within(list).getByText(`since ${formatTime(NOW_MS - 240_000)} (4 min)`)).toBeTruthy();
    expect(within(list).getAllByRole('listitem')).toHaveLength(1);
    await user.click(within(list).getByRole('button', { name: 'Mute worker-07 is not reached' }));
    await user.click(screen.getByRole('menuitem', { name: 'For an hour' }));
    await user.click(screen.getByText('1 muted'));
    await user.click(screen.getByRole('button', { name: 'Unmute' }));

    const deeds = bridge.calls.filter(({ name }) => name.startsWith('attention.'));
    expect(deeds).toEqual([
      { name: 'attention.mute', input: { context: 'prod-fra', id: 'a', untilMs: NOW_MS + 3_600_000 } },
      { name: 'attention.unmute', input: { context: 'prod-fra', id: 'b' } },
    ]);
    await user.click(within(list).getByRole('button', { name: 'Open worker-07' }));
    expect(session.screen.part).toBe('10.5.0.17');
  });

  it('fills in the command that an item says to run, and asks nothing before it is pressed', async () => {
    const run = attentionOf('a', {
      action: { kind: 'run', label: 'Ask its version', command: 'version', nodes: ['10.5.0.2'] },
    });
    const line = attentionOf('b', { action: { kind: 'talosctl', label: 'defragment', line: 'talosctl etcd defrag' } });
    const { user, bridge, session } = openApp(
      'overview',
      clusterBridge().publish('attention.state', CONTEXT, attentionState([run, line])),
    );
    await screen.findByText('talosctl etcd defrag');

    await user.click(screen.getByRole('button', { name: 'Ask its version' }));

    expect(session.view.form).toMatchObject({ context: 'prod-fra', nodes: ['10.5.0.2'], command: { id: 'version' } });
    expect(bridge.runs).toHaveLength(0);
  });

  it('leads from an etcd that has lost its quorum to its recovery, which is looked at and not begun', async () => {
    const item = attentionOf('a', { action: { kind: 'open', label: 'Recover…', what: 'recovery' } });
    const bridge = clusterBridge()
      .publish('attention.state', CONTEXT, attentionState([item]))
      .answer('etcd.recovery', () => ({ ok: false, failure: failureOf('unreachable', 'No control plane answers.') }));
    const { user } = openApp('overview', bridge);

    await user.click(await screen.findByRole('button', { name: 'Recover…' }));

    expect(await screen.findByRole('heading', { level: 1, name: /^etcd/ })).toBeTruthy();
    expect(await screen.findByText('No control plane answers.')).toBeTruthy();
    expect(bridge.calls.filter(({ name }) => name.startsWith('etcd.'))).toEqual([
      { name: 'etcd.recovery', input: CONTEXT },
    ]);
  });

  it('opens the plan of a deed that mends an item, and does nothing before it was confirmed', async () => {
    const deed = attentionOf('a', {
      action: { kind: 'deed', label: 'Reboot it…', deed: 'reboot', nodes: ['10.5.0.17'], params: { mode: 'default' } },
    });
    const bridge = clusterBridge()
      .publish('attention.state', CONTEXT, attentionState([deed]))
      .publish('deeds.state', {}, { deeds: [] });
    const { user } = openApp('overview', bridge);

    await user.click(await screen.findByRole('button', { name: 'Reboot it…' }));

    expect(await screen.findByRole('dialog')).toBeTruthy();
    expect(bridge.calls.filter(({ name }) => name.startsWith('deeds.plan') || name === 'plans.apply')).toEqual([
      {
        name: 'deeds.plan',
        input: { context: 'prod-fra', nodes: ['10.5.0.17'], deed: 'reboot', params: { mode: 'default' } },
      },
    ]);
  });

  it('has the last deeds of this cluster, whichever of its contexts they were done by, and of no other', async () => {
    const { file } = contextOf('prod-fra');
    const deed = (id: string, of: Partial<DeedRecord>): DeedRecord => ({
      ...{ id, atMs: NOW_MS - 60_000, deed: `Reboot ${id}`, context: 'prod-fra', file, talosctl: '' },
      steps: [{ node: '10.5.0.2', name: 'cp-1', stage: 'failed', atMs: NOW_MS }],
      isOver: true,
      ...of,
    });
    const other = contextOf('other', { caFingerprints: ['another'] });
    const bridge = clusterBridge()
      .publish('config.state', {}, configOf({ contexts: [...configOf().contexts, other] }))
      .publish(
        'deeds.state',
        {},
        {
          deeds: [
            ...[deed('cp-1', {}), deed('cp-2', { context: 'staging' })],
            ...[deed('lab-1', { context: 'other' }), deed('cp-3', { file: '/elsewhere' })],
          ],
        },
      );
    openApp('overview', bridge);

    const deeds = await panel('Last deeds');
    expect(await deeds.findByText('Reboot cp-1')).toBeTruthy();
    expect(deeds.getByText('Reboot cp-2')).toBeTruthy();
    expect(deeds.getAllByText('1 failed')).toHaveLength(2);
    expect(deeds.getAllByRole('listitem')).toHaveLength(2);
  });

  it('says why deeds are not known instead of that there are none', async () => {
    const bridge = clusterBridge().publish('deeds.state', {}, { deeds: [] });
    openApp('overview', bridge);
    const deeds = await panel('Last deeds');
    expect(await deeds.findByText('Minos knows of no deed on prod-fra.')).toBeTruthy();

    bridge.publish('deeds.state', {}, { deeds: [], problem: 'The journal cannot be read.' });
    expect(await deeds.findByText('The journal cannot be read.')).toBeTruthy();
    expect(deeds.queryByText(/knows of no deed/)).toBeNull();
  });

  it('draws the ways with the failing hop marked, by keyboard too, and says the same in words', async () => {
    const { user, session } = openApp('overview');
    const picture = await screen.findByRole('group', { name: 'Topology' });
    await within(picture).findByRole('button', { name: /^worker-11/ });

    expect(document.getElementById(picture.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      '2 of 3 endpoints ready; of 14 nodes: 14 well.',
    );
    expect(within(picture).getByText('not reached')).toBeTruthy();
    within(picture)
      .getByRole('button', { name: /^10\.5\.0\.2/ })
      .focus();
    await user.keyboard('{ArrowRight}{Enter}');
    expect(session.view.inspected).toEqual({ kind: 'endpoint', id: '10.5.0.3' });
    await user.keyboard('{End}{Enter}');
    expect(session.view.inspected).toEqual({ kind: 'node', id: '10.5.0.21' });
  });

  it('tells about etcd and Kubernetes in a line each', async () => {
    openApp('overview');

    const cluster = await panel('Cluster');
    expect(await cluster.findByText('3 of 3 answer · leader cp-1 · 84 MiB · may lose 1')).toBeTruthy();
    expect(cluster.getByText('ready on 3 control planes')).toBeTruthy();
    expect(cluster.getByText('1.13.9 ×13, 1.13.8 ×1')).toBeTruthy();
  });

  it('says nothing of offline nodes while none is known to be', async () => {
    openApp('overview');
    await (await panel('Nodes')).findByText(/control plane/);

    expect(screen.queryByRole('list', { name: 'Nodes that do not answer' })).toBeNull();
  });

  it('does not count versions that are not known as other ones', async () => {
    const nodes = nodesOf({
      nodes: [
        nodeOf('10.5.0.2', { hostname: 'cp-1', os: 'Talos (v1.13.9)' }),
        { target: '10.5.0.3', hostname: 'cp-2', addresses: [], role: 'controlplane', sources: ['context'] },
        nodeOf('10.5.0.4', { hostname: 'cp-3', os: 'Talos (unknown)' }),
        nodeOf('10.5.0.5', { hostname: 'cp-4', os: 'Talos' }),
      ],
    });
    openApp('overview', clusterBridge().publish('nodes.state', CONTEXT, nodes));

    const versions = await panel('Talos versions');
    const lines = (await versions.findAllByRole('listitem')).map((line) =>
      line.textContent.replace(/\s+/g, ' ').trim(),
    );
    expect(lines.sort()).toEqual(['1.13.9 1 node', 'not known 3 nodes']);
    expect(versions.queryByText(/different versions/)).toBeNull();
  });

  it('draws nodes that could not be read as no number', async () => {
    const failure = failureOf('unreachable', 'No endpoint answers, so the members are not known.');
    const nodes = nodesOf({ status: 'failed', nodes: [], failure });
    openApp('overview', clusterBridge().publish('nodes.state', CONTEXT, nodes));

    const known = await panel('Nodes');
    expect(await known.findByText(failure.message)).toBeTruthy();
    expect(known.queryByText('0')).toBeNull();
  });

  it('says to a read-only role why there is no kubeconfig, before anything is opened', async () => {
    const config = configOf({ contexts: [contextOf('prod-fra', { certificate: certificateOf(90, ['os:reader']) })] });
    openApp('overview', clusterBridge().publish('config.state', {}, config));

    const kubeconfig = await panel('Kubeconfig');
    const why = 'Fetching a kubeconfig needs the role os:admin; this certificate has os:reader.';
    expect(await kubeconfig.findByText(why)).toBeTruthy();
    expect(kubeconfig.getByRole<HTMLButtonElement>('button', { name: /kubeconfig…/ }).disabled).toBe(true);
  });

  it('shows what kubectl has of this cluster, and nothing of others', async () => {
    const { user } = openApp('overview');
    const kubeconfig = await panel('Kubeconfig');

    const lines = (await kubeconfig.findAllByRole('listitem')).map((line) => line.textContent.replace(/\s+/g, ' '));
    expect(lines).toEqual([expect.stringMatching(/^ ?admin@prod-fra current 5 d ?$/)]);
    await user.click(kubeconfig.getByRole('button', { name: 'Renew kubeconfig…' }));

    expect(await screen.findByRole('dialog', { name: 'Kubeconfig of prod-fra' })).toBeTruthy();
  });

  it('offers the kubeconfig of a cluster that kubectl does not know', async () => {
    openApp('overview', clusterBridge().publish('kubeconfig.state', {}, kubeState({ contexts: [] })));
    const kubeconfig = await panel('Kubeconfig');

    expect(await kubeconfig.findByText('kubectl has no context of this cluster.')).toBeTruthy();
    expect(kubeconfig.getByRole('button', { name: 'Get kubeconfig…' })).toBeTruthy();
  });

  it('leads from the certificate to where it is renewed', async () => {
    const { user } = openApp('overview');

    await user.click((await panel('Certificate')).getByRole('button', { name: 'Renew or share…' }));

    const context = await screen.findByRole('complementary', { name: 'Context prod-fra' });
    expect(within(context).getByRole('button', { name: /^Renew/ })).toBeTruthy();
  });
});
