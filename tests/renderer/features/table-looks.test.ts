import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanup, screen, waitFor, within } from '@testing-library/svelte';
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

const ROOT = join(import.meta.dirname, '../../..');
const SOURCES = globSync('renderer/features/**/*.svelte', { cwd: ROOT }).map((file) => ({
  file,
  text: readFileSync(join(ROOT, file), 'utf8'),
}));

it('every table has looks of its own, kept under a name that no other has', () => {
  const names = SOURCES.flatMap(({ text }) =>
    [...text.matchAll(/new TableLooks\(\s*session\.preferences,\s*['`]([^'`]*)['`]/g)].map(([, name]) => name),
  );
  const tables = SOURCES.flatMap(({ text }) => text.match(/<Table\s/g) ?? []);
  const given = SOURCES.flatMap(({ text }) => text.match(/^ +\{looks\}$/gm) ?? []);

  expect(names.sort()).toEqual([
    'blackbox',
    'clusters.${question.asked.command.id}',
    'contexts',
    'etcd',
    'events',
    'explore.${type.type}',
    'files',
    'fleet',
    'kubeconfig',
    'load',
    'nodes',
    'processes',
    'refused',
    'run.${run.request.command.id}',
    'sockets',
    'timeline',
    'usage',
  ]);
  expect([tables.length, given.length]).toEqual([names.length, names.length]);
});

it('every filter of a list outlives leaving the list', () => {
  const forgets = SOURCES.filter(({ text }) => /<FilterChips[^/]*\sbind:text(?!=)/.test(text)).map(({ file }) => file);

  // What is looked for in a picture, and in a list of a sheet.
  expect(forgets.sort()).toEqual(['renderer/features/explore/graph/DependencyView.svelte']);
});

it('a list that is come back to is filtered as it was', async () => {
  const { user, session } = openApp('contexts', clusterBridge());
  await user.type(await screen.findByRole('textbox', { name: 'Filter contexts' }), 'prod');
  session.screen.show('endpoints');
  await screen.findByRole('main', { name: 'Endpoints' });
  session.screen.show('contexts');
  await screen.findByRole('main', { name: 'Contexts' });
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Filter contexts' }).value).toBe('prod');
});

it('answers of a run keep filter and order while the run is folded, and the next run of its command the order', async () => {
  const { user } = openApp('nodes');
  const run = async (): Promise<HTMLElement> => {
    await user.click(await screen.findByRole('button', { name: /^Run on/ }));
    await user.click(screen.getByRole('menuitem', { name: 'Version' }));
    await screen.findByText(/13 ok · 1 failed/);
    return screen.getByRole('region', { name: 'Runs' });
  };
  const node = (drawer: HTMLElement): HTMLElement => within(drawer).getByRole('columnheader', { name: /NODE/ });
  const drawer = await run();
  await user.click(within(node(drawer)).getByRole('button'));
  await user.click(within(node(drawer)).getByRole('button'));
  await user.type(within(drawer).getByRole('textbox', { name: 'Filter answers' }), 'cp-');
  await user.click(within(drawer).getByRole('button', { name: 'Fold the run' }));
  await user.click(within(drawer).getByRole('button', { name: 'Unfold the run' }));

  expect(within(drawer).getByRole<HTMLInputElement>('textbox', { name: 'Filter answers' }).value).toBe('cp-');
  expect(node(drawer).getAttribute('aria-sort')).toBe('descending');
  const next = await run();
  expect(within(next).getByRole<HTMLInputElement>('textbox', { name: 'Filter answers' }).value).toBe('');
  expect(node(next).getAttribute('aria-sort')).toBe('descending');
});
