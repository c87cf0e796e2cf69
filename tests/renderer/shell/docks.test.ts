import { cleanup, fireEvent, screen, waitFor } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { Preferences } from '../../../renderer/state/preferences.svelte.ts';
import { View } from '../../../renderer/state/view.svelte.ts';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { openApp } from '../support/open-app.ts';
import { emptyShelf } from '../support/shelf.ts';

it('details are made wider by keys, and are as wide after a restart', async () => {
  const shelf = emptyShelf();
  const first = openApp('nodes', clusterBridge(), undefined, shelf);
  await first.user.click(await screen.findByText('worker-07'));
  const edge = await screen.findByRole('separator', { name: 'Width of the details' });
  edge.focus();
  await first.user.keyboard('{ArrowLeft}{ArrowLeft}{ArrowRight}');
  await waitFor(() => expect(edge.getAttribute('aria-valuenow')).toBe('28'));
  cleanup();

  const again = openApp('nodes', clusterBridge(), undefined, shelf);
  expect(again.session.view.inspectorPercent).toBe(28);
});

it('details are as wide as from the pointer to the edge of the window, until it is let go', async () => {
  const { session, user } = openApp('nodes');
  await user.click(await screen.findByText('worker-07'));
  const edge = await screen.findByRole('separator', { name: 'Width of the details' });
  edge.setPointerCapture = () => undefined;
  const move = (share: number): Promise<boolean> =>
    fireEvent.pointerMove(edge, { clientX: window.innerWidth * share, pointerId: 1 });
  await move(0.5);
  expect(session.view.inspectorPercent).toBe(24);

  await fireEvent.pointerDown(edge, { pointerId: 1 });
  await move(0.6);
  expect(session.view.inspectorPercent).toBeCloseTo(40);
  await fireEvent(edge, new Event('lostpointercapture'));
  await move(0.7);
  expect(session.view.inspectorPercent).toBeCloseTo(40);
});

it('a size that no part may have is not taken', () => {
  const preferences = new Preferences(undefined);
  preferences.keep('drawer', 'tall');
  const view = new View(preferences);
  expect(view.drawerPercent).toBe(58);
  view.resizeDrawer(400);
  expect(view.drawerPercent).toBe(85);
  view.resizeInspector(Number.NaN);
  expect(view.inspectorPercent).toBe(24);
});

it('the list of nodes is filtered as it was when one comes back to it, of the same cluster alone', async () => {
  const { session, user } = openApp('nodes');
  await screen.findByRole('row', { name: /worker-07/ });
  const filter = (): HTMLInputElement => {
    const input = document.querySelector<HTMLInputElement>('main [data-filter]');
    if (input === null) throw new Error('the list has no filter');
    return input;
  };
  await user.type(filter(), 'worker-07');
  session.screen.show('endpoints');
  await screen.findByRole('main', { name: 'Endpoints' });
  session.screen.show('nodes');
  await screen.findByRole('main', { name: 'Nodes' });
  expect(filter().value).toBe('worker-07');

  await session.client.call('contexts.select', { name: 'staging' });
  await waitFor(() => expect(session.current.id).toBe('staging'));
  await waitFor(() => expect(filter().value).toBe(''));
});
