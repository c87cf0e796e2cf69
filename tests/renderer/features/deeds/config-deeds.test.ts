import { fireEvent, screen, within } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import type { DeedPreview, DeedRecord } from '../../../../preload/contract/index.ts';
import { deedFlow } from '../../../../renderer/features/deeds/deed-flow.svelte.ts';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import { NOW_MS } from '../../../fakes/bridge/cluster-data.ts';
import { openApp } from '../../support/open-app.ts';

const NODE = '10.0.0.1';
const DEED = 'Patch the machine config of cp-1';
const PREVIEW: DeedPreview = {
  deed: DEED,
  machines: [
    {
      ...{ node: NODE, name: 'cp-1', now: 'config 0123456789ab' },
      change: {
        lines: [{ kind: 'added', new: 3, text: '    certSANs: [a]' }],
        said: 'Applied configuration without a reboot (skipped in dry-run).',
      },
    },
  ],
  talosctl: 'talosctl patch mc',
  atMs: NOW_MS,
  head: { token: '6c0f4b0e-3a41-4a57-8f0c-0c8a51f1f9d2', risk: 'interrupts', effects: [] },
};

it('shows what changes on a machine and what that says to it', async () => {
  const bridge = clusterBridge()
    .publish('deeds.state', {}, { deeds: [] })
    .answer('deeds.plan', () => ({ ok: true, value: PREVIEW }));
  const { session } = openApp('runs', bridge);
  deedFlow(session).open({ context: 'prod-fra', nodes: [NODE], deed: 'patch-config', params: { patch: 'a: b' } });
  const sheet = await screen.findByRole('dialog');
  const changes = await within(sheet).findByRole('region', { name: 'What changes' });
  expect(changes.textContent).toContain('certSANs: [a]');
  expect(changes.textContent).toContain('Applied configuration without a reboot');
  expect(changes.textContent).toContain('1 added line');
});

it('asks for the file that a patch of a line names, and plans with it', async () => {
  const planned: unknown[] = [];
  const token = '7c0f4b0e-3a41-4a57-8f0c-0c8a51f1f9d2';
  let chosen = 0;
  const bridge = clusterBridge()
    .publish('deeds.state', {}, { deeds: [] })
    .answer('deeds.list', () => ({
      ok: true,
      value: [
        {
          ...{ id: 'patch-config', title: 'Patch the machine config', about: 'The part that changes.' },
          params: [{ id: 'patch', title: 'Patch', kind: 'lines', required: true, isPatches: true }],
        },
      ],
    }))
    .answer('patches.choose', () =>
      chosen++ === 0
        ? { ok: false, failure: { code: 'too-large', message: 'b.yaml is too large.', retry: 'never', traceId: 't' } }
        : { ok: true, value: { name: 'b.yaml', token } },
    )
    .answer('deeds.plan', ({ params }) => {
      planned.push(params);
      if (planned.length > 1) return { ok: true, value: PREVIEW };
      const message = 'b.yaml is the name of a file.';
      return {
        ok: false,
        failure: { code: 'invalid', message, retry: 'never', traceId: 't', where: { field: 'patch' } },
      };
    });
  const { session } = openApp('runs', bridge);
  const patch = 'machine: {}\n--- # next patch\n@b.yaml';
  deedFlow(session).open({ context: 'prod-fra', nodes: [NODE], deed: 'patch-config', params: { patch } });
  const sheet = await screen.findByRole('dialog');
  const again = await within(sheet).findByRole('button', { name: 'Plan it so' });
  expect(again).toHaveProperty('disabled', true);
  const choose = within(sheet).getByRole('button', { name: 'Choose it…' });
  await fireEvent.click(choose);
  // One that cannot be read is not passed over.
  await screen.findByText('b.yaml is too large.');
  await fireEvent.click(choose);
  expect(await within(sheet).findByText('✓ chosen')).toBeTruthy();
  await fireEvent.click(again);
  await within(sheet).findByRole('region', { name: 'What changes' });
  expect(planned).toEqual([{ patch }, { patch: `machine: {}\n--- # next patch\n@b.yaml?${token}` }]);
});

it('counts down while a config is tried, and takes the choice of the user once', async () => {
  const record: DeedRecord = {
    ...{ id: 'one', atMs: NOW_MS, deed: DEED, context: 'prod-fra', file: '/c', talosctl: 'talosctl patch mc' },
    steps: [{ node: NODE, name: 'cp-1', stage: 'tracking', atMs: NOW_MS }],
    isOver: false,
  };
  const offer = { choices: ['keep', 'takeBack'], untilMs: NOW_MS + 55_000, endsMs: NOW_MS + 60_000 } as const;
  const orders: unknown[] = [];
  const bridge = clusterBridge()
    .publish('deeds.state', {}, { deeds: [record] })
    .publish(
      'deeds.progress',
      {},
      {
        deeds: [
          {
            ...{ id: 'one', deed: DEED, isPaused: false, isStopping: false },
            machines: [{ node: NODE, state: 'doing', marks: [], offer }],
          },
        ],
      },
    )
    .answer('deeds.order', (order) => {
      orders.push(order);
      return { ok: true, value: undefined };
    });
  openApp('deeds', bridge);
  const group = await screen.findByRole('group', { name: 'Try on cp-1' });
  expect(within(group).getByRole('timer').textContent).toMatch(/1:00|0:59/);
  await fireEvent.click(within(group).getByRole('button', { name: 'Keep it' }), { detail: 1 });
  await fireEvent.click(within(group).getByRole('button', { name: 'Keep it' }), { detail: 2 });
  expect(orders).toEqual([{ id: 'one', order: 'keep', node: NODE }]);
});

it('offers to plan it as a try, where it is none', async () => {
  const asked: unknown[] = [];
  const param = { title: 'Mode', kind: 'choice', required: false, choices: ['auto', 'try'], initial: 'auto' } as const;
  const kind = { id: 'patch-config', title: 'Patch', about: '', params: [{ id: 'mode', ...param }] };
  const bridge = clusterBridge()
    .publish('deeds.state', {}, { deeds: [] })
    .answer('deeds.list', () => ({ ok: true, value: [{ ...kind, syntax: '' }] }))
    .answer('deeds.plan', (wish) => {
      asked.push(wish.params);
      return { ok: true, value: PREVIEW };
    });
  const { session } = openApp('runs', bridge);
  deedFlow(session).open({
    context: 'prod-fra',
    nodes: [NODE],
    deed: 'patch-config',
    params: { mode: 'auto', patch: 'a: b' },
  });
  await fireEvent.click(await screen.findByRole('button', { name: 'Plan it as a try' }));
  await screen.findByRole('region', { name: 'What changes' });
  expect(asked).toEqual([
    { mode: 'auto', patch: 'a: b' },
    { mode: 'try', patch: 'a: b' },
  ]);
  expect(screen.queryByRole('button', { name: 'Plan it as a try' })).toBeNull();
});
