import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { NodeHealth } from '../../../../preload/contract/index.ts';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import { configOf, contextOf, nodesOf, NODES } from '../../../fakes/bridge/cluster-data.ts';
import { downOf, healthOf, healthState } from '../../../fakes/bridge/health-data.ts';
import { failureOf } from '../../../fakes/bridge/fake-bridge.ts';
import { openApp } from '../../support/open-app.ts';

const CONTEXT = { context: 'prod-fra' };

const namesInOrder = (): readonly string[] =>
  screen.getAllByRole('rowheader').map((cell) => /[a-z]+-\d+/.exec(cell.textContent)?.[0] ?? '');
const healthWith = (...others: readonly NodeHealth[]) =>
  healthState(NODES.map(({ target }) => others.find(({ node }) => node === target) ?? healthOf(target)));

describe('the nodes screen', () => {
  it('puts the worst first, dates what is old, and lets no row jump while a state flips', async () => {
    const ill = healthOf('10.5.0.14', { state: 'unwell', isReady: false });
    const { bridge } = openApp(
      'nodes',
      clusterBridge().publish('health.state', CONTEXT, healthWith(downOf('10.5.0.17'), ill)),
    );
    const row = await screen.findByRole('row', { name: /worker-07/ });
    await within(row).findByText(/^not reached since/);
    expect(within(row).getByText(/^as of /)).toBeTruthy();
    expect(row.classList.contains('row-stale')).toBe(true);
    expect(namesInOrder().slice(0, 3)).toEqual(['worker-07', 'worker-04', 'cp-1']);

    bridge.publish('health.state', CONTEXT, healthWith(downOf('10.5.0.17', { state: 'unstable' }), ill));
    expect(await screen.findByText(/^unstable: not reached since/)).toBeTruthy();
    expect(namesInOrder()[0]).toBe('worker-07');

    bridge.publish('health.state', CONTEXT, healthWith(ill));
    await waitFor(() => expect(namesInOrder().slice(0, 2)).toEqual(['worker-04', 'cp-1']));
  });

  it('filters by how nodes are, and says how many each filter would leave', async () => {
    const { user } = openApp(
      'nodes',
      clusterBridge().publish('health.state', CONTEXT, healthWith(downOf('10.5.0.17'), downOf('10.5.0.2'))),
    );

    await user.click(await screen.findByRole('button', { name: 'not reached 2' }));
    expect(namesInOrder()).toEqual(['cp-1', 'worker-07']);
    await user.click(screen.getByRole('button', { name: 'control plane' }));
    expect(namesInOrder()).toEqual(['cp-1']);
    expect(screen.getByRole('button', { name: 'not reached 1' }).getAttribute('aria-pressed')).toBe('true');
  });

  it('draws what nobody asked yet as not known, never as fine', async () => {
    openApp('nodes', clusterBridge().publish('health.state', CONTEXT, healthState([])));

    const row = await screen.findByRole('row', { name: /worker-07/ });

    expect(within(row).getByRole('img', { name: 'not known' })).toBeTruthy();
    expect(within(row).getByText('not asked yet')).toBeTruthy();
  });

  it('tells main which nodes are in view, and none once the screen is left', async () => {
    const { bridge } = openApp();
    const told = (): unknown[] => bridge.calls.filter(({ name }) => name === 'health.look').map(({ input }) => input);
    await waitFor(() => expect(told().at(-1)).toMatchObject({ context: 'prod-fra' }), { timeout: 5000 });
    expect((told().at(-1) as { nodes: string[] }).nodes).toHaveLength(14);

    window.location.hash = '#/endpoints';

    await waitFor(() => expect(told().at(-1)).toEqual({ context: 'prod-fra', nodes: [] }), { timeout: 5000 });
  });

  it('lists every node with how it is, since when that is known, and who it is', async () => {
    openApp();

    const row = await screen.findByRole('row', { name: /worker-07/ });

    expect(
      within(row)
        .getAllByRole('cell')
        .map((cell) => cell.textContent.trim())
        .slice(1),
    ).toEqual([
      'running',
      'just now',
      '18 %',
      '50 %',
      '45 %',
      'ready',
      'yes: Nothing depends on this one alone.',
      '12 d 17 h',
      'worker',
      '1.13.9',
      '10.5.0.17',
    ]);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Nodes 14');
  });

  it('filters by role and by text, and says when nothing is left', async () => {
    const { user } = openApp();
    await screen.findByRole('row', { name: /worker-07/ });

    await user.click(screen.getByRole('button', { name: 'control plane' }));
    expect(namesInOrder()).toEqual(['cp-1', 'cp-2', 'cp-3']);
    await user.keyboard('/worker');
    expect(screen.getByText('No node matches the filter.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Clear the filter' }));

    expect(screen.getAllByRole('rowheader')).toHaveLength(14);
  });

  it('runs on all nodes when none is selected, and on the selected ones otherwise', async () => {
    const { user, bridge } = openApp();
    await user.click(await screen.findByRole('button', { name: 'Run on 14 nodes' }));
    await user.click(screen.getByRole('menuitem', { name: 'Version' }));

    await user.click(screen.getByRole('checkbox', { name: 'Select cp-2' }));
    await user.click(screen.getByRole('button', { name: 'Run on 1 selected node' }));
    await user.click(screen.getByRole('menuitem', { name: 'Version' }));

    expect(bridge.runs.map(({ params }) => params.nodes.length)).toEqual([14, 1]);
    expect(bridge.streams[1]!.params).toMatchObject({ context: 'prod-fra', command: 'version', nodes: ['10.5.0.3'] });
  });

  it('runs on what the filter leaves in sight when nothing is selected, and on nothing when it leaves nothing', async () => {
    const { user, bridge, session } = openApp();
    await screen.findByRole('row', { name: /worker-07/ });
    await user.click(screen.getByRole('button', { name: 'control plane' }));

    await user.click(await screen.findByRole('button', { name: 'Run on 3 filtered nodes' }));
    await user.click(screen.getByRole('menuitem', { name: 'Version' }));

    expect(bridge.runs[0]!.params.nodes).toEqual(['10.5.0.2', '10.5.0.3', '10.5.0.4']);
    await user.keyboard('/zzz');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Run' }).disabled).toBe(true);
    // Another screen has no filter.
    window.location.hash = '#/endpoints';
    await waitFor(() => expect(session.view.nodesInSight).toBeUndefined());
  });

  it('names the selected nodes that the filter hides and a run would ask', async () => {
    const { user, bridge } = openApp();
    await user.click(await screen.findByRole('checkbox', { name: 'Select worker-07' }));
    await user.click(screen.getByRole('checkbox', { name: 'Select cp-2' }));

    await user.click(screen.getByRole('button', { name: 'control plane' }));

    expect(screen.getByText(/The filter hides 1 selected node: worker-07\./)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Run on 2 selected nodes (1 hidden)' }));
    await user.click(screen.getByRole('menuitem', { name: 'Version' }));
    expect([...bridge.runs[0]!.params.nodes].sort()).toEqual(['10.5.0.17', '10.5.0.3']);
    await user.click(screen.getByRole('button', { name: 'control plane' }));
    expect(screen.queryByText(/The filter hides/)).toBeNull();
  });

  it('cannot run what the role of the certificate may not, and says which role is needed', async () => {
    const bridge = clusterBridge().publish(
      'config.state',
      {},
      configOf({
        contexts: [
          contextOf('prod-fra', {
            refusedCommands: { version: 'Needs the role os:reader; this certificate has os:etcd:backup.' },
          }),
        ],
      }),
    );
    const { user } = openApp('nodes', bridge);

    await user.click(await screen.findByRole('button', { name: 'Run on 14 nodes' }));
    await user.click(screen.getByRole('menuitem', { name: /Version/ }));

    expect(screen.getByRole('menuitem', { name: /Version/ }).textContent).toContain(
      'this certificate has os:etcd:backup',
    );
    expect(bridge.streams).toHaveLength(0);
  });

  it('shows the context’s own nodes beside the reason when discovery failed', async () => {
    const failure = failureOf('unreachable', 'No endpoint answers, so the members are not known.');
    openApp(
      'nodes',
      clusterBridge().publish('nodes.state', CONTEXT, nodesOf({ status: 'failed', nodes: NODES.slice(0, 2), failure })),
    );

    expect(await screen.findByRole('heading', { name: failure.message })).toBeTruthy();
    expect(screen.getAllByRole('rowheader')).toHaveLength(2);
  });

  it('says how old the list is when it is stale, and nothing about numbers while it loads', async () => {
    const { bridge } = openApp(
      'nodes',
      clusterBridge().publish('nodes.state', CONTEXT, nodesOf({ status: 'loading', nodes: [] })),
    );
    expect((await screen.findByRole('heading', { level: 1 })).textContent.trim()).toBe('Nodes');
    expect(screen.getByRole('status', { name: 'Loading' })).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Run' }).disabled).toBe(true);

    bridge.publish('nodes.state', CONTEXT, nodesOf({ status: 'stale', asOfMs: nodesOf().asOfMs! - 12_000 }));

    expect(await screen.findByText('As of 12 s ago, retrying.')).toBeTruthy();
  });

  it('opens a node with its addresses and the way to it, broken where it breaks', async () => {
    const { user } = openApp(
      'nodes',
      clusterBridge().publish('health.state', CONTEXT, healthWith(downOf('10.5.0.14'))),
    );
    await screen.findByText(/^not reached since/);

    await user.click(within(screen.getByRole('grid', { name: 'Nodes' })).getByText('worker-04'));

    const inspector = screen.getByRole('complementary', { name: 'Node worker-04' });
    expect(await within(inspector).findByText('does not reach')).toBeTruthy();
    expect(inspector.textContent).toContain('fd00:5::14');
    expect(within(inspector).getByRole('button', { name: 'Open its page' })).toBeTruthy();
  });
});
