import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { CommandSummary } from '../../../../preload/contract/index.ts';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import { NODES, VERSION_COMMAND } from '../../../fakes/bridge/cluster-data.ts';
import { attentionOf, attentionState, downOf, healthOf, healthState } from '../../../fakes/bridge/health-data.ts';
import { openApp } from '../../support/open-app.ts';

const CONTEXT = { context: 'prod-fra' };

const commandOf = (id: string, title: string): CommandSummary => ({ ...VERSION_COMMAND, id, title });

function bridgeWith(...commands: readonly CommandSummary[]) {
  return clusterBridge().answer('commands.list', () => ({ ok: true, value: [VERSION_COMMAND, ...commands] }));
}

describe('the page of a node', () => {
  it('says who it is, how it is, since when, and the way there', async () => {
    const health = healthState(NODES.map(({ target }) => (target === '10.5.0.17' ? downOf(target) : healthOf(target))));
    openApp('node/10.5.0.17', clusterBridge().publish('health.state', CONTEXT, health));

    expect(await screen.findByRole('heading', { level: 1, name: /worker-07/ })).toBeTruthy();
    const main = screen.getByRole('main');
    expect(main.textContent).toMatch(/not reached since/);
    expect(within(main).getByText('does not reach')).toBeTruthy();
    expect(within(main).getByRole('heading', { name: 'cp-1 could not reach it: connection refused.' })).toBeTruthy();
  });

  it('names a target with signs of an address, and says so of one that is not listed', async () => {
    openApp(`node/${encodeURIComponent('fd00::1/64 #x')}`);

    expect(await screen.findByText('prod-fra lists no node fd00::1/64 #x.')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Show its nodes' }).getAttribute('href')).toBe('#/nodes');
  });

  it('has the attention list of that node alone, and the conditions it does not meet', async () => {
    const bridge = clusterBridge()
      .publish(
        'health.state',
        CONTEXT,
        healthState([
          healthOf('10.5.0.17', {
            state: 'unwell',
            isReady: false,
            unmetConditions: [{ name: 'services', reason: 'kubelet is not healthy' }],
          }),
        ]),
      )
      .publish(
        'attention.state',
        CONTEXT,
        attentionState([attentionOf('a'), attentionOf('b', { title: 'cp-2 is not reached', node: '10.5.0.3' })]),
      );
    openApp('node/10.5.0.17', bridge);

    const list = await screen.findByRole('list', { name: 'What needs attention on this node' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(1);
    expect(screen.getByText('kubelet is not healthy')).toBeTruthy();
    // Nothing leads to where one is.
    expect(
      within(list)
        .getAllByRole('button')
        .map((button) => button.textContent.trim()),
    ).toEqual(['Mute…']);
  });

  it('asks what a tab shows once, of this node alone, beside the drawer, and keeps its filter', async () => {
    const { user, bridge, session } = openApp(
      'node/10.5.0.17',
      bridgeWith(commandOf('processes', 'Processes'), commandOf('services', 'Services')),
    );
    await user.click(await screen.findByRole('tab', { name: 'Processes' }));
    await screen.findByRole('grid', { name: /^Answers of run/ });
    expect(bridge.runs.map(({ params }) => [params.command, params.nodes])).toEqual([['processes', ['10.5.0.17']]]);
    expect(session.runs.shown).toBeUndefined();
    expect(screen.queryByRole('region', { name: 'Runs' })).toBeNull();
    await user.type(screen.getByRole('textbox', { name: /^Filter answers/ }), 'v1');
    await user.click(screen.getByRole('tab', { name: 'Services' }));
    await user.click(screen.getByRole('tab', { name: 'Processes' }));

    expect(screen.getByRole<HTMLInputElement>('textbox', { name: /^Filter answers/ }).value).toBe('v1');
    expect(bridge.runs).toHaveLength(2);
    // Another node's page opens at the same tab, with the same filter, and asks that node.
    session.screen.show('node', '10.5.0.2');
    await waitFor(() => expect(bridge.runs.at(-1)?.params.nodes).toEqual(['10.5.0.2']));
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: /^Filter answers/ }).value).toBe('v1');
  });

  it('shows the last lines of a log in place, asked when chosen and not followed; of a worker none that it has not', async () => {
    const { user, bridge } = openApp(
      'node/10.5.0.17',
      bridgeWith(commandOf('dmesg', 'Kernel log'), commandOf('logs', 'Logs')),
    );
    await user.click(await screen.findByRole('tab', { name: 'Logs' }));
    expect(await screen.findByRole('button', { name: 'Kernel log', pressed: true })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'etcd' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'kubelet' }));

    expect(bridge.runs.map(({ params: { command, nodes, params } }) => [command, nodes, params])).toEqual([
      ['dmesg', ['10.5.0.17'], {}],
      ['logs', ['10.5.0.17'], { id: 'kubelet', tail: '50' }],
    ]);
    expect(screen.getByText(/^As of /)).toBeTruthy();
  });

  it('asks again in the place of the answer that is there, not in the drawer', async () => {
    const { user, bridge, session } = openApp('node/10.5.0.17', bridgeWith(commandOf('services', 'Services')));
    await user.click(await screen.findByRole('tab', { name: 'Services' }));
    await user.click(await screen.findByRole('button', { name: 'Run again' }));

    expect(await screen.findByRole('grid', { name: 'Answers of run 2, Services' })).toBeTruthy();
    expect(bridge.runs.map(({ params }) => params.nodes)).toEqual([['10.5.0.17'], ['10.5.0.17']]);
    expect(session.runs.shown).toBeUndefined();
  });

  it('goes from tab to tab by arrows', async () => {
    const { user } = openApp('node/10.5.0.17', bridgeWith(commandOf('services', 'Services')));
    (await screen.findByRole('tab', { name: 'Summary' })).focus();

    await user.keyboard('{ArrowRight}');
    expect(screen.getByRole('tab', { name: 'Services' }).getAttribute('aria-selected')).toBe('true');
    await user.keyboard('{End}{ArrowRight}');

    expect(document.activeElement).toBe(screen.getByRole('tab', { name: 'Summary' }));
  });

  it('offers the same as a right click, in the same order, as buttons and in the palette', async () => {
    const { user } = openApp('node/10.5.0.17', bridgeWith(commandOf('logs', 'Logs'), commandOf('dmesg', 'Kernel log')));
    await screen.findByRole('button', { name: 'Logs…' });
    const main = screen.getByRole('main');
    await user.click(within(main).getByRole('button', { name: 'More for this node' }));
    const more = screen.getAllByRole('menuitem').map(({ textContent }) => textContent.trim());
    await user.keyboard('{Escape}');

    await user.keyboard('{Control>}k{/Control}');
    await user.keyboard('worker-07:');
    const offered = screen
      .getAllByRole('option')
      .map(({ textContent }) => /worker-07: ([^…]+…?)/.exec(textContent)?.[1]);

    expect(offered.map((words) => words?.replace(/Here$/, '').trim())).toEqual([
      'Logs…',
      'Kernel log and events',
      'Copy its address',
      ...more,
    ]);
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('dialog', { name: 'Follow logs and events' })).toBeTruthy();
  });
});
