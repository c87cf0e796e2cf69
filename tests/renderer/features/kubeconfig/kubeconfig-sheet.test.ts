import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import { failureOf } from '../../../fakes/bridge/fake-bridge.ts';
import { kubeFile, kubeFilePreview, kubePreview } from '../../../fakes/bridge/fake-kubeconfig.ts';
import { inputsOf } from '../../support/inputs-of.ts';
import { openSheet, primary } from '../../support/kubeconfig-sheet.ts';
import { openApp } from '../../support/open-app.ts';

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

  it('removes the lock of the file that was locked, of several, and shows what is left, since files before it are written', async () => {
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
    expect(inputsOf(app, 'kubeconfig.previewRemoval')).toHaveLength(1);
    await app.user.click(await within(sheet).findByRole('button', { name: 'Remove the lock and look again' }));

    await waitFor(() => expect(inputsOf(app, 'kubeconfig.previewRemoval')).toHaveLength(2));
    expect(inputsOf(app, 'kubeconfig.removeLock')).toEqual([{ file: 'f2' }]);
    expect(inputsOf(app, 'plans.apply')).toHaveLength(1);
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
