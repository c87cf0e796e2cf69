import { cleanup, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import type { WindowInfo } from '../../../preload/contract/index.ts';
import { APP, configOf } from '../../fakes/bridge/cluster-data.ts';
import { failureOf, type FakeBridge } from '../../fakes/bridge/fake-bridge.ts';
import { tabsOf } from '../../../renderer/state/places/tabs.svelte.ts';
import type { Shelf } from '../../../renderer/state/preferences.svelte.ts';
import { inputsOf } from '../support/inputs-of.ts';
import { openApp, type OpenApp } from '../support/open-app.ts';
import { emptyShelf } from '../support/shelf.ts';

afterEach(() => {
  window.history.replaceState(null, '', '#');
});

async function opened(at = 'nodes', shelf?: Shelf, bridge = clusterBridge()): Promise<OpenApp> {
  const app = openApp(at, bridge, undefined, shelf);
  await screen.findByRole('navigation', { name: 'Screens' });
  return app;
}

/** What the strip says: the tab in front between brackets. */
const strip = (): readonly string[] =>
  within(screen.getByRole('navigation', { name: 'Tabs' }))
    .getAllByRole('listitem')
    .map((item) => {
      const button = within(item).getAllByRole('button')[0];
      const words = [...(button?.querySelectorAll('span') ?? [])].map(({ textContent }) => textContent).join(' ');
      return button?.getAttribute('aria-current') === 'page' ? `[${words}]` : words;
    });

describe('tabs', () => {
  it('are no strip while there is one; a key opens another on the same context and another closes it', async () => {
    const { user } = await opened();
    expect(screen.queryByRole('navigation', { name: 'Tabs' })).toBeNull();

    await user.keyboard('{Control>}t{/Control}');
    await waitFor(() => expect(strip()).toEqual(['prod-fra Nodes', '[prod-fra Overview]']));
    await user.keyboard('{Control>}w{/Control}');

    expect(await screen.findByRole('main', { name: 'Nodes' })).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole('navigation', { name: 'Tabs' })).toBeNull());
  });

  it('keep the one in front in sight, also when the window gets smaller', async () => {
    const { user } = await opened();
    await user.keyboard('{Control>}t{/Control}');
    await waitFor(() => expect(strip()).toHaveLength(2));
    const seen = vi.spyOn(Element.prototype, 'scrollIntoView');

    window.dispatchEvent(new Event('resize'));

    expect(seen.mock.contexts.map((element) => (element as Element).textContent)).toEqual([
      expect.stringContaining('Overview'),
    ]);
    seen.mockRestore();
  });

  it('have each their own cluster, screen and details, and the window shows those of the one in front', async () => {
    const { session, user, bridge } = await opened('endpoints');
    await user.keyboard('{Control>}t{/Control}');
    await waitFor(() => expect(session.screen.id).toBe('overview'));
    session.screen.show('contexts');
    await screen.findByRole('main', { name: 'Contexts' });
    await bridge.call(1, 'contexts.select', { name: 'staging' });
    await waitFor(() => expect(strip()).toEqual(['prod-fra Endpoints', '[staging Contexts]']));
    session.view.inspect('context', 'staging');

    await user.keyboard('{Control>}1{/Control}');
    await screen.findByRole('main', { name: 'Endpoints' });
    expect(session.current.id).toBe('prod-fra');
    expect(session.view.inspected).toBeUndefined();

    await user.click(screen.getByRole('button', { name: 'staging Contexts' }));
    await screen.findByRole('main', { name: 'Contexts' });
    expect(session.current.id).toBe('staging');
    expect(session.view.inspected).toEqual({ kind: 'context', id: 'staging' });
  });

  it('are led back to, with the cluster that was in view there', async () => {
    const { session, user, bridge } = await opened('endpoints');
    // As the window begins.
    window.history.replaceState(null, '');
    await user.keyboard('{Control>}t{/Control}');
    await waitFor(() => expect(session.screen.id).toBe('overview'));
    await bridge.call(1, 'contexts.select', { name: 'staging' });
    await waitFor(() => expect(session.current.id).toBe('staging'));

    await user.keyboard('{Alt>}{ArrowLeft}{/Alt}');

    await waitFor(() => expect(strip()).toEqual(['[prod-fra Endpoints]', 'staging Overview']));
    expect(session.current.id).toBe('prod-fra');
  });

  it.each([
    ['chosen by its number', '{Control>}1{/Control}'],
    ['gone back to', '{Alt>}{ArrowLeft}{/Alt}'],
  ])('stay where they are, address and all, when main does not switch to one that is %s', async (_how, keys) => {
    const { session, user, bridge } = await opened('endpoints');
    await user.keyboard('{Control>}t{/Control}');
    await waitFor(() => expect(session.screen.id).toBe('overview'));
    await bridge.call(1, 'contexts.select', { name: 'staging' });
    await waitFor(() => expect(session.current.id).toBe('staging'));
    bridge.answer('contexts.select', () => ({ ok: false, failure: failureOf('busy', 'Not now.') }));

    await user.keyboard(keys);

    expect(await screen.findByText('Not now.')).toBeTruthy();
    await waitFor(() => expect(strip()).toEqual(['prod-fra Endpoints', '[staging Overview]']));
  });

  it('keep what they showed when the next one is wanted before main has switched', async () => {
    const { session, user, bridge } = await opened('endpoints');
    await tabsOf(session).open('#/contexts', 'staging');
    await waitFor(() => expect(strip()).toEqual(['prod-fra Endpoints', '[staging Contexts]']));
    const waiting: (() => void)[] = [];
    bridge.answer(
      'contexts.select',
      ({ name }) =>
        new Promise((resolve) => {
          waiting.push(() => {
            bridge.publish('config.state', {}, configOf({ selected: name }));
            resolve({ ok: true, value: undefined });
          });
        }),
    );

    await user.keyboard('{Control>}12{/Control}');
    await waitFor(() => expect(waiting).toHaveLength(1));
    waiting.shift()?.();
    await waitFor(() => expect(waiting).toHaveLength(1));
    waiting.shift()?.();

    await screen.findByRole('main', { name: 'Contexts' });
    await waitFor(() => expect(strip()).toEqual(['prod-fra Endpoints', '[staging Contexts]']));
    expect([session.current.id, tabsOf(session).isSwitching]).toEqual(['staging', false]);
  });

  it('take the menu of a thing away when they are left: its id means another machine elsewhere', async () => {
    const { session } = await opened('nodes');
    session.view.offer('node', '10.5.0.17', { x: 1, y: 1 });
    await screen.findByRole('menu');

    await tabsOf(session).open('#/nodes', 'staging');

    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
    expect(session.view.offered).toBeUndefined();
  });

  it('keep the key that closes them from the window while it is held, and while something is open over several', async () => {
    const { session, user } = await opened();
    const isKept = (repeat: boolean): boolean =>
      !document.body.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'w', ctrlKey: true, repeat, bubbles: true, cancelable: true }),
      );
    expect([isKept(false), isKept(true)]).toEqual([false, true]);
    await user.keyboard('{Control>}t{/Control}');
    await waitFor(() => expect(strip()).toHaveLength(2));

    session.view.isShortcutsOpen = true;
    await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });

    expect(isKept(false)).toBe(true);
    expect(strip()).toHaveLength(2);
  });

  it('are not gone back from by the button of a mouse below what is open', async () => {
    const { session } = await opened();
    session.view.isShortcutsOpen = true;
    const dialog = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });

    const isLeftToTheBrowser = dialog.dispatchEvent(
      new MouseEvent('mouseup', { button: 3, bubbles: true, cancelable: true }),
    );

    expect(isLeftToTheBrowser).toBe(false);
  });

  it('are moved by keys', async () => {
    const { session, user } = await opened('endpoints');
    await user.keyboard('{Control>}t{/Control}');
    await waitFor(() => expect(session.screen.id).toBe('overview'));

    await user.keyboard('{Control>}{Shift>}{PageUp}{/Shift}{/Control}');

    await waitFor(() => expect(strip()).toEqual(['[prod-fra Overview]', 'prod-fra Endpoints']));
  });

  it('are there after a restart; one whose context is gone says so and can be closed', async () => {
    const shelf = emptyShelf();
    const first = await opened('endpoints', shelf);
    await tabsOf(first.session).showContext('staging');
    await tabsOf(first.session).open('#/contexts', 'lab');
    await waitFor(() => expect(strip()).toEqual(['prod-fra Endpoints', 'staging Overview', '[lab Contexts]']));
    cleanup();
    window.history.replaceState(null, '', '#');

    const bridge = clusterBridge();
    const contexts = configOf().contexts.filter(({ id }) => id !== 'staging');
    bridge.publish('config.state', {}, configOf({ contexts }));
    bridge.answer('contexts.select', ({ name }) => {
      bridge.publish('config.state', {}, configOf({ contexts, selected: name }));
      return { ok: true, value: undefined };
    });
    const again = await opened('', shelf, bridge);

    await waitFor(() => expect(strip()).toEqual(['prod-fra Endpoints', 'staging gone', '[lab Contexts]']));
    expect(again.session.current.id).toBe('lab');
    await again.user.click(screen.getByRole('button', { name: 'staging gone' }));
    expect(await screen.findByText('staging is in no open talosconfig any more. Its tab can be closed.')).toBeTruthy();
    await again.user.click(screen.getByRole('button', { name: /^Close the tab staging/ }));
    expect(strip()).toEqual(['prod-fra Endpoints', '[lab Contexts]']);
  });

  it('of the last time stay beside the window where main does not go to the one that was in front', async () => {
    const shelf = emptyShelf();
    const tabs = [
      { context: 'prod-fra', name: 'prod-fra', hash: '#/endpoints' },
      { context: 'staging', name: 'staging', hash: '#/contexts' },
    ];
    shelf.setItem('minos.preferences', JSON.stringify({ kept: [['tabs', { tabs, active: 1 }]] }));
    const bridge = clusterBridge();
    bridge.answer('contexts.select', () => ({ ok: false, failure: failureOf('busy', 'Not now.') }));

    await opened('', shelf, bridge);

    await waitFor(() => expect(strip()).toEqual(['prod-fra Endpoints', 'staging Contexts', '[prod-fra Overview]']));
  });

  it.each([undefined, 7, [], { tabs: 3 }, { tabs: [{ name: 1 }] }, { tabs: [{ name: 'a', hash: 'javascript:x' }] }])(
    'begin as one where %j was kept',
    async (kept) => {
      const shelf = emptyShelf();
      shelf.setItem('minos.preferences', JSON.stringify({ kept: [['tabs', kept]] }));
      const { session } = await opened('nodes', shelf);

      await tabsOf(session).whenRestored;
      expect(tabsOf(session).list).toHaveLength(1);
    },
  );

  it('follow their context to another name, and none where that might be another cluster', async () => {
    const { session, bridge } = await opened('endpoints');
    await tabsOf(session).open('#/contexts', 'staging');
    await tabsOf(session).activateAt(1);
    await waitFor(() => expect(strip()).toEqual(['[prod-fra Endpoints]', 'staging Contexts']));
    const renamed = (to: string, change = {}): void => {
      const contexts = configOf().contexts.map((each) =>
        each.id === 'staging' ? { ...each, id: to, name: to, ...change } : each,
      );
      bridge.publish('config.state', {}, configOf({ contexts }));
    };

    renamed('stage');
    await waitFor(() => expect(strip()).toEqual(['[prod-fra Endpoints]', 'stage Contexts']));
    renamed('other', { endpoints: ['10.9.9.9'] });
    await waitFor(() => expect(strip()).toEqual(['[prod-fra Endpoints]', 'stage gone']));
  });

  describe('of several windows', () => {
    const inWindow = (window: WindowInfo): FakeBridge =>
      clusterBridge().answer('app.info', () => ({ ok: true, value: { ...APP, window } }));

    it('are kept by the number of each; one that is not alone has its only tab again, whatever the file names', async () => {
      const shelf = emptyShelf();
      const two = await opened('endpoints', shelf, inWindow({ number: 2, numbers: [1, 2] }));
      await tabsOf(two.session).showContext('staging');
      await tabsOf(two.session).activateAt(1);
      await tabsOf(two.session).close();
      await waitFor(() => expect(tabsOf(two.session).list.map(({ context }) => context)).toEqual(['staging']));
      cleanup();
      window.history.replaceState(null, '', '#');

      const one = await opened('', shelf, inWindow({ number: 1, numbers: [1, 2] }));
      await tabsOf(one.session).whenRestored;
      expect(one.session.current.id).toBe('prod-fra');
      cleanup();
      window.history.replaceState(null, '', '#');

      const again = await opened('', shelf, inWindow({ number: 2, numbers: [1, 2] }));
      await waitFor(() => expect(again.session.current.id).toBe('staging'));
      expect(await screen.findByRole('main', { name: 'Overview' })).toBeTruthy();
    });

    it('begin where a window was opened for', async () => {
      await opened('', emptyShelf(), inWindow({ number: 2, numbers: [1, 2], address: '#/endpoints' }));

      expect(await screen.findByRole('main', { name: 'Endpoints' })).toBeTruthy();
    });

    it('go to a window of their own, and stay where there is none for them', async () => {
      const app = await opened('endpoints');
      const { session, user, bridge } = app;
      await tabsOf(session).open('#/contexts', 'staging');
      await waitFor(() => expect(strip()).toHaveLength(2));
      bridge.answer('windows.open', () => ({ ok: false, failure: failureOf('busy', 'There are 8 windows.') }));
      await tabsOf(session).moveToWindow();
      expect(await screen.findByText('There are 8 windows.')).toBeTruthy();
      expect(strip()).toHaveLength(2);

      bridge.answer('windows.open', () => ({ ok: true, value: undefined }));
      await user.keyboard('{Control>}k{/Control}');
      await user.keyboard('move tab new window{Enter}');

      await waitFor(() => expect(screen.queryByRole('navigation', { name: 'Tabs' })).toBeNull());
      expect(session.current.id).toBe('prod-fra');
      expect(inputsOf(app, 'windows.open').at(-1)).toEqual({ context: 'staging', address: '#/contexts' });
    });
  });
});
