import { cleanup, screen, waitFor } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { openApp } from '../support/open-app.ts';
import { emptyShelf } from '../support/shelf.ts';

const header = (name: RegExp): HTMLElement => screen.getByRole('columnheader', { name });

it('a table is after a restart as the user has arranged it', async () => {
  const shelf = emptyShelf();
  const { user } = openApp('nodes', clusterBridge(), undefined, shelf);
  await screen.findByRole('row', { name: /worker-07/ });
  await user.click(screen.getByRole('button', { name: 'MEMORY' }));
  await user.click(screen.getByRole('button', { name: 'Columns' }));
  await user.click(screen.getByRole('menuitemcheckbox', { name: 'CPU' }));
  await waitFor(() => expect(screen.queryByRole('columnheader', { name: /CPU/ })).toBeNull());
  cleanup();

  openApp('nodes', clusterBridge(), undefined, shelf);
  await screen.findByRole('row', { name: /worker-07/ });

  expect(header(/MEMORY/).getAttribute('aria-sort')).toBe('ascending');
  expect(screen.queryByRole('columnheader', { name: /CPU/ })).toBeNull();
});
