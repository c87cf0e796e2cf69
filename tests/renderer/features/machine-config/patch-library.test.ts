import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import type { LibraryPatch, OpenedConfig } from '../../../../preload/contract/index.ts';
import { patchesIn, withNextPatch } from '../../../../preload/contract/index.ts';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import { NOW_MS } from '../../../fakes/bridge/cluster-data.ts';
import { openApp } from '../../support/open-app.ts';
import { machineConfig } from '../../../../renderer/features/machine-config/index.ts';
import { machineConfigOf } from '../../../../renderer/features/machine-config/machine-config.svelte.ts';
import { patchPicks } from '../../../../renderer/features/machine-config/library/patch-picks.ts';

const OPENED: OpenedConfig = {
  ...{ token: '0c8b1f52-93f1-4f38-a8de-2d6a7f1f0a11', readAtMs: NOW_MS, isCut: false, documents: [], secrets: [] },
  source: { kind: 'file', file: '/home/me/worker.yaml' },
  text: 'machine:\n    type: worker\n',
};
const MIRROR: LibraryPatch = {
  id: '2c8b1f52-93f1-4f38-a8de-2d6a7f1f0a11',
  name: 'Mirror',
  about: 'For the lab',
  text: 'machine:\n  env:\n    A: ${A}\n',
  variables: [
    { name: 'A', wants: 'text' },
    { name: 'ON', wants: 'bool' },
  ],
};

const JOB: LibraryPatch = {
  ...{ id: 'sysctl', name: 'Sysctl', about: 'Sets a parameter of the kernel.', text: 'machine: {}\n' },
  variables: [{ name: 'SYSCTL', wants: 'text', about: 'The name with dots.', initial: 'vm.max_map_count' }],
};

const opened = async () => {
  let saved: readonly LibraryPatch[] = [MIRROR];
  const bridge = clusterBridge()
    .answer('machineConfig.open', () => ({ ok: true, value: OPENED }))
    .answer('patches.list', () => ({ ok: true, value: { saved, isWhole: true } }))
    .answer('patches.jobs', ({ token }) => ({ ok: true, value: token === OPENED.token ? [JOB] : [] }))
    .answer('patches.remove', ({ id }) => {
      saved = saved.filter((one) => one.id !== id);
      return { ok: true, value: undefined };
    })
    .answer('patches.save', ({ id = MIRROR.id, ...patch }) => {
      saved = [...saved.filter((one) => one.id !== id), { id, ...patch, variables: [] }];
      return { ok: true, value: { id, ...patch, variables: [] } };
    })
    .answer('patches.fill', ({ text, values }) =>
      values['A'] === 'bad'
        ? {
            ok: false,
            failure: {
              ...{ code: 'invalid', message: '${A} wants more.', retry: 'never', traceId: 't' },
              where: { field: 'A' },
            },
          }
        : { ok: true, value: { text: text.replace('${A}', values['A'] ?? '') } },
    );
  const app = openApp('machine-config', bridge);
  await fireEvent.click(await screen.findByRole('button', { name: 'Open a file…' }));
  await screen.findByText('/home/me/worker.yaml');
  await fireEvent.click(screen.getByRole('tab', { name: 'Patch' }));
  return { ...app, bridge, saved: () => saved };
};

it('asks for the values of a saved patch, says which is not taken, and puts it behind what is typed', async () => {
  const { session } = await opened();
  const view = machineConfigOf(session);
  view.patch = 'machine:\n  type: worker\n';
  await fireEvent.click(screen.getByRole('button', { name: 'Saved patches and common jobs' }));
  await fireEvent.click(await screen.findByRole('button', { name: 'Use Mirror' }));
  const put = screen.getByRole('button', { name: 'Put it into the patch' });
  expect(put).toHaveProperty('disabled', true);
  expect(screen.getByRole('combobox', { name: 'ON' })).toHaveProperty('value', 'true');
  const field = screen.getByRole('textbox', { name: 'A' });
  await fireEvent.input(field, { target: { value: 'bad' } });
  await fireEvent.click(put);
  expect(await screen.findByText('${A} wants more.')).toBeTruthy();
  await fireEvent.input(field, { target: { value: 'good' } });
  await fireEvent.click(put);
  await waitFor(() =>
    expect(patchesIn(view.patch)).toEqual(['machine:\n  type: worker\n', 'machine:\n  env:\n    A: good\n']),
  );
  expect(screen.queryByRole('form', { name: 'Use Mirror' })).toBeNull();
});

it('keeps what is typed under a name, and brings back what was deleted', async () => {
  const { session, saved } = await opened();
  machineConfigOf(session).patch = 'machine: {}';
  await fireEvent.click(await screen.findByRole('button', { name: 'Save this patch…' }));
  await fireEvent.input(screen.getByRole('textbox', { name: 'Name' }), { target: { value: ' New ' } });
  await fireEvent.click(screen.getByRole('button', { name: 'Save it' }));
  await waitFor(() => expect(saved().map(({ name, text }) => [name, text])).toEqual([['New', 'machine: {}']]));
  await fireEvent.click(screen.getByRole('button', { name: 'Saved patches and common jobs' }));
  await fireEvent.click(await screen.findByRole('button', { name: 'Delete New' }));
  await waitFor(() => expect(saved()).toEqual([]));
  await fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await screen.findByRole('button', { name: 'Use New' })).toBeTruthy();
});

it('has the common jobs that go with the config, each with its words and what stands there at first', async () => {
  await opened();
  await fireEvent.click(screen.getByRole('button', { name: 'Saved patches and common jobs' }));
  await fireEvent.click(await screen.findByRole('button', { name: 'Use Sysctl' }));
  expect(screen.getByRole('textbox', { name: 'SYSCTL' })).toHaveProperty('value', 'vm.max_map_count');
  expect(screen.getByText('The name with dots.')).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  await fireEvent.input(screen.getByRole('textbox', { name: 'Find' }), { target: { value: 'lab' } });
  expect(screen.queryByRole('button', { name: 'Use Sysctl' })).toBeNull();
  expect(screen.getByRole('button', { name: 'Use Mirror' })).toBeTruthy();
});

it('are lines of the palette, which ask for their values beside the config', async () => {
  const { session } = await opened();
  patchPicks(session);
  await waitFor(() => expect(patchPicks(session).map(({ label }) => label)).toEqual(['Use the patch Mirror…']));
  machineConfigOf(session).tab = 'config';
  patchPicks(session)[0]?.pick();
  expect(await screen.findByRole('form', { name: 'Use Mirror' })).toBeTruthy();
});

it('has jobs in the palette only for the config that they were made for', async () => {
  const { session, bridge } = await opened();
  await fireEvent.click(screen.getByRole('button', { name: 'Saved patches and common jobs' }));
  await screen.findByRole('button', { name: 'Use Sysctl' });
  const isOffered = (): boolean => patchPicks(session).some(({ label }) => label === 'Use the patch Sysctl…');
  expect(isOffered()).toBe(true);
  machineConfigOf(session).tab = 'config';
  const other = { ...OPENED, token: '6c8b1f52-93f1-4f38-a8de-2d6a7f1f0a11' };
  bridge.answer('machineConfig.open', () => ({ ok: true, value: other }));
  await machineConfigOf(session).openFile();
  expect(isOffered()).toBe(false);
});

it('several patches of one text are told apart by their line', () => {
  const two = withNextPatch('a: 1\n', 'b: 2\n');
  expect(two).toBe('a: 1\n--- # next patch\nb: 2\n');
  expect(patchesIn(two)).toEqual(['a: 1\n', 'b: 2\n']);
  expect(patchesIn('a: 1\r\n--- # next patch\r\nb: 2')).toEqual(['a: 1\r\n', 'b: 2']);
  expect(patchesIn(withNextPatch(' \n', 'b'))).toEqual(['b']);
});

it('lets the user choose the file that a patch names, and writes the result into another file', async () => {
  const { session, bridge } = await opened();
  const view = machineConfigOf(session);
  const token = '4c8b1f52-93f1-4f38-a8de-2d6a7f1f0a11';
  const asked: unknown[] = [];
  bridge
    .answer('patches.choose', (wish) => {
      asked.push(wish);
      return { ok: true, value: { name: 'c.yaml', token } };
    })
    .answer('machineConfig.patch', ({ patches }) => {
      asked.push(patches);
      return {
        ok: true,
        value: { isChanged: true, diff: [], plan: { token, risk: 'undoable', effects: [] } },
      };
    })
    .answer('machineConfig.saveAs', ({ patches }) => {
      asked.push(patches);
      return { ok: true, value: { isSaved: true, name: 'other.yaml' } };
    });
  view.patch = 'machine: {}\n--- # next patch\n@b.yaml';
  await fireEvent.click(await screen.findByRole('button', { name: 'Choose it…' }));
  expect(await screen.findByText('✓ chosen')).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'See what it changes' }));
  await fireEvent.click(await screen.findByRole('button', { name: 'Write it into another file…' }));
  expect(await screen.findByText('Wrote the patched config into other.yaml')).toBeTruthy();
  const patches = ['machine: {}\n', `@c.yaml?${token}`];
  expect(asked).toEqual([{ name: 'b.yaml' }, patches, patches]);
});

it('a line of talosctl about a file opens it with its patches, or checks it', async () => {
  const { session, bridge } = await opened();
  const view = machineConfigOf(session);
  const run = (id: string, command: string, params: Readonly<Record<string, string | boolean>>): void => {
    session.view.filling = { command, nodes: [], params };
    machineConfig.actions?.find((action) => action.id === id)?.run(session);
  };
  const checked: unknown[] = [];
  bridge
    .answer('machineConfig.open', () => ({ ok: true, value: { ...OPENED } }))
    .answer('machineConfig.validate', (wish) => {
      checked.push(wish);
      return { ok: true, value: [] };
    });
  run('machine-config.patch-file', 'machineconfig-patch', { patch: '@b.yaml' });
  await waitFor(() => expect([view.tab, view.patch]).toEqual(['patch', '@b.yaml']));
  run('machine-config.check-file', 'validate', { mode: 'cloud', strict: true });
  await waitFor(() => expect(checked).toEqual([{ token: OPENED.token, mode: 'cloud', isStrict: true }]));
  expect(view.tab).toBe('check');
});

it('opens a YAML file that is dropped on the screen, and nothing that is dropped elsewhere', async () => {
  const { session, bridge } = await opened();
  const token = '5c8b1f52-93f1-4f38-a8de-2d6a7f1f0a11';
  const asked: unknown[] = [];
  bridge
    .onDrop(() => ({ ok: true, value: { token, names: ['other.yaml'] } }))
    .answer('import.fromDrop', () => {
      asked.push('import');
      return { ok: true, value: { token, into: '/home/me/.talos/config', rows: [], failures: [] } };
    })
    .answer('machineConfig.openDropped', (wish) => {
      asked.push(wish);
      return { ok: true, value: { ...OPENED, source: { kind: 'file', file: '/home/me/other.yaml' } } };
    });
  await session.imports.drop([new File([''], 'other.yaml')]);
  expect(await screen.findByText('/home/me/other.yaml')).toBeTruthy();
  await session.imports.drop([new File([''], 'talosconfig')]);
  session.screen.show('overview');
  await waitFor(() => expect(screen.queryByText('/home/me/other.yaml')).toBeNull());
  await session.imports.drop([new File([''], 'other.yaml')]);
  expect(asked).toEqual([{ token }, 'import', 'import']);
});
