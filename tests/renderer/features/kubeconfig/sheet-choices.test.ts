import { waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import { FETCHED, kubeFile, kubeFilePreview, kubePreview, kubeState } from '../../../fakes/bridge/fake-kubeconfig.ts';
import { inputsOf } from '../../support/inputs-of.ts';
import { openSheet } from '../../support/kubeconfig-sheet.ts';

describe('what is decided in the kubeconfig sheet', () => {
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

  it('looks again when the file was changed by somebody else', async () => {
    const app = await openSheet();
    await within(app.sheet).findByRole('button', { name: 'Renew the certificate' });
    const before = inputsOf(app, 'kubeconfig.preview').length;
    app.bridge.publish('kubeconfig.state', {}, kubeState({ readAtMs: 5 }));

    await expect.poll(() => inputsOf(app, 'kubeconfig.preview').length).toBe(before + 1);
  });
});
