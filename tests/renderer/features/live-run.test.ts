import { screen, within } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import type { CommandSummary } from '../../../preload/contract/index.ts';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { NOW_MS, VERSION_COMMAND } from '../../fakes/bridge/cluster-data.ts';
import { openApp } from '../support/open-app.ts';

const LIVE: CommandSummary = { ...VERSION_COMMAND, liveEveryMs: 60_000 };

it('a live run dims answers that no newer one follows, and says how old they are', async () => {
  let nowMs = NOW_MS;
  const bridge = clusterBridge().answer('commands.list', () => ({ ok: true, value: [LIVE] }));
  const { user } = openApp('nodes', bridge, () => nowMs);
  await user.click(await screen.findByRole('button', { name: 'Run on 14 nodes' }));
  await user.click(screen.getByRole('menuitem', { name: 'Version' }));
  await screen.findByText(/14 nodes · 13 ok · 1 failed/);
  const drawer = screen.getByRole('region', { name: 'Runs' });
  const live = within(drawer).getByRole('button', { name: 'Live' });

  nowMs += 24_000;
  await user.click(live);
  expect(drawer.querySelector('.row-stale')).toBeNull();
  nowMs += 60_000;

  expect(await within(drawer).findByText(/^No new answer of cp-1, .* since \d\d:\d\d:\d\d, 1 min ago\.$/)).toBeTruthy();
  // The age changes every second, and is not read aloud.
  const said = within(drawer)
    .getAllByRole('status')
    .map(({ textContent }) => textContent);
  expect(said).toContainEqual(expect.stringMatching(/^No new answer of cp-1, .* since \d\d:\d\d:\d\d\.$/));
  expect(drawer.querySelectorAll('.row-stale').length).toBeGreaterThan(0);
  expect(drawer.querySelector('.row-stale')?.textContent).toContain('1 min ago');

  expect(within(drawer).getAllByRole('img', { name: 'no new answer' }).length).toBeGreaterThan(0);

  await user.click(live);
  expect(drawer.querySelector('.row-stale')).toBeNull();
});
