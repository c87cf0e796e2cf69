import { screen, within } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { openApp } from '../support/open-app.ts';

const NODE = '10.5.0.20';
/** The whole page is drawn, which takes its time beside other tests. */
const PATIENCE = { timeout: 10_000 };

const USAGE = {
  id: 'usage',
  title: 'Disk usage',
  columns: [
    { id: 'size', title: 'SIZE', kind: 'bytes' },
    { id: 'name', title: 'NAME', kind: 'text' },
    { id: 'folder', title: 'FOLDER', kind: 'text', isExtra: true },
    { id: 'error', title: 'ERROR', kind: 'text', isExtra: true },
  ],
  params: [],
  picture: { kind: 'treemap', id: 'name', parent: 'folder', size: 'size' },
} as const;

it(
  'shows while it comes what takes up the room, walked folder by folder, and as plain rows',
  { timeout: 30_000 },
  async () => {
    const bridge = clusterBridge({ failing: {}, hanging: [NODE] });
    const app = openApp('runs', bridge);
    await expect.poll(() => app.session.current.id).toBe('prod-fra');
    app.session.runs.start({
      ...{ context: 'prod-fra', command: USAGE, params: { path: '/var' }, nodes: [NODE], deadlineMs: 5000 },
    });
    app.session.view.isDrawerOpen = true;
    await expect.poll(() => bridge.runs.length).toBe(1);
    const stream = bridge.runs[0]!;
    // The fake knows the columns of another command.
    const started = { runId: 'u', number: 1, nodes: [NODE], columns: USAGE.columns, talosctl: '', startedAtMs: 0 };
    stream.batch([{ type: 'started', ...started }]);

    stream.batch([
      {
        type: 'rows',
        node: NODE,
        rows: [
          [1024, 'lib/etcd', 'lib', ''],
          [3072, 'lib/\u202ecod', 'lib', ''],
        ],
      },
    ]);
    expect(await screen.findAllByText('4 KiB so far…', {}, PATIENCE)).toBeTruthy();
    const table = screen.getByRole('grid', { name: 'What takes up /var' });
    await app.user.click(within(table).getByRole('row', { name: /^lib/ }));
    const lib = await screen.findByRole('grid', { name: 'What takes up /var/lib' });
    // A name cannot disguise itself.
    expect(within(lib).getByText('\\u202ecod')).toBeTruthy();

    const rows = [
      [6144, 'lib', '.', ''],
      [8192, '.', '.', ''],
    ];
    stream.batch([{ type: 'answered', node: NODE, endpoint: 'cp-1', durationMs: 9, rows }]);
    expect(await within(lib).findByText('not listed', {}, PATIENCE)).toBeTruthy();
    const way = screen.getByRole('navigation', { name: 'Folders on the way' });
    await app.user.click(within(way).getByRole('button', { name: '/var' }));
    expect(await screen.findByRole('grid', { name: 'What takes up /var' })).toBeTruthy();

    await app.user.click(screen.getByRole('button', { name: 'All rows' }));
    expect(await screen.findByRole('grid', { name: /^Answers of run 1/ })).toBeTruthy();
  },
);
