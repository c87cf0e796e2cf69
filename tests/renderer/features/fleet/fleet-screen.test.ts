import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import {
  attentionText,
  endpointsText,
  FleetOrder,
  nodesText,
} from '../../../../renderer/features/fleet/fleet-columns.ts';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import { NOW_MS } from '../../../fakes/bridge/cluster-data.ts';
import { failureOf } from '../../../fakes/bridge/fake-bridge.ts';
import { fleetRowOf, fleetState } from '../../../fakes/bridge/health-data.ts';
import { openApp } from '../../support/open-app.ts';

const DAY_MS = 86_400_000;
const DOWN = fleetRowOf('lab', {
  state: 'down',
  endpoints: [{ endpoint: '172.20.0.2', state: 'down' }],
  failure: failureOf('unreachable', 'No endpoint answers.'),
});
const ILL = fleetRowOf('staging', {
  state: 'attention',
  isProduction: true,
  attention: { count: 3, worst: 'etcd has no leader' },
  earliestExpiry: { atMs: NOW_MS + 5 * DAY_MS, of: 'endpoint' },
});
const ROWS = [fleetRowOf('prod-fra'), ILL, DOWN];

const names = (): readonly string[] =>
  screen.getAllByRole('rowheader').map((cell) => /prod-fra|staging|lab/.exec(cell.textContent)?.[0] ?? '');

describe('the fleet', () => {
  it('has a row per context, those that need attention first, each with how old it is', async () => {
    openApp('fleet', clusterBridge().publish('fleet.state', {}, fleetState({ rows: ROWS })));

    await screen.findByText('etcd has no leader');
    expect(names()).toEqual(['lab', 'staging', 'prod-fra']);
    const row = screen.getByRole('row', { name: /staging/ });
    expect(row.textContent).toContain('production');
    // Endpoints renew theirs by themselves.
    expect(within(row).getByText('5 d endpoint').className).not.toMatch(/warn|bad/);
    expect(within(row).getByText('3 s ago')).toBeTruthy();
    expect(within(screen.getByRole('row', { name: /lab/ })).getByText('No endpoint answers.')).toBeTruthy();
  });

  it('opens a cluster by Enter and shows its overview', async () => {
    const { user, session } = openApp('fleet', clusterBridge().publish('fleet.state', {}, fleetState({ rows: ROWS })));
    await screen.findByText('etcd has no leader');

    screen.getByRole('grid', { name: 'Clusters' }).focus();
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}');

    await waitFor(() => expect(session.current.id).toBe('staging'));
    await waitFor(() => expect(session.screen.id).toBe('overview'));
  });

  it('checks all, shows how far it is, and cancels', async () => {
    const { user, bridge } = openApp('fleet', clusterBridge().publish('fleet.state', {}, fleetState({ rows: ROWS })));
    await user.click(await screen.findByRole('button', { name: 'Check all now' }));
    bridge.publish('fleet.state', {}, fleetState({ rows: ROWS, check: { done: 1, total: 3 } }));

    const progress = await screen.findByRole<HTMLProgressElement>('progressbar', { name: 'Checking the clusters' });
    expect([progress.value, progress.max]).toEqual([1, 3]);
    await user.click(screen.getByRole('button', { name: 'Cancel' }));

    expect(bridge.calls.filter(({ name }) => name.startsWith('fleet.')).map(({ name }) => name)).toEqual([
      'fleet.check',
      'fleet.stop',
    ]);
  });

  it('filters by state and by words', async () => {
    const { user } = openApp('fleet', clusterBridge().publish('fleet.state', {}, fleetState({ rows: ROWS })));
    await user.click(await screen.findByRole('button', { name: 'needs attention 1' }));
    expect(names()).toEqual(['staging']);

    // One state is picked out at a time, and with it off all are there.
    await user.click(screen.getByRole('button', { name: 'not reached 1' }));
    expect(names()).toEqual(['lab']);
    await user.click(screen.getByRole('button', { name: 'needs attention 1' }));
    expect(names()).toEqual(['staging']);
    await user.click(screen.getByRole('button', { name: 'needs attention 1' }));
    expect(names()).toHaveLength(3);
    await user.click(screen.getByRole('button', { name: 'needs attention 1' }));

    await user.keyboard('/nothing of the kind');

    expect(screen.getByText('No cluster matches the filter.')).toBeTruthy();
  });

  it('says which selected clusters are asked although the filter hides them', async () => {
    const { user } = openApp('fleet', clusterBridge().publish('fleet.state', {}, fleetState({ rows: ROWS })));
    await screen.findByText('etcd has no leader');
    await user.click(screen.getByRole('checkbox', { name: 'Select staging' }));
    await user.click(screen.getByRole('checkbox', { name: 'Select lab' }));
    expect(screen.queryByText(/The filter hides/)).toBeNull();

    await user.type(screen.getByRole('textbox', { name: 'Filter clusters' }), 'lab');

    expect(screen.getByText(/^The filter hides 1 selected cluster: staging\./)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Ask 2 clusters…' })).toBeTruthy();
  });

  it('leaves a cluster where it was while it is looked at again', () => {
    const order = new FleetOrder();
    const before = order.rankOf(ILL);

    expect(order.rankOf({ ...ILL, state: 'checking' })).toBe(before);
    expect(order.rankOf({ ...ILL, state: 'up', attention: { count: 0 } })).toBeGreaterThan(before);
  });

  it.each([
    ['what was looked at', fleetRowOf('a'), 'nothing', '14 of 14'],
    [
      'what was asked in part',
      fleetRowOf('a', { nodes: { up: 2, asked: 3, known: 60 } }),
      'nothing',
      '2 of 3 asked, 60 known',
    ],
    [
      'what nobody looked at',
      (({ nodes: _, attention: __, ...rest }) => ({ ...rest, state: 'unchecked' as const }))(fleetRowOf('a')),
      'not checked yet',
      '',
    ],
  ])('says of %s what is known', (_name, row, attention, nodes) => {
    expect([attentionText(row), nodesText(row)]).toEqual([attention, nodes]);
  });

  it('counts endpoints by state for what is copied', () => {
    expect(endpointsText(DOWN)).toBe('1 down');
    expect(endpointsText(fleetRowOf('a'))).toBe('2 up');
  });
});
