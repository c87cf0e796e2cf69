import { screen, within } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { openApp } from '../support/open-app.ts';

const NODE = '10.5.0.20';
/** The whole page is drawn, which takes its time beside other tests. */
const PATIENCE = { timeout: 10_000 };

const COPY = {
  id: 'copy',
  title: 'Download a folder',
  columns: [
    { id: 'name', title: 'NAME', kind: 'text' },
    { id: 'size', title: 'SIZE', kind: 'bytes' },
    { id: 'result', title: 'RESULT', kind: 'text' },
  ],
  params: [],
  picture: { kind: 'bytes' },
} as const;

async function saving() {
  const bridge = clusterBridge({ failing: {}, hanging: [NODE] });
  const app = openApp('runs', bridge);
  await expect.poll(() => app.session.current.id).toBe('prod-fra');
  app.session.runs.start({ context: 'prod-fra', command: COPY, params: {}, nodes: [NODE], deadlineMs: 5000 });
  app.session.view.isDrawerOpen = true;
  await expect.poll(() => bridge.runs.length).toBe(1);
  return { ...app, stream: bridge.runs[0]! };
}

it(
  'shows how much has come and how fast, then what was saved and what was refused of it',
  { timeout: 30_000 },
  async () => {
    const { stream } = await saving();

    stream.batch([{ type: 'progress', node: NODE, bytes: 3_145_728, bytesPerSecond: 1_048_576 }]);
    expect((await screen.findByText(/saved · .*\/s/, {}, PATIENCE)).textContent).toMatch(
      /^\s*3(\.0)? MiB of .* saved · 1(\.0)? MiB\/s/,
    );
    expect(screen.getByRole('progressbar', { name: 'Progress of run 1, Download a folder' })).toBeTruthy();

    const rows = [
      ['etc', 2048, '3 files; 1 refused'],
      ['../x', null, 'refused: its path leads out of the folder'],
    ];
    stream.batch([{ type: 'answered', node: NODE, endpoint: 'cp-1', durationMs: 9, rows }]);

    await expect.poll(() => document.body.textContent, PATIENCE).toContain('Show in folder');
    expect(screen.getByRole('rowheader', { name: '../x' })).toBeTruthy();
    expect(screen.getByText('refused: its path leads out of the folder')).toBeTruthy();
  },
);

it('says before the run that it is for one node, and what its deadline is', { timeout: 30_000 }, async () => {
  const { session } = openApp('runs', clusterBridge());
  await expect.poll(() => session.current.id).toBe('prod-fra');
  session.view.form = { command: COPY, params: {}, nodes: [NODE, '10.5.0.21'] };

  const form = await screen.findByRole('dialog', { name: 'Run Download a folder' });
  expect(within(form).getByRole('alert').textContent).toBe(
    '“Download a folder” asks exactly one node, not 2: select one.',
  );
  expect(within(form).getByRole<HTMLButtonElement>('button', { name: 'Run' }).disabled).toBe(true);
  expect(within(form).getByLabelText('Longest time without a byte')).toBeTruthy();

  session.view.form = { command: COPY, params: {}, nodes: [NODE] };
  await expect
    .poll(() => within(form).getByRole<HTMLButtonElement>('button', { name: 'Run' }).disabled, PATIENCE)
    .toBe(false);
});
