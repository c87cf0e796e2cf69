import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import type { PickItem } from '../../../renderer/components/overlays/pick.ts';
import type { Session } from '../../../renderer/state/context.ts';
import { paletteItems } from '../../../renderer/shell/palette-items.ts';
import { lensesOf } from '../../../renderer/features/lens/lenses.svelte.ts';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { fakeLenses } from '../../fakes/fake-lens.ts';
import { openApp } from '../support/open-app.ts';

const TYPE = {
  type: 'Members.cluster.talos.dev',
  namespace: 'cluster',
  aliases: ['member'],
  columns: [],
  isSensitive: false,
};

function entry(session: Session, label: string): PickItem {
  const found = paletteItems(session).find((item) => item.label === label);
  if (!found) throw new Error(`there is no entry ${label}`);
  return found;
}

describe('entries of the palette', () => {
  it.each(['Rows of tables', 'Nodes asked at a time', 'Notices of certificates that end', 'Sign in the tray'])(
    'that are the setting %s lead to it, also from its own screen',
    async (label) => {
      const { session, user } = openApp('overview', clusterBridge());
      const isFocused = (): void => {
        const focused = document.activeElement;
        expect((focused?.closest('fieldset') ?? focused?.closest('label'))?.textContent).toContain(label);
      };

      entry(session, `Setting: ${label}`).pick();
      await screen.findByRole('heading', { name: 'Settings' });
      await waitFor(isFocused);

      await user.click(screen.getByRole('heading', { name: 'Settings' }));
      entry(session, `Setting: ${label}`).pick();
      await waitFor(isFocused);
    },
  );

  it('open the log of a service on the nodes that a run would ask, of etcd on control planes alone', async () => {
    const { session } = openApp('nodes', clusterBridge());
    await vi.waitFor(() => expect(entry(session, 'Follow the log of kubelet').detail).toMatch(/^on .*14/));
    expect(entry(session, 'Follow the log of etcd').detail).toBe('on 3 control planes');

    const fakes = fakeLenses();
    lensesOf(session).makeLens = fakes.make;
    entry(session, 'Follow the log of etcd').pick();

    expect(fakes.all.at(-1)?.adding[0]?.sources).toEqual(
      ['10.5.0.2', '10.5.0.3', '10.5.0.4'].map((node) => ({ kind: 'service', node, id: 'etcd' })),
    );
  });

  it('that are types of resources are there once the palette was opened, and the cluster is asked once', async () => {
    const bridge = clusterBridge().answer('resources.types', () => ({ ok: true, value: [TYPE] }));
    const { session } = openApp('overview', bridge);
    const asked = (): number => bridge.calls.filter(({ name }) => name === 'resources.types').length;
    expect(asked()).toBe(0);

    session.view.isPaletteOpen = true;
    await vi.waitFor(() => expect(paletteItems(session).some(({ id }) => id.startsWith('type:'))).toBe(true));
    session.view.isPaletteOpen = false;
    await waitFor(() => expect(screen.queryByRole('combobox', { name: 'Search or run' })).toBeNull());
    session.view.isPaletteOpen = true;
    await screen.findByRole('combobox', { name: 'Search or run' });

    expect(asked()).toBe(1);
  });
});
