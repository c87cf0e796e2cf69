import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import type { OpenedConfig } from '../../../../preload/contract/index.ts';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import { failureOf } from '../../../fakes/bridge/fake-bridge.ts';
import { configOf, NOW_MS } from '../../../fakes/bridge/cluster-data.ts';
import { openApp } from '../../support/open-app.ts';
import { deedFlow } from '../../../../renderer/features/deeds/deed-flow.svelte.ts';
import { machineConfig } from '../../../../renderer/features/machine-config/index.ts';
import { machineConfigOf } from '../../../../renderer/features/machine-config/machine-config.svelte.ts';

const OPENED: OpenedConfig = {
  token: '0c8b1f52-93f1-4f38-a8de-2d6a7f1f0a11',
  source: { kind: 'file', file: '/home/me/worker.yaml' },
  readAtMs: NOW_MS,
  text: 'machine:\n    type: worker\n    token: <secret-1>\ncluster:\n    token: <secret-2>\n',
  isCut: false,
  documents: [
    {
      title: 'v1alpha1',
      line: 1,
      isKnown: true,
      parts: [
        { path: 'machine', line: 1 },
        { path: 'cluster', line: 4 },
      ],
    },
  ],
  secrets: [
    { path: 'machine.token', line: 3, placeholder: '<secret-1>' },
    { path: 'cluster.token', line: 5, placeholder: '<secret-2>' },
  ],
};

const opened = async (config: OpenedConfig = OPENED) => {
  const bridge = clusterBridge()
    .answer('machineConfig.open', () => ({ ok: true, value: config }))
    .answer('machineConfig.reveal', ({ secret }) => ({ ok: true, value: { value: `value-${secret}` } }))
    .answer('machineConfig.validate', () => ({
      ok: true,
      value: [{ severity: 'error', text: 'cluster instructions are required', document: 'v1alpha1.Config', line: 1 }],
    }))
    .answer('machineConfig.patch', () => ({
      ok: true,
      value: {
        isChanged: true,
        diff: [{ kind: 'added', new: 3, text: '    certSANs: [a]' }],
        plan: { token: '1c8b1f52-93f1-4f38-a8de-2d6a7f1f0a11', risk: 'undoable', effects: [] },
      },
    }));
  const app = openApp('machine-config', bridge);
  await fireEvent.click(await screen.findByRole('button', { name: 'Open a file…' }));
  await screen.findByText('/home/me/worker.yaml');
  return app;
};

it('shows one secret at a time, and forgets it', async () => {
  const { session } = await opened();
  await fireEvent.click(screen.getByRole('button', { name: 'Reveal machine.token' }));
  expect(await screen.findByText('value-0')).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'Reveal cluster.token' }));
  expect(await screen.findByText('value-1')).toBeTruthy();
  expect(screen.queryByText('value-0')).toBeNull();
  await fireEvent.click(screen.getByRole('button', { name: 'Hide cluster.token' }));
  await waitFor(() => expect(screen.queryByText('value-1')).toBeNull());
  expect(machineConfigOf(session).revealed).toBeUndefined();
});

it('forgets the secret that is shown when something else is looked at', async () => {
  const { session } = await opened();
  await fireEvent.click(screen.getByRole('button', { name: 'Reveal machine.token' }));
  expect(await screen.findByText('value-0')).toBeTruthy();
  await fireEvent.click(screen.getByRole('tab', { name: 'Check' }));
  await waitFor(() => expect(machineConfigOf(session).revealed).toBeUndefined());
  await fireEvent.click(screen.getByRole('tab', { name: 'Config' }));
  await fireEvent.click(await screen.findByRole('button', { name: 'Reveal machine.token' }));
  expect(await screen.findByText('value-0')).toBeTruthy();
  session.screen.show('overview');
  await waitFor(() => expect(machineConfigOf(session).revealed).toBeUndefined());
});

it('does not show a secret that comes when it is not wanted any more', async () => {
  const { session } = await opened();
  const view = machineConfigOf(session);
  const first = view.toggle(0);
  const second = view.toggle(1);
  await Promise.all([first, second]);
  expect(view.revealed).toEqual({ secret: 1, value: 'value-1' });
  view.hide();
  const late = view.toggle(0);
  view.hide();
  await late;
  expect(view.revealed).toBeUndefined();
});

it('reads nothing anew, and so loses no edits, when a secret cannot be shown', async () => {
  const { bridge, session } = await opened();
  machineConfigOf(session).edit('machine: {}\n');
  const failure = failureOf('not-found', 'It was opened too long ago.');
  bridge.answer('machineConfig.reveal', () => ({ ok: false, failure }));
  await fireEvent.click(screen.getByRole('button', { name: 'Reveal machine.token' }));

  expect(await screen.findByText('It was opened too long ago.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  expect(machineConfigOf(session).isEdited).toBe(true);
});

it('shows each of the secrets of one line', async () => {
  await opened({ ...OPENED, secrets: OPENED.secrets.map((secret) => ({ ...secret, line: 3 })) });
  await fireEvent.click(screen.getByRole('button', { name: 'Reveal cluster.token' }));
  expect(await screen.findByText('value-1')).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'Reveal machine.token' }));
  expect(await screen.findByText('value-0')).toBeTruthy();
  expect(screen.queryByText('value-1')).toBeNull();
});

it('says of which cluster a node is that is not the one that is worked on', async () => {
  const bridge = clusterBridge().answer('machineConfig.open', () => ({
    ok: true,
    value: { ...OPENED, source: { kind: 'node', context: 'staging', node: '10.0.0.9' } },
  }));
  openApp('machine-config', bridge);
  await fireEvent.click(await screen.findByRole('button', { name: 'Open a file…' }));
  expect(await screen.findByText('10.0.0.9 of staging')).toBeTruthy();
});

it('notes about old fields do not make a config invalid', async () => {
  const bridge = clusterBridge()
    .answer('machineConfig.open', () => ({ ok: true, value: OPENED }))
    .answer('machineConfig.validate', () => ({
      ok: true,
      value: [{ severity: 'info', text: 'machine.sysctls is an old field.', document: 'v1alpha1.Config', line: 2 }],
    }));
  openApp('machine-config', bridge);
  await fireEvent.click(await screen.findByRole('button', { name: 'Open a file…' }));
  await fireEvent.click(await screen.findByRole('tab', { name: 'Check' }));
  await fireEvent.click(screen.getByRole('button', { name: 'Check' }));
  expect(await screen.findByText('/home/me/worker.yaml is valid for metal mode')).toBeTruthy();
  expect(screen.getByText('ℹ Note')).toBeTruthy();
});

it('says what a patch changes before it can be written, and not of a patch that was typed on', async () => {
  await opened();
  await fireEvent.click(screen.getByRole('tab', { name: 'Patch' }));
  const patch = screen.getByRole('textbox', { name: 'Patch' });
  expect(screen.queryByRole('button', { name: 'Write it into the file' })).toBeNull();
  await fireEvent.input(patch, { target: { value: 'machine: {certSANs: [a]}' } });
  await fireEvent.click(screen.getByRole('button', { name: 'See what it changes' }));
  expect(await screen.findByText('certSANs: [a]', { exact: false })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Write it into the file' })).toBeTruthy();
  await fireEvent.input(patch, { target: { value: 'machine: {certSANs: [b]}' } });
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Write it into the file' })).toBeNull());
});

it('says what Talos would say, with the document and the line', async () => {
  await opened();
  await fireEvent.click(screen.getByRole('tab', { name: 'Check' }));
  await fireEvent.click(screen.getByRole('button', { name: 'Check' }));
  expect(await screen.findByText('cluster instructions are required')).toBeTruthy();
  expect(screen.getByText('v1alpha1.Config, line 1')).toBeTruthy();
  expect(screen.getByText('/home/me/worker.yaml is not valid for metal mode')).toBeTruthy();
});

const NODE_CONFIG: OpenedConfig = { ...OPENED, source: { kind: 'node', context: 'prod-fra', node: '10.0.0.1' } };

it('plans a patch for the node, and what was before, in the sheet of deeds', async () => {
  const planned: unknown[] = [];
  const bridge = clusterBridge()
    .publish('deeds.state', {}, { deeds: [] })
    .answer('machineConfig.open', () => ({ ok: true, value: NODE_CONFIG }))
    .answer('machineConfig.before', () => ({
      ok: true,
      value: [{ id: '2c8b1f52-93f1-4f38-a8de-2d6a7f1f0a11', atMs: NOW_MS, what: 'Patched the machine config of cp-1' }],
    }))
    .answer('deeds.plan', (wish) => {
      planned.push(wish);
      return { ok: true, value: { deed: 'Do it', machines: [], talosctl: 'talosctl', atMs: NOW_MS } };
    });
  const { session } = openApp('machine-config', bridge);
  await fireEvent.click(await screen.findByRole('button', { name: 'Open a file…' }));
  await fireEvent.click(await screen.findByRole('tab', { name: 'Patch' }));
  await fireEvent.input(screen.getByRole('textbox', { name: 'Patch' }), { target: { value: 'machine: {}' } });
  await fireEvent.click(screen.getByRole('button', { name: /^Plan it for / }));
  await waitFor(() => expect(planned).toHaveLength(1));
  expect(planned[0]).toMatchObject({ nodes: ['10.0.0.1'], deed: 'patch-config', params: { patch: 'machine: {}' } });
  await fireEvent.click(await screen.findByRole('button', { name: 'Cancel' }));

  machineConfigOf(session).tab = 'before';
  await fireEvent.click(await screen.findByRole('button', { name: 'Put back…' }));
  await waitFor(() => expect(planned).toHaveLength(2));
  expect(planned[1]).toMatchObject({
    deed: 'put-back-config',
    params: { config: '2c8b1f52-93f1-4f38-a8de-2d6a7f1f0a11' },
  });
});

it('plans a config of a file for the machines that are chosen, and one of a pasted line for its own', async () => {
  const planned: unknown[] = [];
  const bridge = clusterBridge()
    .publish('deeds.state', {}, { deeds: [] })
    .answer('machineConfig.open', () => ({ ok: true, value: OPENED }))
    .answer('deeds.plan', (wish) => {
      planned.push(wish);
      return { ok: true, value: { deed: 'Do it', machines: [], talosctl: 'talosctl', atMs: NOW_MS } };
    });
  const { session } = openApp('machine-config', bridge);
  await fireEvent.click(await screen.findByRole('button', { name: 'Open a file…' }));
  await fireEvent.click(await screen.findByRole('tab', { name: 'Apply' }));
  const plan = screen.getByRole('button', { name: 'Plan it…' });
  expect(plan.hasAttribute('disabled')).toBe(true);
  const [box] = screen.getAllByRole('checkbox');
  await fireEvent.click(box!);
  await fireEvent.click(plan);
  await waitFor(() => expect(planned).toHaveLength(1));
  expect(planned[0]).toMatchObject({ deed: 'apply-config', params: { config: OPENED.token } });

  await machineConfigOf(session).openToApply({
    nodes: ['10.0.0.9'],
    params: { config: 'worker.yaml', mode: 'staged' },
  });
  await waitFor(() => expect(planned).toHaveLength(2));
  expect(planned[1]).toMatchObject({ nodes: ['10.0.0.9'], params: { config: OPENED.token, mode: 'staged' } });
});

it('plans nothing for the machines of a line when another cluster came into view while its file was chosen', async () => {
  let choose: (() => void) | undefined;
  const bridge = clusterBridge().answer(
    'machineConfig.open',
    () =>
      new Promise((resolve) => {
        choose = () => resolve({ ok: true, value: OPENED });
      }),
  );
  const { session } = openApp('nodes', bridge);
  await screen.findByRole('navigation', { name: 'Screens' });
  session.view.filling = { command: 'apply-config', nodes: ['10.0.0.9'], params: {} };
  machineConfig.actions?.find(({ id }) => id === 'machine-config.apply')?.run(session);
  await waitFor(() => expect(choose).toBeDefined());

  bridge.publish('config.state', {}, configOf({ selected: 'staging' }));
  await waitFor(() => expect(session.current.id).toBe('staging'));
  choose?.();

  await screen.findByRole('tab', { name: 'Apply', selected: true });
  expect([machineConfigOf(session).applying, deedFlow(session).wish]).toEqual([undefined, undefined]);
});

it('forgets which machines were chosen when another cluster is looked at, which may have the same addresses', async () => {
  const bridge = clusterBridge().answer('machineConfig.open', () => ({ ok: true, value: OPENED }));
  openApp('machine-config', bridge);
  await fireEvent.click(await screen.findByRole('button', { name: 'Open a file…' }));
  await fireEvent.click(await screen.findByRole('tab', { name: 'Apply' }));
  const isReady = (): boolean => !screen.getByRole('button', { name: 'Plan it…' }).hasAttribute('disabled');
  await fireEvent.click(screen.getAllByRole('checkbox')[0]!);
  expect(isReady()).toBe(true);
  bridge.publish('config.state', {}, configOf({ selected: 'staging' }));
  await waitFor(() => expect(isReady()).toBe(false));
  await waitFor(() => expect(screen.getAllByRole('checkbox').length).toBeGreaterThan(0));
});

it('asks a node again that could not be read', async () => {
  const bridge = clusterBridge().answer('machineConfig.read', () => ({
    ok: false,
    failure: failureOf('unreachable', 'cp-1 refused the connection.'),
  }));
  const { session } = openApp('machine-config', bridge);
  const nodes = await screen.findByRole('combobox', { name: 'Node' });
  const [, first] = [...nodes.querySelectorAll('option')];
  await fireEvent.change(nodes, { target: { value: first?.value } });
  expect(await screen.findByText('cp-1 refused the connection.')).toBeTruthy();

  // Nor is it forgotten when no file is chosen instead.
  bridge.answer('machineConfig.open', () => ({ ok: false, failure: failureOf('cancelled', 'No file was chosen.') }));
  await fireEvent.click(screen.getByRole('button', { name: 'Open a file…' }));
  await waitFor(() => expect(machineConfigOf(session).isReading).toBe(false));

  bridge.answer('machineConfig.read', () => ({ ok: true, value: OPENED }));
  await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));

  expect(await screen.findByRole('region', { name: 'Text of the machine config' })).toBeTruthy();
  expect(screen.queryByText('cp-1 refused the connection.')).toBeNull();
});
