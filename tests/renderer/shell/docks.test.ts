import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, expect, it } from 'vitest';
import { Preferences } from '../../../renderer/state/preferences.svelte.ts';
import { View } from '../../../renderer/state/view.svelte.ts';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { openApp, type OpenApp } from '../support/open-app.ts';
import { emptyShelf } from '../support/shelf.ts';

const [WIDTH, HEIGHT] = [window.innerWidth, window.innerHeight];

async function resizeWindow(width: number, height: number): Promise<void> {
  Object.assign(window, { innerWidth: width, innerHeight: height });
  await fireEvent(window, new Event('resize'));
}

afterEach(() => resizeWindow(WIDTH, HEIGHT));

const edge = (name: string): HTMLElement | null => screen.queryByRole('separator', { name });
const drawer = (): HTMLElement => screen.getByRole('region', { name: 'Runs' });

async function openDetails({ user }: OpenApp): Promise<HTMLElement> {
  const grid = await screen.findByRole('grid', { name: 'Nodes' });
  grid.focus();
  await user.keyboard('{ArrowDown}{Enter}');
  return screen.findByRole('complementary');
}

async function runVersion({ user }: OpenApp): Promise<void> {
  await user.click(await screen.findByRole('button', { name: /^Run on/ }));
  await user.click(screen.getByRole('menuitem', { name: 'Version' }));
  await screen.findByText(/13 ok · 1 failed/);
}

it('details are docked below by their key and back by their button, with a size on each side, also after a restart', async () => {
  const shelf = emptyShelf();
  const first = openApp('nodes', clusterBridge(), undefined, shelf);
  await openDetails(first);
  expect(edge('Width of the details')).toBeTruthy();
  await first.user.keyboard('{Control>}d{/Control}');
  const height = await screen.findByRole('separator', { name: 'Height of the details' });
  expect([height.getAttribute('aria-orientation'), height.getAttribute('aria-valuenow')]).toEqual(['horizontal', '45']);
  height.focus();
  await first.user.keyboard('{ArrowUp}');
  await waitFor(() => expect(height.getAttribute('aria-valuenow')).toBe('49'));
  cleanup();

  const again = openApp('nodes', clusterBridge(), undefined, shelf);
  const details = await openDetails(again);
  expect(edge('Height of the details')?.getAttribute('aria-valuenow')).toBe('49');
  await again.user.click(within(details).getByRole('button', { name: 'Dock the details on the right' }));
  expect(edge('Width of the details')?.getAttribute('aria-valuenow')).toBe('24');
});

it('the run is docked on the right by itself, folds to a line and comes back by one key', async () => {
  const app = openApp('nodes');
  await runVersion(app);
  expect(edge('Height of the run')).toBeTruthy();
  await app.user.click(within(drawer()).getByRole('button', { name: 'Dock the run on the right' }));
  expect(edge('Width of the run')?.getAttribute('aria-valuenow')).toBe('50');
  expect(app.session.view.inspector.side).toBe('right');

  await app.user.keyboard('{Control>}j{/Control}');
  expect([edge('Width of the run'), within(drawer()).queryByRole('grid')]).toEqual([null, null]);
  await app.user.click(within(drawer()).getByRole('button', { name: 'Close the run' }));
  await app.user.keyboard('{Control>}j{/Control}');
  expect(edge('Width of the run')).toBeTruthy();
  await app.user.keyboard('{Control>}{Shift>}d{/Shift}{/Control}');
  expect(edge('Height of the run')).toBeTruthy();
});

it('in a narrow window all is docked below, whatever was chosen, and comes back with the room', async () => {
  const app = openApp('nodes');
  await runVersion(app);
  const details = await openDetails(app);
  app.session.view.drawer.turn();

  await resizeWindow(880, 600);
  expect([edge('Height of the details') !== null, edge('Height of the run') !== null]).toEqual([true, true]);
  expect(screen.queryAllByRole('button', { name: /^Dock/ })).toEqual([]);
  await app.user.keyboard('{Control>}d{/Control}');
  await resizeWindow(900, 600);
  expect([edge('Width of the details') !== null, edge('Width of the run') !== null]).toEqual([true, true]);
  expect(details.isConnected).toBe(true);
});

it('in a small window details lie over the screen, have the focus, and give it back', async () => {
  const app = openApp('nodes');
  await resizeWindow(600, 400);
  const details = await openDetails(app);
  const work = document.querySelector<HTMLElement>('main')?.parentElement;

  expect(work?.inert).toBe(true);
  expect(edge('Height of the details')).toBeNull();
  await waitFor(() => expect(document.activeElement).toBe(details));
  await app.user.keyboard('{Escape}');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('grid', { name: 'Nodes' })));
  expect(work?.inert).toBe(false);
});

it('the palette docks, folds and closes what is there, and nothing else', async () => {
  const app = openApp('nodes');
  const found = async (text: string): Promise<readonly string[]> => {
    await app.user.keyboard('{Control>}k{/Control}');
    await app.user.type(await screen.findByRole('combobox'), text);
    const names = screen.queryAllByRole('option').map(({ textContent }) => textContent.trim());
    await app.user.keyboard('{Escape}');
    return names.filter((name) => /(the run|the details)/.test(name));
  };
  await screen.findByRole('grid', { name: 'Nodes' });
  expect(await found('dock')).toEqual([]);

  await runVersion(app);
  await openDetails(app);
  expect((await found('dock')).join()).toMatch(
    /Dock the run on the right.*Dock the details below|Dock the details below.*Dock the run/,
  );
  expect((await found('fold the run')).join()).toContain('Fold the run');
  expect((await found('close the')).join()).toMatch(/Close the details/);
});

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
  expect(again.session.view.inspector.percent).toBe(28);
});

it('details are as wide as from the pointer to the edge of the window, until it is let go', async () => {
  const { session, user } = openApp('nodes');
  await user.click(await screen.findByText('worker-07'));
  const edge = await screen.findByRole('separator', { name: 'Width of the details' });
  edge.setPointerCapture = () => undefined;
  const move = (share: number): Promise<boolean> =>
    fireEvent.pointerMove(edge, { clientX: window.innerWidth * share, pointerId: 1 });
  await move(0.5);
  expect(session.view.inspector.percent).toBe(24);

  await fireEvent.pointerDown(edge, { pointerId: 1 });
  await move(0.6);
  expect(session.view.inspector.percent).toBeCloseTo(40);
  await fireEvent(edge, new Event('lostpointercapture'));
  await move(0.7);
  expect(session.view.inspector.percent).toBeCloseTo(40);
});

it('a size that no part may have is not taken', () => {
  const preferences = new Preferences(undefined);
  preferences.keep('drawer', 'tall');
  const view = new View(preferences);
  expect(view.drawer.percent).toBe(58);
  view.drawer.resize(400);
  expect(view.drawer.percent).toBe(85);
  view.inspector.resize(Number.NaN);
  expect(view.inspector.percent).toBe(24);
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
