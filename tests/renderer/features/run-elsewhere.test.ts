import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import type { CommandSummary } from '../../../preload/contract/index.ts';
import { exploredOf } from '../../../renderer/features/explore/explored.svelte.ts';
import { workOn } from '../../../renderer/state/work-on.ts';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { VERSION_COMMAND } from '../../fakes/bridge/cluster-data.ts';
import type { FakeBridge } from '../../fakes/bridge/fake-bridge.ts';
import { openApp, type OpenApp } from '../support/open-app.ts';

const LIVE: CommandSummary = { ...VERSION_COMMAND, liveEveryMs: 60_000 };

/** A run on prod-fra, then the bar shows staging. */
async function runThenLeave(bridge: FakeBridge = clusterBridge()): Promise<OpenApp & { readonly drawer: HTMLElement }> {
  const app = openApp('nodes', bridge);
  await app.user.click(await screen.findByRole('button', { name: 'Run on 14 nodes' }));
  await app.user.click(screen.getByRole('menuitem', { name: 'Version' }));
  await screen.findByText(/14 nodes · 13 ok · 1 failed/);
  await workOn(app.session, 'staging');
  await screen.findByRole('button', { name: 'Context: staging' });
  return { ...app, drawer: screen.getByRole('region', { name: 'Runs' }) };
}

const contexts = ({ bridge }: OpenApp): readonly unknown[] => bridge.runs.map(({ params }) => params.context);

describe('a run of another cluster than the one in the bar', () => {
  it('names its cluster, in the drawer and in the list', async () => {
    const { drawer } = await runThenLeave();

    expect(within(drawer).getByTitle('The cluster that was asked').textContent).toContain('on prod-fra');
    expect(drawer.textContent).toContain('These are answers of prod-fra. The bar shows staging.');
    window.location.hash = '#/runs';
    const list = await screen.findByRole('list', { name: 'Runs of this session' });

    expect(within(list).getByRole('button').textContent).toContain('on prod-fra');
  });

  it('is not run again before the user has read which cluster and which nodes would be asked', async () => {
    const app = await runThenLeave();

    await app.user.click(within(app.drawer).getByRole('button', { name: 'Run again on prod-fra…' }));
    const question = screen.getByRole('dialog', { name: 'Run on prod-fra?' });
    expect(question.textContent).toMatch(/Version would ask 14 nodes of prod-fra: cp-1, cp-2/);
    expect(question.textContent).toContain('The bar shows staging.');
    expect(document.activeElement).toBe(within(question).getByRole('button', { name: 'Cancel' }));
    await app.user.keyboard('{Enter}');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(contexts(app)).toEqual(['prod-fra']);

    await app.user.click(within(app.drawer).getByRole('button', { name: 'Run again on prod-fra…' }));
    await app.user.click(screen.getByRole('button', { name: 'Run on prod-fra' }));

    expect(contexts(app)).toEqual(['prod-fra', 'prod-fra']);
    expect(app.session.current.id).toBe('staging');
  });

  it('retries what failed only after the same question', async () => {
    const app = await runThenLeave();

    await app.user.click(within(app.drawer).getByRole('button', { name: 'Retry 1 failed on prod-fra…' }));
    expect(contexts(app)).toEqual(['prod-fra']);
    expect(screen.getByRole('dialog', { name: 'Run on prod-fra?' }).textContent).toContain('1 node');
    await app.user.click(screen.getByRole('button', { name: 'Run on prod-fra' }));

    expect(app.bridge.runs[1]?.params).toMatchObject({ context: 'prod-fra', nodes: ['10.5.0.14'] });
  });

  it('does not go on live, nor into the form of the cluster in the bar', async () => {
    const bridge = clusterBridge().answer('commands.list', () => ({ ok: true, value: [LIVE] }));
    const { drawer } = await runThenLeave(bridge);

    expect(within(drawer).queryByRole('button', { name: 'Live' })).toBeNull();
    expect(within(drawer).queryByRole('button', { name: 'Options…' })).toBeNull();
  });

  it('has no menu of its rows: their addresses may be other machines of the cluster in the bar', async () => {
    const columns = VERSION_COMMAND.columns.map((column, at) => (at === 0 ? { ...column, id: 'service' } : column));
    const services: CommandSummary = { ...VERSION_COMMAND, id: 'services', columns };
    const bridge = clusterBridge({ columns }).answer('commands.list', () => ({ ok: true, value: [services] }));
    const app = await runThenLeave(bridge);
    const target = within(app.drawer).getByRole('rowheader', { name: /cp-1/ });

    const offer = vi.spyOn(app.session.view, 'offer');
    await app.user.pointer({ keys: '[MouseRight]', target });
    expect(offer).not.toHaveBeenCalled();
    await workOn(app.session, 'prod-fra');
    await within(app.drawer).findByRole('button', { name: 'Run again' });
    await app.user.pointer({
      keys: '[MouseRight]',
      target: within(app.drawer).getByRole('rowheader', { name: /cp-1/ }),
    });

    expect(offer.mock.calls.map(([kind]) => kind)).toEqual(['service']);
  });

  it('leads back to its cluster', async () => {
    const app = await runThenLeave();

    await app.user.click(within(app.drawer).getByRole('button', { name: 'Work on prod-fra' }));
    await app.user.click(await within(app.drawer).findByRole('button', { name: 'Run again' }));

    expect(app.session.current.id).toBe('prod-fra');
    expect(contexts(app)).toEqual(['prod-fra', 'prod-fra']);
  });

  it('is not among the last runs of the overview', async () => {
    const app = await runThenLeave();
    window.location.hash = '#/overview';

    expect(await screen.findByText('Nothing was run on staging yet.')).toBeTruthy();
    await workOn(app.session, 'prod-fra');

    await waitFor(() => expect(screen.queryByText(/^Nothing was run/)).toBeNull());
    expect(screen.getByText('#1 Version')).toBeTruthy();
  });
});

describe('a form', () => {
  it('runs on the cluster it was opened for, or not at all', async () => {
    const { user, session, bridge } = openApp('nodes');
    await screen.findByRole('button', { name: 'Run on 14 nodes' });
    session.view.form = { context: 'prod-fra', command: VERSION_COMMAND, params: {} };
    const form = await screen.findByRole('dialog', { name: 'Run Version' });
    expect(form.textContent).toContain('on prod-fra');

    await workOn(session, 'staging');

    await within(form).findByText(/The bar shows another context/);
    await user.click(within(form).getByRole('button', { name: 'Run' }));
    expect(bridge.runs).toEqual([]);
  });
});

describe('the selection of nodes', () => {
  it.each(['the bar', 'Work on this context'])('is kept per context, and not carried over by %s', async (by) => {
    const { user, session } = openApp('nodes');
    await user.click(await screen.findByRole('checkbox', { name: 'Select cp-2' }));
    expect(screen.getByRole('button', { name: 'Run on 1 selected node' })).toBeTruthy();

    if (by === 'the bar') await workOn(session, 'staging');
    else {
      window.location.hash = '#/contexts';
      await user.click(await screen.findByRole('rowheader', { name: /staging/ }));
      await user.click(screen.getByRole('button', { name: 'Work on this context' }));
      window.location.hash = '#/nodes';
    }
    await screen.findByRole('button', { name: 'Run on 14 nodes' });
    await workOn(session, 'prod-fra');

    expect(await screen.findByRole('button', { name: 'Run on 1 selected node' })).toBeTruthy();
  });

  it('by text, answered after the context was left, selects nothing in the one in the bar', async () => {
    const bridge = clusterBridge();
    const answer = Promise.withResolvers<void>();
    bridge.answer('nodes.resolve', async () => {
      await answer.promise;
      const node = { target: '10.5.0.3', addresses: [], role: 'unknown', sources: ['typed'] } as const;
      return { ok: true, value: { nodes: [node], problems: [] } };
    });
    const { session } = openApp('nodes', bridge);
    await screen.findByRole('button', { name: 'Run on 14 nodes' });
    const chosen = session.nodeChoice.choose('prod-fra', 'cp-2');

    await workOn(session, 'staging');
    answer.resolve();
    await chosen;

    expect([session.nodeSelection.size, session.nodeChoice.textIn('staging')]).toEqual([0, '']);
    await workOn(session, 'prod-fra');
    expect([[...session.nodeSelection.keys], session.nodeChoice.textIn('prod-fra')]).toEqual([['10.5.0.3'], 'cp-2']);
  });

  it('for exploring is not carried over either', async () => {
    const { session } = openApp('nodes');
    await screen.findByRole('button', { name: 'Run on 14 nodes' });
    const explored = exploredOf(session);
    explored.chooseNodes(session.current.id, 'all');

    await workOn(session, 'staging');

    expect([explored.nodesIn('staging'), explored.nodesIn('prod-fra')]).toEqual([undefined, 'all']);
  });
});
