import { screen, within } from '@testing-library/svelte';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import type { FakeBridge } from '../../fakes/bridge/fake-bridge.ts';
import { openApp, type OpenApp } from './open-app.ts';

/** The kubeconfig screen with the sheet of prod-fra open, after the cluster was asked. */
export async function openSheet(
  bridge: FakeBridge = clusterBridge(),
): Promise<OpenApp & { readonly sheet: HTMLElement }> {
  const app = openApp('kubeconfig', bridge);
  await app.user.click(await screen.findByRole('button', { name: 'Get kubeconfig…' }));
  const sheet = await screen.findByRole('dialog', { name: 'Kubeconfig of prod-fra' });
  await app.user.click(within(sheet).getByRole('button', { name: 'Ask prod-fra for a kubeconfig' }));
  await within(sheet).findByRole('list', { name: 'What changes' });
  // jsdom's dialogs do not move the focus; the browser gives it to the sheet's body.
  sheet.querySelector<HTMLElement>('[tabindex="-1"]')?.focus();
  return { ...app, sheet };
}

/** The button of a sheet that does what the sheet is for. */
export const primary = (sheet: HTMLElement, name: string): HTMLButtonElement =>
  within(sheet).getByRole('button', { name });
