import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import { configOf, CONTEXTS, contextOf, PATH } from '../../../fakes/bridge/cluster-data.ts';
import { failureOf, type FakeBridge } from '../../../fakes/bridge/fake-bridge.ts';
import { inputsOf } from '../../support/inputs-of.ts';
import { openApp, type OpenApp } from '../../support/open-app.ts';

async function inspect(name: string, bridge?: FakeBridge): Promise<OpenApp & { inspector: HTMLElement }> {
  const app = openApp('contexts', bridge);
  await app.user.click(await screen.findByRole('rowheader', { name: new RegExp(name) }));
  return { ...app, inspector: screen.getByRole('complementary', { name: new RegExp(name) }) };
}

describe('editing a context', () => {
  it('writes endpoints and shows what will be dialled', async () => {
    const app = await inspect('staging');
    await app.user.click(within(app.inspector).getByRole('button', { name: 'Edit endpoints' }));
    const dialog = screen.getByRole('dialog', { name: 'Endpoints of staging' });
    const field = within(dialog).getByRole('textbox', { name: /Endpoints/ });
    expect((field as HTMLTextAreaElement).value).toBe('192.168.40.10');

    await app.user.clear(field);
    await app.user.type(field, '  10.0.0.1 \n\n10.0.0.2:50001');

    const dialled = await within(dialog).findByRole('table', { name: 'What will be dialled' });
    await waitFor(() =>
      expect(
        within(dialled)
          .getAllByRole('row')
          .slice(1)
          .map((line) =>
            within(line)
              .getAllByRole('cell')
              .map(({ textContent }) => textContent.trim()),
          ),
      ).toEqual([
        ['10.0.0.1', '10.0.0.1:50000'],
        ['10.0.0.2:50001', '10.0.0.2:50001'],
      ]),
    );
    await app.user.click(within(dialog).getByRole('button', { name: 'Write the endpoints' }));
    await screen.findByText('Changed the endpoints of staging');
    expect(inputsOf(app, 'contexts.setEndpoints')).toEqual([
      { context: 'staging', endpoints: ['10.0.0.1', '10.0.0.2:50001'] },
    ]);
  });

  it('does not write an endpoint that means nothing', async () => {
    const app = await inspect('staging');
    await app.user.click(within(app.inspector).getByRole('button', { name: 'Edit endpoints' }));

    await app.user.type(screen.getByRole('textbox', { name: /Endpoints/ }), '\na b');

    await screen.findByText(/An endpoint holds no spaces/);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Write the endpoints' }).disabled).toBe(true);
  });

  it.each([
    [
      'Edit nodes',
      /Nodes/,
      '\n10.0.0.9',
      'Write the nodes',
      'contexts.setNodes',
      { nodes: ['172.20.0.2', '10.0.0.9'] },
    ],
    ['Edit cluster', /Cluster/, 'edge', 'Write the cluster', 'contexts.setCluster', { cluster: 'edge' }],
    ['Edit proxy', /Proxy/, 'direct', 'Write the proxy', 'contexts.setProxyUrl', { proxyUrl: 'direct' }],
  ] as const)('%s', async (button, label, text, deed, call, input) => {
    const app = await inspect('lab');
    await app.user.click(within(app.inspector).getByRole('button', { name: button }));

    await app.user.type(screen.getByRole('textbox', { name: label }), text);
    await app.user.click(screen.getByRole('button', { name: deed }));

    await waitFor(() => expect(inputsOf(app, call)).toEqual([{ context: 'lab', ...input }]));
    await waitFor(() => expect(screen.queryByRole('dialog', { name: /lab/ })).toBeNull());
  });

  it('never writes back a proxy whose password it does not know', async () => {
    const hidden = contextOf('hidden', { proxyUrl: 'socks5://me:***@proxy:1080' });
    const bridge = clusterBridge().publish('config.state', {}, configOf({ contexts: [hidden], selected: 'hidden' }));
    const app = await inspect('hidden', bridge);
    await app.user.click(within(app.inspector).getByRole('button', { name: 'Edit proxy' }));
    const dialog = screen.getByRole('dialog', { name: 'Proxy of hidden' });

    expect(within(dialog).getByRole<HTMLInputElement>('textbox').value).toBe('');
    expect(within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Write the proxy' }).disabled).toBe(true);
    expect(dialog.textContent).toContain('a password, which is not shown');
  });

  it.each([
    ['~', /“nothing” in YAML and talosctl leaves the context out/],
    ['2001-01-01', /a date in YAML and talosctl refuses the whole file/],
  ])('says what the new name %s means to talosctl without quotes', async (name, words) => {
    const app = await inspect('staging');
    await app.user.click(within(app.inspector).getByRole('button', { name: 'Rename…' }));
    const field = screen.getByRole('textbox', { name: 'New name' });
    await app.user.clear(field);
    await app.user.type(field, name);
    expect(await screen.findByText(words)).toBeTruthy();
    await app.user.clear(field);
    await app.user.type(field, '010');

    expect(screen.queryByText(words)).toBeNull();
  });

  it('renames, and how it is marked follows the name', async () => {
    const app = await inspect('staging');
    await app.user.click(within(app.inspector).getByRole('checkbox', { name: /Production/ }));
    await app.user.click(within(app.inspector).getByRole('button', { name: 'Rename…' }));
    const field = screen.getByRole('textbox', { name: 'New name' });

    await app.user.clear(field);
    await app.user.type(field, '010{Enter}');

    await waitFor(() => expect(inputsOf(app, 'contexts.rename')).toEqual([{ context: 'staging', to: '010' }]));
    await waitFor(() => expect(app.session.view.inspected?.id).toBe('010'));
    expect(inputsOf(app, 'contexts.setProduction')).toEqual([
      { context: 'staging', isProduction: true },
      { context: '010', isProduction: true },
    ]);
  });

  it('keeps the dialog with the reason when it cannot be written', async () => {
    const app = await inspect('staging');
    app.bridge.answer('contexts.rename', () => ({
      ok: false,
      failure: failureOf('invalid', 'There is a context lab already.'),
    }));
    await app.user.click(within(app.inspector).getByRole('button', { name: 'Rename…' }));

    // The field has the focus, not the button that closes the dialog.
    await app.user.keyboard('x{Enter}');

    const dialog = screen.getByRole('dialog', { name: 'Rename staging' });
    await within(dialog).findByRole('group', { name: 'There is a context lab already.' });
  });

  it('removes only after a confirmation that names the file', async () => {
    const app = await inspect('prod-fra');
    await app.user.click(within(app.inspector).getByRole('button', { name: 'Remove…' }));
    const dialog = screen.getByRole('dialog', { name: 'Remove prod-fra' });
    expect(dialog.textContent).toContain(PATH);
    expect(dialog.textContent).toContain("It is the file's current context");
    expect(inputsOf(app, 'contexts.remove')).toEqual([]);

    await app.user.click(within(dialog).getByRole('button', { name: 'Remove prod-fra' }));

    await screen.findByText('Removed the context prod-fra');
    expect(inputsOf(app, 'contexts.remove')).toEqual([{ context: 'prod-fra' }]);
  });

  it("makes a context the file's current one, which selecting it does not", async () => {
    const app = await inspect('staging');
    await app.user.click(within(app.inspector).getByRole('button', { name: 'Work on this context' }));
    expect(inputsOf(app, 'contexts.setCurrent')).toEqual([]);

    await app.user.click(within(app.inspector).getByRole('button', { name: "Make it the file's current context" }));

    await screen.findByText('Made staging the current context');
  });

  it('changes nothing in a file that is read-only', async () => {
    const files = [
      { path: PATH, isPrimary: true, status: 'ready', writable: false, contexts: CONTEXTS.length, problems: [] },
    ] as const;
    const app = await inspect('staging', clusterBridge().publish('config.state', {}, configOf({ files })));

    expect(within(app.inspector).queryByRole('button', { name: /Edit|Rename|Remove|current/ })).toBeNull();
    expect(app.inspector.textContent).toContain('read-only');
  });

  it('adds a context from certificate files', async () => {
    const app = openApp('contexts');
    await app.user.click(await screen.findByRole('button', { name: 'Import or add' }));
    await app.user.click(screen.getByRole('menuitem', { name: 'Add from certificate files…' }));
    const name = screen.getByRole('textbox', { name: 'Name' });

    await app.user.type(name, 'lab');
    expect(screen.getByText(/has a context of this name/)).toBeTruthy();
    await app.user.type(name, '-2');
    await app.user.type(screen.getByRole('textbox', { name: /^Endpoints/ }), '10.0.0.1');
    await app.user.click(screen.getByRole('button', { name: 'Choose the files…' }));

    await screen.findByText('Added the context lab-2');
    expect(inputsOf(app, 'contexts.add')).toEqual([
      { name: 'lab-2', endpoints: ['10.0.0.1'], nodes: [], withFiles: true },
    ]);
  });
});
