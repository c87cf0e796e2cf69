import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import type { Failure, OpenedConfig } from '../../../../preload/contract/index.ts';
import { machineConfigOf } from '../../../../renderer/features/machine-config/machine-config.svelte.ts';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import { NOW_MS } from '../../../fakes/bridge/cluster-data.ts';
import { openApp } from '../../support/open-app.ts';

const TEXT = 'machine:\n    type: worker\n    token: <secret-1>\ncluster: {}\n';
const OPENED: OpenedConfig = {
  ...{ token: '0c8b1f52-93f1-4f38-a8de-2d6a7f1f0a11', readAtMs: NOW_MS, text: TEXT, isCut: false, documents: [] },
  source: { kind: 'node', context: 'prod-fra', node: '10.0.0.1' },
  secrets: [{ path: 'machine.token', line: 3, placeholder: '<secret-1>' }],
};

const TOO_LARGE: Failure = { code: 'too-large', message: 'Too much.', retry: 'never', traceId: 'a' };

// jsdom lays nothing out, and the editor measures its lines.
Object.assign(Range.prototype, { getClientRects: () => [] });

it('judges what is typed, plans what it changes for the node, and is not lost unasked', async () => {
  const judged: string[] = [];
  const planned: unknown[] = [];
  const bridge = clusterBridge()
    .publish('deeds.state', {}, { deeds: [] })
    .answer('machineConfig.open', () => ({ ok: true, value: OPENED }))
    .answer('machineConfig.help', () => ({ ok: true, value: { kinds: {}, types: {} } }))
    .answer('machineConfig.judge', ({ text }) => {
      judged.push(text);
      if (text.endsWith('# too much\n')) return { ok: false, failure: TOO_LARGE };
      const fix = { title: 'Change it to sysctls', from: 'sysctl', to: 'sysctls' };
      const problem = { severity: 'error', message: 'Talos does not know machine.sysctl.', line: 4, fix } as const;
      return { ok: true, value: text.includes('sysctl:') ? [problem] : [] };
    })
    .answer('machineConfig.edit', () => ({
      ok: true,
      value: { isChanged: true, diff: [], draft: '3c8b1f52-93f1-4f38-a8de-2d6a7f1f0a11' },
    }))
    .answer('deeds.plan', (wish) => {
      planned.push(wish);
      return { ok: true, value: { deed: 'Do it', machines: [], talosctl: 'talosctl', atMs: NOW_MS } };
    });
  const { session } = openApp('machine-config', bridge);
  const view = machineConfigOf(session);
  await fireEvent.click(await screen.findByRole('button', { name: 'Open a file…' }));
  await fireEvent.click(await screen.findByRole('tab', { name: 'Edit' }));
  // The editor is loaded first.
  await waitFor(() => expect(judged).toEqual([TEXT]), { timeout: 20_000 });
  expect(screen.getByRole('button', { name: 'See what it changes' }).hasAttribute('disabled')).toBe(true);

  view.edit(`${TEXT}# too much\n`);
  expect(await screen.findByText('Problems are not known.')).toBeTruthy();
  view.edit(TEXT.replace('cluster:', '    sysctl: {}\ncluster:'));
  expect(await screen.findByRole('button', { name: 'Change it to sysctls' })).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'See what it changes' }));
  await fireEvent.click(await screen.findByRole('button', { name: /^Plan it for / }));
  await waitFor(() => expect(planned).toHaveLength(1));
  expect(planned[0]).toMatchObject({
    ...{ nodes: ['10.0.0.1'], deed: 'apply-config' },
    params: { config: '3c8b1f52-93f1-4f38-a8de-2d6a7f1f0a11' },
  });
  await fireEvent.click(await screen.findByRole('button', { name: 'Cancel' }));

  await view.openFile();
  expect(view.edited).toContain('sysctl');
  await fireEvent.click(await screen.findByRole('button', { name: 'Lose it and go on' }));
  await waitFor(() => expect(view.edited).toBe(TEXT));
});

it('what is typed while the file is written stays in the editor', async () => {
  const { promise: isWritten, resolve: write } = Promise.withResolvers<undefined>();
  const token = '3c8b1f52-93f1-4f38-a8de-2d6a7f1f0a11';
  const bridge = clusterBridge()
    .answer('machineConfig.open', () => ({ ok: true, value: { ...OPENED, source: { kind: 'file', file: '/c.yaml' } } }))
    .answer('machineConfig.judge', () => ({ ok: true, value: [] }))
    .answer('machineConfig.edit', () => ({
      ok: true,
      value: { ...{ isChanged: true, diff: [], draft: token }, plan: { token, risk: 'undoable', effects: [] } },
    }))
    .answer('plans.apply', async () => {
      await isWritten;
      return { ok: true, value: { id: 'w', atMs: NOW_MS, what: 'Changed the machine config', files: [] } };
    });
  const { session } = openApp('machine-config', bridge);
  const view = machineConfigOf(session);
  await fireEvent.click(await screen.findByRole('button', { name: 'Open a file…' }));
  await waitFor(() => expect(view.opened).toBeDefined());
  view.edit(`${TEXT}# one\n`);
  await view.tryEdit();
  const writing = view.writeEdit();
  view.edit(`${TEXT}# two\n`);
  write(undefined);
  await writing;

  expect(view.edited).toBe(`${TEXT}# two\n`);
  expect(view.editFailure?.message).toBe('It was written, without what you typed meanwhile.');
});
