import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { ImportPreview } from '../../../../preload/contract/index.ts';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import { configOf } from '../../../fakes/bridge/cluster-data.ts';
import { failureOf } from '../../../fakes/bridge/fake-bridge.ts';
import { comparedOf, IMPORT, IMPORT_ROWS, PLAN_TOKEN, planOf, rowOf } from '../../../fakes/bridge/import-data.ts';
import { serveTalosconfigs } from '../../../fakes/bridge/serve-talosconfigs.ts';
import { inputsOf } from '../../support/inputs-of.ts';
import { openApp, type OpenApp } from '../../support/open-app.ts';

async function openImport(preview: ImportPreview = IMPORT): Promise<OpenApp & { sheet: HTMLElement }> {
  const app = openApp('contexts', serveTalosconfigs(clusterBridge(), preview));
  await screen.findByRole('rowheader', { name: /staging/ });
  await app.user.keyboard('{Control>}o{/Control}');
  return { ...app, sheet: await screen.findByRole('dialog', { name: 'Import contexts' }) };
}

const row = (name: string): HTMLElement => screen.getByRole('listitem', { name: new RegExp(`^${name}:`) });

describe('the import sheet', () => {
  it('shows each class by a word, what needs a decision first', async () => {
    await openImport();

    const rows = within(screen.getByRole('list', { name: 'Incoming contexts' })).getAllByRole('listitem');

    expect(rows.map((each) => each.getAttribute('aria-label'))).toEqual([
      'lab: Name taken',
      'prod-fra-reader: Other role',
      'staging: Renewed',
      'edge-9: New',
      'prod-fra: Identical',
      'half: Broken',
    ]);
  });

  it.each([
    ['lab', 'Keep both', 'is added as “lab-1”'],
    ['prod-fra-reader', 'Keep both', 'is added as “prod-fra-reader”'],
    ['staging', 'Renew', 'replaces certificate and key of “staging”'],
    ['edge-9', 'Add', 'is added as “edge-9”'],
    ['prod-fra', 'Skip', 'is left out'],
    ['half', 'Skip', 'is left out'],
  ])('suggests for %s: %s', async (name, choice, outcome) => {
    await openImport();

    await waitFor(() => expect(row(name).textContent).toContain(outcome));
    expect(within(row(name)).getByRole<HTMLInputElement>('radio', { name: choice }).checked).toBe(true);
  });

  it('puts old and new side by side and marks what differs, without a key', async () => {
    const { sheet } = await openImport();

    const facts = within(row('staging')).getByRole('table', { name: 'Facts of staging' });

    const line = (name: string): readonly string[] =>
      within(within(facts).getByRole('row', { name: new RegExp(`^${name} `) }))
        .getAllByRole('cell')
        .map((cell) => cell.textContent.trim());
    expect(line('Roles')).toEqual(['os:operator', 'os:operator']);
    expect(line('Certificate')).toEqual([
      'until 24 Mar 2026 (21 d left)',
      expect.stringMatching(/^until 2 Mar 2027 \(364 d left\).*, differs$/),
    ]);
    expect(line('Endpoints')).toEqual(['192.168.40.10', 'none, differs']);
    expect(sheet.textContent).not.toMatch(/PRIVATE|BEGIN/);
  });

  it('follows every choice with a new plan and writes exactly that one', async () => {
    const app = await openImport();
    const { user } = app;

    await user.click(within(row('lab')).getByRole('radio', { name: 'Overwrite' }));
    await user.click(within(row('edge-9')).getByRole('radio', { name: 'Skip' }));
    await user.click(within(row('prod-fra')).getByRole('radio', { name: 'Rename' }));
    const field = within(row('prod-fra')).getByRole('textbox', { name: 'New name for prod-fra' });
    await user.clear(field);
    await user.type(field, 'spare');
    await waitFor(() => expect(row('lab').textContent).toContain('replaces “lab” whole'));
    await waitFor(() => expect(row('prod-fra').textContent).toContain('is added as “spare”'));
    await user.click(screen.getByRole('button', { name: 'Import 4 contexts' }));

    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Import contexts' })).toBeNull());
    const choices = [
      { id: 'name-taken', action: 'overwrite' },
      { id: 'new', action: 'skip' },
      { id: 'identical', action: 'rename', name: 'spare' },
    ];
    expect(inputsOf(app, 'import.plan').at(-1)).toEqual({
      token: IMPORT.token,
      choices,
      switchCurrent: false,
      asTalosctl: false,
    });
    expect(inputsOf(app, 'plans.apply')).toEqual([{ token: PLAN_TOKEN }]);
  });

  it('says at the row why a name cannot be taken, and does not write then', async () => {
    const app = await openImport();
    await app.user.click(within(row('edge-9')).getByRole('radio', { name: 'Rename' }));
    const field = within(row('edge-9')).getByRole('textbox');

    await app.user.clear(field);
    expect((await within(row('edge-9')).findByRole('alert')).textContent).toContain('needs a new name');
    await app.user.type(field, 'staging');

    await waitFor(() =>
      expect(within(row('edge-9')).getByRole('alert').textContent).toContain('The name “staging” is taken.'),
    );
    await app.user.keyboard('{Enter}');
    expect(inputsOf(app, 'plans.apply')).toEqual([]);
  });

  it('leaves the current context alone unless its box is ticked', async () => {
    const { user, sheet } = await openImport();
    await waitFor(() => expect(sheet.textContent).toContain('The current context stays “prod-fra”.'));
    const box = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Switch the current context to edge-9' });
    expect(box.checked).toBe(false);

    await user.click(box);

    await waitFor(() => expect(sheet.textContent).toContain("The file's current context becomes “edge-9”."));
  });

  it('names the context it would switch to by what it will be called, as the choice for it changes', async () => {
    const app = await openImport();
    const box = await screen.findByRole('checkbox', { name: 'Switch the current context to edge-9' });
    await app.user.click(within(row('edge-9')).getByRole('radio', { name: 'Rename' }));
    const name = within(row('edge-9')).getByRole('textbox', { name: /^New name/ });
    await app.user.clear(name);
    await app.user.type(name, 'far');

    await screen.findByRole('checkbox', { name: 'Switch the current context to far (there edge-9)' });
    expect((box as HTMLInputElement).checked).toBe(false);
    await app.user.click(within(row('edge-9')).getByRole('radio', { name: 'Skip' }));

    await waitFor(() => expect(screen.queryByRole('checkbox', { name: /^Switch the current context/ })).toBeNull());
  });

  it('does the same as talosctl config merge with one click, and lets the choices rest', async () => {
    const app = await openImport();

    await app.user.click(screen.getByRole('checkbox', { name: 'Same as talosctl config merge' }));

    await waitFor(() => expect(row('prod-fra').textContent).toContain('is added as “prod-fra-1”'));
    expect(within(row('lab')).getByRole('radio', { name: 'Keep both' }).matches(':disabled')).toBe(true);
    expect(screen.queryByRole('checkbox', { name: /^Switch the current context/ })).toBeNull();
    await app.user.click(screen.getByRole('button', { name: 'Import 5 contexts' }));
    await waitFor(() => expect(inputsOf(app, 'plans.apply')).toHaveLength(1));
    expect(inputsOf(app, 'import.plan').at(-1)).toMatchObject({ asTalosctl: true });
  });

  it('says exactly what changes in which file, line by line', async () => {
    const { user, sheet } = await openImport();

    await waitFor(() =>
      expect(sheet.textContent).toContain('Adds 3 contexts, replaces 1 context, leaves out 1 context.'),
    );
    await user.click(within(sheet).getByText('What changes, line by line: 5 added, 1 removed lines'));

    const diff = within(sheet).getByRole('region', { name: 'Difference of /home/ada/.talos/config' });
    expect(within(diff).getByRole('row', { name: /removed: .*crt: \[secret 03be9f\]/ })).toBeTruthy();
  });

  it('applies with Enter, tells what was done and takes it back with Ctrl Z', async () => {
    const app = await openImport();
    await screen.findByRole('button', { name: 'Import 4 contexts' });

    await app.user.keyboard('{Enter}');

    expect((await screen.findByText('Imported edge-9 (1 added)')).textContent).toBeTruthy();
    expect(screen.queryByRole('dialog', { name: 'Import contexts' })).toBeNull();
    await app.user.keyboard('{Control>}z{/Control}');
    await screen.findByRole('dialog', { name: 'Undo this change?' });
    expect(inputsOf(app, 'plans.undo')).toEqual([]);
    await app.user.click(screen.getByRole('button', { name: 'Undo' }));
    await screen.findByText('Undid: Imported edge-9 (1 added)');
    expect(inputsOf(app, 'plans.undo')).toEqual([{ change: 'n1' }]);
  });

  it('takes it back by the button of the notice, once', async () => {
    const app = await openImport();
    await app.user.click(await screen.findByRole('button', { name: 'Import 4 contexts' }));

    await app.user.click(await screen.findByRole('button', { name: 'Undo…' }));
    await app.user.click(await screen.findByRole('button', { name: 'Undo' }));

    await screen.findByText(/^Undid/);
    expect(inputsOf(app, 'plans.undo')).toHaveLength(1);
  });

  it('closes with Escape and writes nothing', async () => {
    const app = await openImport();

    await app.user.keyboard('{Escape}');

    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Import contexts' })).toBeNull());
    expect(inputsOf(app, 'plans.apply')).toEqual([]);
  });

  it('shows a card for each file that is no talosconfig', async () => {
    const { sheet } = await openImport({ ...IMPORT, rows: [] });

    expect(within(sheet).getByRole('group', { name: /controlplane.yaml is not a talosconfig/ })).toBeTruthy();
    expect(within(sheet).queryByRole('button', { name: /^Import/ })).toBeNull();
  });

  it('warns when talosctl would use another file', async () => {
    const app = openApp('contexts');
    await screen.findByRole('rowheader', { name: /staging/ });
    const { choice } = configOf();
    app.bridge.publish(
      'config.state',
      {},
      configOf({
        choice: {
          ...choice,
          talosctl: { path: '/other/config', why: 'talosctl uses /other/config: it does not look at XDG paths.' },
        },
      }),
    );
    await app.user.keyboard('{Control>}o{/Control}');

    const sheet = await screen.findByRole('dialog', { name: 'Import contexts' });

    const banner = within(sheet).getByRole('region', { name: 'talosctl would use another file' });
    expect(banner.textContent).toContain('/other/config');
  });

  it('plans again when somebody else changed the file', async () => {
    const app = await openImport();
    await screen.findByRole('button', { name: 'Import 4 contexts' });
    const before = inputsOf(app, 'import.plan').length;

    app.bridge.publish('config.state', {}, configOf({ readAtMs: 5 }));

    await waitFor(() => expect(inputsOf(app, 'import.plan').length).toBe(before + 1));
  });

  it('keeps the sheet with the reason when the file is not what was planned on', async () => {
    const app = await openImport();
    const button = await screen.findByRole('button', { name: 'Import 4 contexts' });
    app.bridge.answer('plans.apply', () => ({
      ok: false,
      failure: failureOf('conflict', 'config was changed by another program since this was planned.'),
    }));

    await app.user.click(button);

    await screen.findByRole('group', { name: /changed by another program/ });
    await app.user.click(screen.getByRole('button', { name: 'Plan again' }));
    await screen.findByRole('button', { name: 'Import 4 contexts' });
  });

  it('has nothing to import when everything is there already', async () => {
    const app = await openImport({ ...IMPORT, failures: [], rows: IMPORT_ROWS.slice(0, 1) });

    await app.user.click(await screen.findByRole('button', { name: 'Nothing to import' }));

    expect(inputsOf(app, 'plans.apply')).toEqual([]);
    expect(screen.queryByRole('dialog', { name: 'Import contexts' })).toBeNull();
  });

  it('says how talosctl takes a context, and what to know of doing the same', async () => {
    const note = 'talosctl leaves it out: without quotes its name is “nothing” in YAML.';
    const app = await openImport({
      ...IMPORT,
      failures: [],
      rows: [{ ...rowOf('new', { incoming: comparedOf('~') }), id: 'r0', talosctl: note }],
    });
    const row = within(screen.getByRole('list', { name: 'Incoming contexts' })).getByRole('listitem');
    expect(row.textContent).toContain(note);

    app.bridge.answer('import.plan', () => ({
      ok: true,
      value: planOf({ steps: [], current: '', switchesCurrent: true, notes: ['none is current afterwards.'] }),
    }));
    await app.user.click(screen.getByRole('checkbox', { name: /Same as/ }));

    await screen.findByText(/none is current afterwards\./);
  });

  it('keeps names as they are spelled, also strange ones', async () => {
    const names = ['010', '1.10', '~', '__proto__', '<b>x</b>', ''];
    await openImport({
      ...IMPORT,
      failures: [],
      rows: names.map((name, index) => ({ ...rowOf('new', { incoming: comparedOf(name) }), id: `r${index}` })),
    });

    const titles = within(screen.getByRole('list', { name: 'Incoming contexts' })).getAllByRole('heading');
    expect(titles.map(({ textContent }) => textContent)).toEqual([...names.slice(0, 5), '(no name)']);
  });
});
