import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { configOf } from '../../fakes/bridge/cluster-data.ts';
import { openApp, type OpenApp } from '../support/open-app.ts';

/** Opens the palette and types into it. */
async function search({ session, user }: OpenApp, text: string): Promise<readonly string[]> {
  await screen.findByRole('navigation', { name: 'Screens' });
  session.view.isPaletteOpen = true;
  await user.type(await screen.findByRole('combobox', { name: 'Search or run' }), text);
  return screen.queryAllByRole('option').map((option) => option.querySelector('.label')?.textContent ?? '');
}

function shelfOf(): {
  readonly getItem: (key: string) => string | null;
  readonly setItem: (key: string, value: string) => void;
} {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

describe('the palette of the window', () => {
  it('reads a line of talosctl that is typed there, prompt and all, and runs nothing by itself', async () => {
    const bridge = clusterBridge().answer('runs.parseTalosctl', () => ({
      ok: true,
      value: { command: 'version', params: {}, nodes: ['10.5.0.2'], notes: [] },
    }));
    const app = openApp('nodes', bridge);

    expect((await search(app, '$ talosctl -n 10.5.0.2 version'))[0]).toBe('Read this talosctl command line');
    await app.user.keyboard('{Enter}');

    const dialog = await screen.findByRole('dialog', { name: 'Paste a talosctl command line' });
    expect(await within(dialog).findByText('Version')).toBeTruthy();
    expect(within(dialog).getByRole<HTMLInputElement>('textbox').value).toBe('talosctl -n 10.5.0.2 version');
    expect(bridge.calls.map(({ name }) => name)).not.toContain('runs.start');
  });

  it('does not take the word alone for a line', async () => {
    expect(await search(openApp('nodes'), 'talosctl')).not.toContain('Read this talosctl command line');
  });

  it('begins with what was picked of late, also after the window was closed', async () => {
    const shelf = shelfOf();
    const first = openApp('nodes', clusterBridge(), undefined, shelf);
    await search(first, 'endpoints');
    await first.user.keyboard('{Enter}');
    await waitFor(() => expect(first.session.screen.id).toBe('endpoints'));

    const again = openApp('nodes', clusterBridge(), undefined, shelf);
    again.session.view.isPaletteOpen = true;

    await waitFor(() => expect(screen.getAllByRole('option')[0]?.textContent).toContain('Endpoints'));
    expect(screen.getByText('Recent')).toBeTruthy();
  });
});

describe('the title of the window', () => {
  it('names what is shown and its cluster, and marks production', async () => {
    const config = configOf();
    const { session } = openApp('nodes', clusterBridge().publish('config.state', {}, config));
    await waitFor(() => expect(document.title).toBe('Nodes · prod-fra · Minos'));

    session.screen.show('node', '10.5.0.17');
    await waitFor(() => expect(document.title).toBe('worker-07 · prod-fra · Minos'));
  });

  it('marks production and the demo', async () => {
    const marked = configOf({ contexts: configOf().contexts.map((each) => ({ ...each, isProduction: true })) });
    const { bridge } = openApp('nodes', clusterBridge().publish('config.state', {}, marked));
    await waitFor(() => expect(document.title).toBe('Nodes · prod-fra (production) · Minos'));

    bridge.publish('config.state', {}, configOf({ choice: { ...configOf().choice, reason: 'demo' } }));
    await waitFor(() => expect(document.title).toBe('Nodes · prod-fra (simulated) · Minos'));
  });
});

describe('going back', () => {
  it('leads to the screen before by key and by the button of a mouse, and forward again', async () => {
    const { session, user } = openApp('nodes');
    await screen.findByRole('main', { name: 'Nodes' });
    session.screen.show('endpoints');
    await screen.findByRole('main', { name: 'Endpoints' });

    await user.keyboard('{Alt>}{ArrowLeft}{/Alt}');
    expect(await screen.findByRole('main', { name: 'Nodes' })).toBeTruthy();
    await user.keyboard('{Alt>}{ArrowRight}{/Alt}');
    const shown = await screen.findByRole('main', { name: 'Endpoints' });
    const side = new MouseEvent('mouseup', { button: 3, bubbles: true, cancelable: true });
    shown.dispatchEvent(side);

    expect(await screen.findByRole('main', { name: 'Nodes' })).toBeTruthy();
    expect(side.defaultPrevented).toBe(true);
  });
});
