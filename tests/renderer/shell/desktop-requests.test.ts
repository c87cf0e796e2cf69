import { screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { MENU_ACTIONS, type DesktopRequest } from '../../../preload/contract/index.ts';
import { ACTIONS } from '../../../renderer/shell/features.ts';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { configOf } from '../../fakes/bridge/cluster-data.ts';
import type { FakeBridge } from '../../fakes/bridge/fake-bridge.ts';
import { openApp } from '../support/open-app.ts';

afterEach(() => {
  window.location.hash = '';
});

async function ask(bridge: FakeBridge, request: DesktopRequest): Promise<void> {
  await waitFor(() => expect(bridge.desktop).toBeDefined());
  bridge.desktop?.batch([request]);
}

describe('what is asked for outside the page', () => {
  it('imports as the button does', async () => {
    const { bridge } = openApp('nodes');
    await ask(bridge, { kind: 'act', action: 'import.choose' });
    expect(await screen.findByRole('dialog', { name: 'Import contexts' })).toBeTruthy();
    expect(bridge.calls.filter(({ name }) => name === 'import.choose')).toHaveLength(1);
  });

  it('does what the menu asks for on the first page too, but what only the frame has', async () => {
    const bridge = clusterBridge().publish('config.state', {}, configOf({ status: 'missing', contexts: [] }));
    const { session } = openApp('overview', bridge);
    await screen.findByRole('heading', { name: 'There is no talosconfig yet' });

    await ask(bridge, { kind: 'act', action: 'app.search' });
    await ask(bridge, { kind: 'act', action: 'support.open' });

    expect(await screen.findByRole('main', { name: 'About Minos' })).toBeTruthy();
    expect(session.view.isPaletteOpen).toBe(false);
  });

  it('leaves no entry of the menu without an answer on the first page but that of the palette', () => {
    const answered = new Set(ACTIONS.filter(({ isForFirstPage }) => isForFirstPage).map(({ id }) => id));
    expect(Object.keys(MENU_ACTIONS).filter((id) => !answered.has(id))).toEqual(['app.search']);
  });

  it('looks for updates before there is a talosconfig, and shows what is known', async () => {
    const bridge = clusterBridge().publish('config.state', {}, configOf({ status: 'missing', contexts: [] }));
    openApp('overview', bridge);
    await screen.findByRole('heading', { name: 'There is no talosconfig yet' });

    await ask(bridge, { kind: 'act', action: 'updates.look' });

    expect(await screen.findByRole('region', { name: 'Updates' })).toBeTruthy();
    expect(bridge.calls).toContainEqual({ name: 'updates.look', input: {} });
  });

  it('looks at opened files as at dropped ones', async () => {
    const { bridge } = openApp('nodes');
    await ask(bridge, { kind: 'look-at-files', token: 'a-token' });
    expect(await screen.findByRole('dialog', { name: 'Import contexts' })).toBeTruthy();
    expect(bridge.calls).toContainEqual({ name: 'import.fromDrop', input: { token: 'a-token' } });
  });

  it.each(['nodes', 'contexts'])('shows a context from the screen %s', async (from) => {
    const { bridge } = openApp(from);
    await ask(bridge, { kind: 'show-context', context: 'lab' });
    const inspector = await screen.findByRole('complementary', { name: 'Context lab' });
    expect(screen.getByRole('main', { name: 'Contexts' })).toBeTruthy();
    expect(within(inspector).getByText('Client certificate')).toBeTruthy();
  });
});
