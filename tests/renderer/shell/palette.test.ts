import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { Failed } from '../../../main/lib/failed.ts';
import { COMMANDS, PLACED } from '../../../main/operations/commands/index.ts';
import { commandSummary } from '../../../main/operations/commands/kit/summary.ts';
import { completeTalosctl } from '../../../main/operations/commands/kit/talosctl-complete.ts';
import { parseTalosctl } from '../../../main/operations/commands/kit/talosctl-parse.ts';
import type { FakeBridge } from '../../fakes/bridge/fake-bridge.ts';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { configOf, nodeOf, nodesOf } from '../../fakes/bridge/cluster-data.ts';
import { inputsOf } from '../support/inputs-of.ts';
import { openApp, type OpenApp } from '../support/open-app.ts';
import { emptyShelf } from '../support/shelf.ts';

/** Opens the palette and types into it. */
async function search({ session, user }: OpenApp, text: string): Promise<readonly string[]> {
  await screen.findByRole('navigation', { name: 'Screens' });
  session.view.isPaletteOpen = true;
  await user.type(await screen.findByRole('combobox', { name: 'Search or run' }), text);
  return labels();
}

const labels = (): readonly string[] =>
  screen.queryAllByRole('option').map((option) => option.querySelector('.label')?.textContent ?? '');

/** The page before a main that reads lines as the real one does. */
function typing(): { readonly app: OpenApp; readonly bridge: FakeBridge } {
  const readable = [...COMMANDS, ...PLACED];
  const bridge = clusterBridge()
    .answer('commands.list', () => ({ ok: true, value: COMMANDS.map((command) => commandSummary(command)) }))
    .answer('runs.completeTalosctl', ({ line }) => ({ ok: true, value: completeTalosctl(line, readable) }))
    .answer('runs.parseTalosctl', ({ line }) => {
      try {
        return { ok: true, value: parseTalosctl(line, readable) };
      } catch (error) {
        if (error instanceof Failed) return { ok: false, failure: error.failure };
        throw error;
      }
    });
  return { app: openApp('nodes', bridge), bridge };
}

describe('the palette of the window', () => {
  it('says which machine is which where two have one name, and does nothing to either by it', async () => {
    const twice = ['10.5.0.7', '10.5.0.8'].map((target) => nodeOf(target, { hostname: 'worker-07' }));
    const nodes = [...twice, nodeOf('10.5.0.9', { hostname: 'worker-09' })];
    const bridge = clusterBridge().publish('nodes.state', { context: 'prod-fra' }, nodesOf({ nodes }));
    const app = openApp('overview', bridge);
    const details = (): readonly string[] =>
      screen.getAllByRole('option').map((option) => option.querySelector('.detail')?.textContent ?? '');

    await search(app, 'worker-0');
    await waitFor(() => expect(details().slice(0, 3)).toEqual(['node 10.5.0.7', 'node 10.5.0.8', 'node']));
    await app.user.clear(screen.getByRole('combobox', { name: 'Search or run' }));
    await app.user.type(screen.getByRole('combobox', { name: 'Search or run' }), 'reboot worker-07');
    expect(details().filter((detail) => detail.includes('worker-07'))).toEqual([]);
  });

  it('opens a context in a window of its own with Ctrl, and works on it here without', async () => {
    const app = openApp(
      'nodes',
      clusterBridge().answer('windows.open', () => ({ ok: true, value: undefined })),
    );
    await search(app, 'context staging');
    await app.user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(inputsOf(app, 'windows.open')).toEqual([{ context: 'staging' }]));
    expect(app.session.current.id).toBe('prod-fra');

    await search(app, 'context staging');
    await app.user.keyboard('{Enter}');
    await waitFor(() => expect(app.session.current.id).toBe('staging'));
    expect(inputsOf(app, 'windows.open')).toHaveLength(1);
  });

  it('completes types of resources, two with the same short name among them', async () => {
    const { app, bridge } = typing();
    const type = (name: string) => ({
      type: `${name}.block.talos.dev`,
      aliases: ['disk'],
      namespace: 'runtime',
      isSensitive: false,
    });
    bridge.answer('resources.types', () => ({ ok: true, value: [type('disks'), type('diskstatuses')] }));

    await search(app, 'talosctl get dis');

    await waitFor(() => expect(labels()).toEqual(expect.arrayContaining(['disk', 'diskstatuses.block.talos.dev'])));
  });

  it('asks the cluster once for its types of resources, however many keys are pressed meanwhile', async () => {
    const { app, bridge } = typing();
    bridge.answer('resources.types', () => new Promise(() => undefined));

    await search(app, 'talosctl get disks');

    await waitFor(() => expect(bridge.calls.map(({ name }) => name)).toContain('resources.types'));
    expect(bridge.calls.filter(({ name }) => name === 'resources.types')).toHaveLength(1);
  });

  it('offers no type of resources whose name would be more of the line than one word', async () => {
    const { app, bridge } = typing();
    const type = (alias: string) => ({
      ...{ type: `${alias.length}.block.talos.dev`, aliases: [alias], namespace: 'runtime', isSensitive: false },
    });
    const names = ['disk -n 10.9.9.9', '--nodes=10.9.9.9', 'disk'];
    bridge.answer('resources.types', () => ({ ok: true, value: names.map(type) }));

    await search(app, 'talosctl get ');

    await waitFor(() => expect(labels()).toContain('disk'));
    expect(labels().filter((label) => label.includes('10.9.9.9'))).toEqual([]);
  });

  it('runs what a line of talosctl reads, prompt and all, on the nodes it names', async () => {
    const { app, bridge } = typing();

    await search(app, '$ talosctl -n 10.5.0.2 version');
    await waitFor(() => expect(labels()[0]).toBe('Run Version'));
    await app.user.keyboard('{Enter}');

    await waitFor(() => expect(bridge.streams.map(({ name }) => name)).toContain('run'));
    expect(bridge.streams.find(({ name }) => name === 'run')?.params).toMatchObject({
      command: 'version',
      nodes: ['10.5.0.2'],
    });
    expect(app.session.view.pasted).toBeUndefined();
  });

  it('shows what a line means that names another cluster, or has what does nothing here, and runs nothing by itself', async () => {
    const { app, bridge } = typing();

    await search(app, 'talosctl --context staging version');
    await waitFor(() => expect(labels()).toEqual(['Read this talosctl command line']));
    await app.user.clear(screen.getByRole('combobox', { name: 'Search or run' }));
    await app.user.type(screen.getByRole('combobox', { name: 'Search or run' }), 'talosctl -e 10.5.0.9 version');
    await waitFor(() => expect(screen.getAllByRole('option')[0]?.textContent).toContain('Read this talosctl'));
    await app.user.keyboard('{Enter}');

    const dialog = await screen.findByRole('dialog', { name: 'Paste a talosctl command line' });
    expect(await within(dialog).findByText(/-e has no effect/)).toBeTruthy();
    expect(bridge.streams.map(({ name }) => name)).not.toContain('run');
  });

  it('completes commands, flags and nodes as they are typed, by Tab', async () => {
    const { app } = typing();
    const complete = async (offered: string, whole: string): Promise<void> => {
      await waitFor(() => expect(labels()).toContain(offered));
      await app.user.keyboard('{Tab}');
      const field = screen.getByRole<HTMLInputElement>('combobox', { name: 'Search or run' });
      await waitFor(() => expect(field.value).toBe(whole));
    };

    await search(app, 'talosctl vers');
    await complete('version', 'talosctl version ');
    await app.user.keyboard('--no');
    await complete('--nodes', 'talosctl version --nodes ');
    await app.user.keyboard('10.5.0.2,worker-07');
    await complete('10.5.0.17', 'talosctl version --nodes 10.5.0.2,10.5.0.17 ');
  });

  it.each([
    ['talosctl kubeconfig', 'Open Kubeconfig', /writes a kubeconfig/],
    ['talosctl config contexts', 'Open Contexts', /about the talosconfig itself/],
    ['talosctl dashboard', 'Open Overview', /screen for a terminal/],
    ['talosctl edit mc', 'Open Machine config', /opens an editor/],
    ['$ kubectl get pods', 'Open Kubeconfig', /runs no kubectl/],
  ])('says what to use instead of %s', async (line, offered, why) => {
    const { app } = typing();
    await search(app, line);

    await waitFor(() => expect(labels()[0]).toBe(offered));
    expect(screen.getByText(why)).toBeTruthy();
  });

  it('says of what is no command how to see which there are', async () => {
    const { app } = typing();
    await search(app, 'talosctl frobnicate');

    expect(
      await screen.findByText(/talosctl has no command "frobnicate"\. Search or run lists every command/),
    ).toBeTruthy();
  });

  it('does not take the word alone for a line', async () => {
    expect(await search(openApp('nodes'), 'talosctl')).not.toContain('Read this talosctl command line');
  });

  it('begins with what was picked of late, also after the window was closed', async () => {
    const shelf = emptyShelf();
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
