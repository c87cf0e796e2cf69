import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { configOf, contextOf, nodesOf, NODES } from '../../fakes/bridge/cluster-data.ts';
import { failureOf } from '../../fakes/bridge/fake-bridge.ts';
import { openApp } from '../support/open-app.ts';

const CONTEXT = { context: 'prod-fra' };

describe('the nodes screen', () => {
  it('lists every node with role, address and version', async () => {
    openApp();

    const row = await screen.findByRole('row', { name: /worker-07/ });

    expect(
      within(row)
        .getAllByRole('cell')
        .map((cell) => cell.textContent.trim())
        .slice(1),
    ).toEqual(['10.5.0.17', '▪ worker', '1.13.8', 'discovered']);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Nodes 14');
  });

  it('filters by role and by text, and says when nothing is left', async () => {
    const { user } = openApp();
    await screen.findByRole('row', { name: /worker-07/ });

    await user.click(screen.getByRole('button', { name: 'control plane' }));
    expect(
      screen.getAllByRole('rowheader').map((cell) => cell.textContent.trim().replace('not asked yet', '')),
    ).toEqual(['cp-1', 'cp-2', 'cp-3']);
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

    expect(
      screen.getByText(/The filter hides 1 selected node, which a run asks all the same: worker-07\./),
    ).toBeTruthy();
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

  it('opens a node with its addresses and the path of its last answer', async () => {
    const { user } = openApp();
    await user.click(await screen.findByRole('button', { name: 'Run on 14 nodes' }));
    await user.click(screen.getByRole('menuitem', { name: 'Version' }));
    await user.click(within(screen.getByRole('grid', { name: 'Nodes' })).getByText('worker-04'));

    const inspector = screen.getByRole('complementary', { name: 'Node worker-04' });

    expect(await within(inspector).findByText('does not reach')).toBeTruthy();
    expect(inspector.textContent).toContain('fd00:5::14');
  });
});
