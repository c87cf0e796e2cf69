import { cleanup, screen, waitFor, within } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import { APP } from '../../../fakes/bridge/cluster-data.ts';
import type { FakeBridge } from '../../../fakes/bridge/fake-bridge.ts';
import { openApp } from '../../support/open-app.ts';

const asked = ({ calls }: FakeBridge): readonly unknown[] =>
  calls.filter(({ name }) => name === 'app.showTray').map(({ input }) => input);

it('the tray is asked for where trays are reliable, and elsewhere when the user wants it', async () => {
  const mac = clusterBridge().answer('app.info', () => ({ ok: true, value: { ...APP, platform: 'darwin' } }));
  openApp('nodes', mac);
  await waitFor(() => expect(asked(mac)).toEqual([{ isShown: true }]));
  cleanup();

  const { bridge, user } = openApp('settings');
  const choice = within(await screen.findByRole('group', { name: 'Sign in the tray' }));
  expect(asked(bridge)).toEqual([]);
  await user.click(choice.getByRole('radio', { name: 'Shown' }));
  await waitFor(() => expect(asked(bridge)).toEqual([{ isShown: true }]));
  await user.click(choice.getByRole('radio', { name: 'Not shown' }));

  await waitFor(() => expect(asked(bridge)).toEqual([{ isShown: true }, { isShown: false }]));
});
