import { cleanup, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { APP, configOf } from '../../fakes/bridge/cluster-data.ts';
import { failureOf, FakeBridge } from '../../fakes/bridge/fake-bridge.ts';
import { openApp } from '../support/open-app.ts';

describe('the frame', () => {
  it('says which file, why, and when talosctl would take another', async () => {
    const talosctl = { path: '/home/ada/.talos/other', why: 'talosctl does not look at $XDG_CONFIG_HOME.' };
    const { user } = openApp(
      'overview',
      clusterBridge().publish('config.state', {}, configOf({ choice: { ...configOf().choice, talosctl } })),
    );

    await user.click(await screen.findByRole('button', { name: 'Why this file' }));

    const reason = screen.getByRole('dialog', { name: 'Why this file' });
    for (const text of [configOf().choice.why, talosctl.path, talosctl.why])
      expect(within(reason).getByText(text)).toBeTruthy();
    expect(screen.getByText('6 contexts')).toBeTruthy();
  });

  it('marks the demo before anything is known, and shows nothing of the user’s files meanwhile', async () => {
    const { bridge } = openApp(
      'overview',
      clusterBridge()
        .answer('app.info', () => ({ ok: true, value: { ...APP, isDemo: true } }))
        .publish('config.state', {}, configOf({ status: 'missing', contexts: [] })),
    );

    const demo = await screen.findByRole('region', { name: 'Demo' });
    expect(demo.textContent).toContain('Simulated clusters on this computer');
    expect(screen.queryByRole('heading')).toBeNull();
    bridge.publish('config.state', {}, configOf({ choice: { ...configOf().choice, reason: 'demo' } }));

    expect(await screen.findByRole('navigation', { name: 'Screens' })).toBeTruthy();
    expect(screen.getByRole('region', { name: 'Demo' })).toBe(demo);
  });

  it('leaves the demo for the user’s own files, with a page that remembers nothing of it', async () => {
    const demo = configOf({ choice: { ...configOf().choice, reason: 'demo' } });
    const inDemo = clusterBridge().answer('app.info', () => ({ ok: true, value: { ...APP, isDemo: true } }));
    const { bridge, user, reload } = openApp('overview', inDemo.publish('config.state', {}, demo));

    await user.click(await screen.findByRole('button', { name: 'Leave the demo' }));

    await waitFor(() => expect(reload).toHaveBeenCalledTimes(1));
    expect(bridge.calls.map(({ name }) => name)).toContain('app.leaveDemo');
    expect(screen.queryByText('Leaving the demo')).toBeNull();
  });

  it('begins anew when another window opens the demo, or leaves it', async () => {
    const demo = configOf({ choice: { ...configOf().choice, reason: 'demo' } });
    const { bridge, reload } = openApp('overview');
    await screen.findByRole('navigation', { name: 'Screens' });
    expect(reload).not.toHaveBeenCalled();
    bridge.publish('config.state', {}, demo);
    await waitFor(() => expect(reload).toHaveBeenCalledOnce());
    cleanup();

    const inDemo = clusterBridge().answer('app.info', () => ({ ok: true, value: { ...APP, isDemo: true } }));
    const again = openApp('overview', inDemo.publish('config.state', {}, demo));
    await screen.findByRole('navigation', { name: 'Screens' });
    expect(again.reload).not.toHaveBeenCalled();
    inDemo.publish('config.state', {}, configOf());
    await waitFor(() => expect(again.reload).toHaveBeenCalledOnce());
  });

  it('leads to every screen by the rail', async () => {
    const { user } = openApp('overview');
    for (const name of ['Nodes', 'Runs', 'Endpoints', 'Contexts', 'Overview']) {
      const rail = await screen.findByRole('navigation', { name: 'Screens' });
      await user.click(within(rail).getByRole('link', { name }));
      expect(await screen.findByRole('main', { name })).toBeTruthy();
      expect(within(rail).getByRole('link', { current: 'page' }).textContent.trim()).toBe(name);
    }
  });

  it('closes the inspector when its screen is left', async () => {
    const { user } = openApp('nodes');
    await user.click(await screen.findByText('worker-07'));
    expect(screen.getByRole('complementary')).toBeTruthy();

    await user.click(screen.getByRole('link', { name: 'Overview' }));

    await waitFor(() => expect(screen.queryByRole('complementary')).toBeNull());
  });

  it('shows what is wrong with a context that cannot be used, on every screen that needs it', async () => {
    openApp('nodes', clusterBridge().publish('config.state', {}, configOf({ selected: 'old-berlin' })));

    expect(await screen.findByRole('heading', { name: 'old-berlin cannot be used yet' })).toBeTruthy();
    expect(screen.getByRole('list', { name: 'Problems' }).textContent).toContain('Ask an administrator');
  });

  it('says that the context it worked on is gone, and works on none', async () => {
    const contexts = configOf().contexts.filter(({ id }) => id !== 'prod-fra');
    const { selected: _gone, ...config } = configOf({ contexts, gone: { id: 'prod-fra', name: 'prod-fra' } });
    const { session } = openApp('nodes', clusterBridge().publish('config.state', {}, config));

    expect(await screen.findByRole('heading', { name: 'prod-fra is not there any more' })).toBeTruthy();
    expect(session.current.id).toBeUndefined();
    expect(screen.getByRole('button', { name: 'Context: prod-fra is gone' })).toBeTruthy();
    expect(document.title).toBe('prod-fra (gone) · Minos');
  });

  it('says that the name of the context it worked on leads to another cluster, which it does not go to', async () => {
    const { selected: _gone, ...config } = configOf({ gone: { id: 'prod-fra', name: 'prod-fra' } });
    openApp('nodes', clusterBridge().publish('config.state', {}, config));

    expect(await screen.findByRole('heading', { name: 'prod-fra leads to another cluster now' })).toBeTruthy();
  });

  it('says that sign-in is not supported yet', async () => {
    openApp('nodes', clusterBridge().publish('config.state', {}, configOf({ selected: 'omni-team' })));

    expect(await screen.findByText(/Omni sign-in \(sign-in not supported yet\)/)).toBeTruthy();
  });

  it('does not end with an empty window when a screen breaks', async () => {
    const broken = { context: 'prod-fra', endpoints: null, summary: 'ready', hints: [] } as never;
    openApp('endpoints', clusterBridge().publish('pool.state', { context: 'prod-fra' }, broken));

    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'Minos made a mistake while drawing this.' })).toBeTruthy();
  });

  it('leads from a screen that breaks to another one', async () => {
    const broken = { context: 'prod-fra', endpoints: null, summary: 'ready', hints: [] } as never;
    const { user } = openApp('endpoints', clusterBridge().publish('pool.state', { context: 'prod-fra' }, broken));
    await screen.findByRole('alert');

    await user.click(screen.getByRole('link', { name: 'Contexts' }));

    expect(await screen.findByRole('heading', { level: 1, name: /^Contexts/ })).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('the keyboard', () => {
  it('opens the palette, runs from it and comes back', async () => {
    const { user, bridge } = openApp('overview');
    await screen.findByText('3');

    await user.keyboard('{Control>}k{/Control}');
    await user.keyboard('run version{Enter}');

    expect(bridge.runs[0]!.params.nodes).toHaveLength(14);
    expect(screen.queryByRole('combobox')).toBeNull();
    expect(await screen.findByText(/Run #1/)).toBeTruthy();
  });

  it('switches the context and never writes', async () => {
    const { user, bridge } = openApp('nodes');
    await screen.findByText('worker-07');

    await user.keyboard('{Control>}p{/Control}');
    const field = await screen.findByRole('combobox', { name: 'Context' });
    await user.type(field, 'lab{Enter}');

    expect(await screen.findByRole('button', { name: 'Context: lab' })).toBeTruthy();
    expect(bridge.calls.map(({ name }) => name).filter((name) => name.startsWith('contexts.'))).toEqual([
      'contexts.select',
    ]);
  });

  it('opens the run menu from any screen', async () => {
    const { user } = openApp('contexts');
    await screen.findByRole('rowheader', { name: /staging/ });

    await user.keyboard('{Control>}r{/Control}');

    expect(await screen.findByRole('menuitem', { name: 'Version' })).toBeTruthy();
  });

  it('lists itself by ? but not while text is typed', async () => {
    const { user } = openApp('nodes');
    await screen.findByText('worker-07');

    await user.keyboard('/');
    await user.keyboard('?');
    expect(screen.queryByRole('dialog')).toBeNull();
    await user.keyboard('{Escape}{Escape}?');

    expect(screen.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeTruthy();
  });

  it('closes the inspector by Escape', async () => {
    const { user } = openApp('nodes');
    await user.click(await screen.findByText('worker-07'));
    expect(screen.getByRole('complementary')).toBeTruthy();

    await user.keyboard('{Escape}');

    expect(screen.queryByRole('complementary')).toBeNull();
  });
});

describe('the first page', () => {
  it('says that there is no talosconfig, where one would go, and offers the demo', async () => {
    const bridge = clusterBridge().publish('config.state', {}, configOf({ status: 'missing', contexts: [] }));
    const { user } = openApp('overview', bridge);

    expect(await screen.findByRole('heading', { name: 'There is no talosconfig yet' })).toBeTruthy();
    expect(screen.getByText(configOf().choice.path)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Open the demo' }));
    await user.click(screen.getByRole('button', { name: 'Read again' }));

    expect(bridge.calls.map(({ name }) => name)).toEqual(expect.arrayContaining(['app.openDemo', 'config.reload']));
  });

  it.each([
    ['User guide', 'User guide'],
    ['Settings', 'Settings'],
    ['About Minos and diagnostics', 'About Minos'],
  ])('leads to %s without a talosconfig, and back', async (link, title) => {
    const bridge = clusterBridge().publish('config.state', {}, configOf({ status: 'missing', contexts: [] }));
    const { user } = openApp('overview', bridge);

    await user.click(await screen.findByRole('button', { name: link }));
    expect(await screen.findByRole('main', { name: title })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Back to the first page' }));

    expect(await screen.findByRole('heading', { name: 'There is no talosconfig yet' })).toBeTruthy();
  });

  it('leads back to the first page from a screen that breaks', async () => {
    const bridge = clusterBridge()
      .publish('config.state', {}, configOf({ status: 'missing', contexts: [] }))
      .publish('updates.state', {}, { way: 'install', from: { publisher: null }, offered: {} } as never);
    const { user } = openApp('support', bridge);

    expect(await screen.findByRole('alert')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Back to the first page' }));

    expect(await screen.findByRole('heading', { name: 'There is no talosconfig yet' })).toBeTruthy();
  });

  it('answers the keys of guide and settings, and has the tour', async () => {
    const bridge = clusterBridge().publish('config.state', {}, configOf({ status: 'missing', contexts: [] }));
    const { user } = openApp('overview', bridge);
    await screen.findByRole('heading', { name: 'There is no talosconfig yet' });

    await user.keyboard('{F1}');
    expect(await screen.findByRole('main', { name: 'User guide' })).toBeTruthy();
    await user.keyboard('{Control>},{/Control}');
    expect(await screen.findByRole('main', { name: 'Settings' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Back to the first page' }));
    await user.click(await screen.findByRole('button', { name: 'Tour in three steps' }));

    expect(await screen.findByRole('dialog', { name: 'Minos in three steps' })).toBeTruthy();
  });

  it('says which line of an unreadable file is wrong and what to do', async () => {
    const failure = failureOf('file-invalid', 'The talosconfig is not valid YAML.', {
      hint: 'Replace the tab in line 12 by spaces.',
      where: { file: '/home/ada/.talos/config', line: 12, column: 5 },
    });
    openApp(
      'overview',
      clusterBridge().publish('config.state', {}, configOf({ status: 'unreadable', contexts: [], failure })),
    );

    const card = await screen.findByRole('group', { name: failure.message });
    expect(card.textContent).toMatch(/Replace the tab.*line 12, column 5/s);
  });

  it('shows why the bridge refused instead of waiting for ever', async () => {
    openApp(
      'overview',
      new FakeBridge().failTopic('config.state', {}, failureOf('refused', 'The bridge refused this page.')),
    );

    expect(await screen.findByRole('heading', { name: 'The bridge refused this page.' })).toBeTruthy();
  });
});

describe('the look', () => {
  it('follows the chosen theme and row height', async () => {
    const { user } = openApp('nodes');
    await screen.findByText('worker-07');

    await user.click(screen.getByRole('button', { name: 'Look' }));
    await user.click(screen.getByRole('menuitemcheckbox', { name: 'Dark' }));
    await user.click(screen.getByRole('menuitemcheckbox', { name: 'Compact rows' }));

    expect({ ...document.documentElement.dataset }).toMatchObject({ theme: 'dark', density: 'compact' });
    expect(screen.getByRole('menuitemcheckbox', { name: 'Dark', checked: true })).toBeTruthy();
  });
});
