import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { configOf } from '../../fakes/bridge/cluster-data.ts';
import { openApp } from '../support/open-app.ts';

const titles = (): readonly (string | undefined)[] =>
  [...document.querySelectorAll<HTMLElement>('[aria-keyshortcuts]')].map(({ title }) => title);

it('whatever has a key says it in its tooltip', async () => {
  const { session, user } = openApp('nodes');
  await user.keyboard('{Control>}t{/Control}');
  await waitFor(() => expect(session.screen.id).toBe('overview'));
  session.screen.show('nodes');
  await user.click(await screen.findByRole('button', { name: /^Run on/ }));
  await user.click(screen.getByRole('menuitem', { name: 'Version' }));
  await screen.findByText(/13 ok · 1 failed/);
  const grid = screen.getByRole('grid', { name: 'Nodes' });
  grid.focus();
  await user.keyboard('{ArrowDown}{Enter}');
  await screen.findByRole('complementary');

  expect(titles()).toEqual([
    'Close the tab prod-fra Nodes (Ctrl W)',
    'New tab (Ctrl T)',
    'Context: prod-fra (Ctrl P)',
    'Search or run (Ctrl K)',
    'Logs (Ctrl L)',
    'Explore (Ctrl E)',
    'Filter nodes (/)',
    'Run on 14 nodes (Ctrl R)',
    'Fold the run (Ctrl J)',
    'Dock the run on the right (Ctrl Shift D)',
    'Close the run (Escape)',
    'Dock the details below (Ctrl D)',
    'Close the inspector (Escape)',
  ]);
  // The key is no part of the name.
  expect(screen.getByRole('button', { name: 'Search or run…' })).toBeTruthy();
  await user.keyboard('?');
  expect(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Close' }).title).toBe('Close (Escape)');
});

it('the first page says the keys of what it offers', async () => {
  openApp('nodes', clusterBridge().publish('config.state', {}, configOf({ status: 'missing', contexts: [] })));

  await screen.findByRole('button', { name: 'Import a talosconfig…' });
  expect(titles()).toEqual(['Import a talosconfig (Ctrl O)', 'User guide (F1)', 'Settings (Ctrl ,)']);
});
