import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { OpenTalosconfig } from '../../../../preload/contract/index.ts';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import { configOf, CONTEXTS, contextOf, NOW_MS, nodesOf, PATH } from '../../../fakes/bridge/cluster-data.ts';
import { failureOf } from '../../../fakes/bridge/fake-bridge.ts';
import { inputsOf } from '../../support/inputs-of.ts';
import { openApp, type OpenApp } from '../../support/open-app.ts';

const OTHER = '/home/ada/team/talosconfig';

const file = (path: string, rest: Partial<OpenTalosconfig> = {}): OpenTalosconfig => ({
  path,
  isPrimary: path === PATH,
  status: 'ready',
  writable: true,
  contexts: 1,
  problems: [],
  ...rest,
});

const LOOSE = {
  severity: 'warning',
  message: 'Other users of this computer may access this file (mode 0644).',
  hint: 'Set its mode to 0600.',
  field: 'mode',
} as const;

async function openTwo(rest: Partial<OpenTalosconfig> = {}): Promise<OpenApp> {
  const id = `${OTHER}#prod-fra`;
  const beside = contextOf('prod-fra', { id, file: OTHER });
  const bridge = clusterBridge()
    .publish('config.state', {}, configOf({ contexts: [...CONTEXTS, beside], files: [file(PATH), file(OTHER, rest)] }))
    .publish('nodes.state', { context: id }, nodesOf({ context: id }));
  const app = openApp('contexts', bridge);
  await screen.findByRole('list', { name: 'Open talosconfigs' });
  return app;
}

describe('open talosconfigs', () => {
  it('tells contexts of the same name apart by their file', async () => {
    const { user } = await openTwo();

    const rows = screen.getAllByRole('row', { name: /prod-fra/ });
    expect(rows.map((row) => within(row).getAllByRole('cell')[0]?.textContent.trim())).toEqual([
      '.talos/config',
      'team/talosconfig',
    ]);
    await user.click(screen.getByRole('button', { name: /^Context: prod-fra/ }));

    expect(await screen.findByRole('option', { name: /^prod-fra in team\/talosconfig/ })).toBeTruthy();
  });

  it('names a context by its id in calls', async () => {
    const app = await openTwo();
    await app.user.click(within(screen.getAllByRole('row', { name: /prod-fra/ })[1]!).getByRole('rowheader'));

    await app.user.click(screen.getByRole('button', { name: "Make it the file's current context" }));

    await waitFor(() => expect(inputsOf(app, 'contexts.setCurrent')).toEqual([{ context: `${OTHER}#prod-fra` }]));
  });

  it('closes one that was opened beside, never the one in use', async () => {
    const app = await openTwo();

    await app.user.click(screen.getByRole('button', { name: `Close ${OTHER}` }));

    await waitFor(() => expect(inputsOf(app, 'talosconfigs.close')).toEqual([{ file: OTHER }]));
    expect(screen.queryByRole('button', { name: `Close ${PATH}` })).toBeNull();
  });

  it('offers to make a file private that others can read', async () => {
    const app = await openTwo({ problems: [LOOSE] });
    expect(screen.getByText(/Other users of this computer may access this file/)).toBeTruthy();

    await app.user.click(screen.getByRole('button', { name: 'Make private' }));

    await waitFor(() => expect(inputsOf(app, 'talosconfigs.makePrivate')).toEqual([{ file: OTHER }]));
  });

  it('opens another one from the menu', async () => {
    const app = await openTwo();

    await app.user.click(screen.getByRole('button', { name: 'Import or add' }));
    await app.user.click(screen.getByRole('menuitem', { name: /Open another talosconfig/ }));

    await waitFor(() => expect(inputsOf(app, 'talosconfigs.open')).toHaveLength(1));
  });

  it('says that the other version is in the history', async () => {
    const conflicts = [{ file: PATH, atMs: NOW_MS, message: 'Both wrote.', holds: 'minos' as const }];
    openApp('contexts', clusterBridge().publish('config.state', {}, configOf({ conflicts })));

    expect((await screen.findByRole('region', { name: /Two programs wrote/ })).textContent).toContain(
      'The file holds the version of Minos. The other one is in the history',
    );
  });

  it('names both versions when another program wrote at the same time', async () => {
    const keptAt = '/home/ada/.talos/config.minos-other-1';
    const message = 'Another program wrote into the version that Minos had just replaced.';
    const conflicts = [{ file: PATH, atMs: NOW_MS, message, holds: 'minos' as const, keptAt }];
    const app = openApp('contexts', clusterBridge().publish('config.state', {}, configOf({ conflicts })));

    const banner = await screen.findByRole('region', { name: `Two programs wrote to ${PATH} at the same time` });
    expect(banner.textContent).toContain(keptAt);
    expect(banner.textContent).toContain('The file holds the version of Minos.');
    await app.user.click(within(banner).getByRole('button', { name: 'Show the history' }));

    await screen.findByRole('dialog', { name: 'Changes by Minos' });
  });
});

describe('the history of a file', () => {
  async function openHistory(): Promise<OpenApp & { panel: HTMLElement }> {
    const app = openApp('contexts');
    await app.user.click(await screen.findByRole('button', { name: 'History' }));
    const panel = await screen.findByRole('dialog', { name: 'Changes by Minos' });
    await within(panel).findByRole('list', { name: 'Changes, newest first' });
    return { ...app, panel };
  }

  it('lists changes newest first and undoes only what can be undone', async () => {
    const app = await openHistory();
    const [newest, older] = within(app.panel).getAllByRole('listitem');
    expect(newest?.textContent).toContain('Changed the endpoints of staging');
    expect(older?.textContent).toContain('changed since');
    expect(within(older!).queryByRole('button', { name: /Undo/ })).toBeNull();

    await app.user.click(within(newest!).getByRole('button', { name: 'Undo…' }));
    expect(inputsOf(app, 'plans.undo')).toEqual([]);
    await app.user.click(screen.getByRole('button', { name: 'Undo' }));

    await waitFor(() => expect(inputsOf(app, 'plans.undo')).toEqual([{ change: 'c2' }]));
    await waitFor(() => expect(inputsOf(app, 'history.list').length).toBeGreaterThan(2));
  });

  it('says why it cannot be undone', async () => {
    const app = await openHistory();
    app.bridge.answer('plans.undo', () => ({ ok: false, failure: failureOf('conflict', 'It changed after that.') }));

    await app.user.click(within(app.panel).getByRole('button', { name: 'Undo…' }));
    await app.user.click(screen.getByRole('button', { name: 'Undo' }));

    const question = screen.getByRole('dialog', { name: 'Undo this change?' });
    await within(question).findByRole('group', { name: 'It changed after that.' });
  });

  it('leaves it to main to ask before old versions are forgotten, and says nothing when the user refused', async () => {
    const app = await openHistory();
    app.bridge.answer('history.forget', () => ({
      ok: false,
      failure: failureOf('cancelled', 'You did not confirm it.'),
    }));

    await app.user.click(within(app.panel).getByRole('button', { name: 'Forget old versions now…' }));

    await waitFor(() => expect(inputsOf(app, 'history.forget')).toEqual([{ file: PATH }]));
    await waitFor(() => expect(inputsOf(app, 'history.list')).toHaveLength(2));
    expect(document.body.textContent).not.toMatch(/did not confirm|are forgotten/);
  });

  it('says for how many days versions are kept, as the settings have it', async () => {
    const { bridge, panel } = await openHistory();
    await waitFor(() => expect(panel.textContent).toContain('kept for 30 days'));

    bridge.publish(
      'settings.state',
      {},
      {
        ...{ nodesAtOnce: 64, versionDays: 365, deedKeepDays: 400, isTellingExpiry: true, isNotifying: false },
        isLookingForUpdates: false,
      },
    );

    await waitFor(() => expect(panel.textContent).toContain('kept for 365 days'));
  });

  it('is what Ctrl Z shows while nothing was changed in this session: nothing old is undone unseen', async () => {
    const app = openApp('contexts');
    await screen.findByRole('rowheader', { name: /staging/ });

    await app.user.keyboard('{Control>}z{/Control}');

    await screen.findByRole('dialog', { name: 'Changes by Minos' });
    expect(inputsOf(app, 'plans.undo')).toEqual([]);
  });
});
