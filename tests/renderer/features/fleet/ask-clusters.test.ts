import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { NodeSummary } from '../../../../preload/contract/index.ts';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import { nodeOf, NOW_MS, VERSION_COMMAND } from '../../../fakes/bridge/cluster-data.ts';
import { failureOf, type FakeBridge } from '../../../fakes/bridge/fake-bridge.ts';
import { fleetRowOf, fleetState } from '../../../fakes/bridge/health-data.ts';
import { openApp } from '../../support/open-app.ts';

const SHARED = '10.9.0.2';
const RUN_ID = { 'prod-fra': '0c8b1f52-93f1-4f38-a8de-2d6a7f1f0a11', staging: '0c8b1f52-93f1-4f38-a8de-2d6a7f1f0a12' };

/** Two clusters whose node has the same address, and one that does not answer. */
function fleetBridge(): FakeBridge {
  const nodes: readonly NodeSummary[] = [
    nodeOf(SHARED, { hostname: 'cp-1', role: 'controlplane' }),
    nodeOf('10.9.0.3', { hostname: 'worker-01', role: 'worker' }),
  ];
  let number = 0;
  return clusterBridge()
    .publish('fleet.state', {}, fleetState({ rows: ['prod-fra', 'staging', 'lab'].map((name) => fleetRowOf(name)) }))
    .answer('fleet.nodes', ({ context }) =>
      context === 'lab'
        ? { ok: false, failure: failureOf('unreachable', 'No endpoint of lab answers.') }
        : { ok: true, value: nodes },
    )
    .answer('fleet.answers', () => ({ ok: true, value: 'CLUSTER,NODE' }))
    .serve('run', (stream) => {
      const { context, nodes: asked } = stream.params;
      const runId = context === 'staging' ? RUN_ID.staging : RUN_ID['prod-fra'];
      const { columns } = VERSION_COMMAND;
      const started = { runId, number: ++number, nodes: asked, columns, talosctl: '', startedAtMs: NOW_MS };
      stream.batch([
        { type: 'started', ...started },
        ...asked.map((node) => ({
          ...{ type: 'answered' as const, node, endpoint: 'e', durationMs: 5 },
          rows: [columns.map((_column, at) => (at === 0 ? `tag-of-${context}` : 'x'))],
        })),
        { type: 'finished', ok: asked.length, failed: 0, cancelled: 0, durationMs: 9 },
      ]);
      stream.end();
    });
}

describe('a question to several clusters', () => {
  it('is asked of each as its own run, and every answer says of which cluster it is, also where addresses are the same', async () => {
    const { user, bridge, session } = openApp('fleet', fleetBridge());
    const clusters = await screen.findByRole('grid', { name: 'Clusters' });
    for (const box of within(clusters).getAllByRole('checkbox').slice(1)) await user.click(box);
    await user.click(screen.getByRole('button', { name: 'Ask 3 clusters…' }));
    const form = await screen.findByRole('dialog', { name: 'Ask 3 clusters' });
    await user.selectOptions(within(form).getByRole('combobox', { name: 'Which nodes of each' }), 'control planes');
    await user.click(within(form).getByRole('button', { name: 'Ask 3 clusters' }));

    const grid = await screen.findByRole('grid', { name: 'Answers of clusters, Version' });
    await waitFor(() => expect(within(grid).getAllByRole('row')).toHaveLength(4));
    for (const name of ['prod-fra', 'staging']) {
      const row = within(grid).getByRole('row', { name: new RegExp(name) });
      expect(row.textContent).toContain('cp-1');
      expect(row.textContent).toContain(`tag-of-${name}`);
    }
    expect(within(grid).getByRole('row', { name: /lab/ }).textContent).toContain('No endpoint of lab answers.');
    expect(screen.getAllByText(/^3 of 3 clusters, 1 could not be asked, control planes, asked at/)).toBeTruthy();
    const asked = bridge.runs.map(({ params: { context, nodes, isVisit } }) => [context, nodes, isVisit]);
    expect(asked.toSorted()).toEqual([
      ['prod-fra', [SHARED], true],
      ['staging', [SHARED], true],
    ]);
    // The cluster in use and its drawer stay as they are.
    expect([session.current.id, session.runs.shown]).toEqual(['prod-fra', undefined]);

    await user.click(screen.getByRole('button', { name: 'Copy as CSV' }));
    await waitFor(() => {
      expect(bridge.calls.find(({ name }) => name === 'fleet.answers')?.input).toEqual({
        runIds: [RUN_ID['prod-fra'], RUN_ID.staging],
        missing: [{ cluster: 'lab', why: 'No endpoint of lab answers.' }],
      });
    });
  });

  it('can be cancelled: what waits is never asked, and what runs is ended', async () => {
    const bridge = fleetBridge().serve('run', () => undefined);
    const { user } = openApp('fleet', bridge);
    const clusters = await screen.findByRole('grid', { name: 'Clusters' });
    for (const box of within(clusters).getAllByRole('checkbox').slice(1)) await user.click(box);
    await user.click(screen.getByRole('button', { name: 'Ask 3 clusters…' }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Ask 3 clusters' }));
    await waitFor(() => expect(bridge.runs).toHaveLength(2));

    await user.click(screen.getByRole('button', { name: 'Cancel' }));

    await waitFor(() => expect(bridge.runs.every(({ isClosed }) => isClosed)).toBe(true));
    expect(await screen.findByRole('button', { name: 'Ask again' })).toBeTruthy();
  });
});
