import { screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { DesktopRequest } from '../../../preload/contract/index.ts';
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
