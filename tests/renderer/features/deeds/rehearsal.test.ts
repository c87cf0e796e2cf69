import { screen, within } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import type { DeedPreview, DeedSummary, Rehearsal } from '../../../../preload/contract/index.ts';
import { deedFlow } from '../../../../renderer/features/deeds/deed-flow.svelte.ts';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import { NOW_MS } from '../../../fakes/bridge/cluster-data.ts';
import { failureOf } from '../../../fakes/bridge/fake-bridge.ts';
import { openApp } from '../../support/open-app.ts';

const TOKEN = '6c0f4b0e-3a41-4a57-8f0c-0c8a51f1f9d2';
const KINDS: readonly DeedSummary[] = [
  { id: 'reboot', title: 'Reboot', about: 'Starts anew.', params: [], isRehearsed: true },
  { id: 'image-pull', title: 'Pull an image', about: 'Pulls.', params: [] },
];
const PREVIEW: DeedPreview = {
  deed: 'Reboot 2 machines',
  machines: [
    { node: '10.0.0.1', name: 'cp-1' },
    { node: '10.0.0.9', name: 'worker\u202e-1' },
  ],
  talosctl: 'talosctl reboot',
  atMs: NOW_MS,
  head: { token: TOKEN, risk: 'interrupts', effects: ['Starts anew.'] },
};
const STEPS = [
  { name: 'Reboot: asks for it', expectedMs: 2_000 },
  { name: 'Waits until it is back', expectedMs: 240_000 },
];
const DOING: Rehearsal = {
  stage: 'doing',
  simulated: 5,
  machines: [
    { node: '10.0.0.1', name: 'cp-1', state: 'done', fromMs: 0, steps: STEPS },
    { node: '10.0.0.9', name: 'worker\u202e-1', state: 'waiting', steps: [] },
  ],
};

function openSheet(deed = 'reboot') {
  const bridge = clusterBridge()
    .publish('deeds.state', {}, { deeds: [] })
    .answer('deeds.list', () => ({ ok: true, value: KINDS }))
    .answer('deeds.plan', () => ({ ok: true, value: PREVIEW }));
  const opened = openApp('runs', bridge);
  deedFlow(opened.session).open({ context: 'prod-fra', nodes: ['10.0.0.1', '10.0.0.9'], deed, params: {} });
  return { ...opened, bridge };
}

const watched = (bridge: ReturnType<typeof clusterBridge>): boolean => bridge.watching('deeds.rehearsal') > 0;

it('a plan is rehearsed, marked as such, and the rehearsal is over once the sheet does not show it', async () => {
  const { bridge, user } = openSheet();
  const sheet = await screen.findByRole('dialog');
  await user.click(await within(sheet).findByRole('button', { name: 'Rehearse' }));

  const part = within(await within(sheet).findByRole('region', { name: 'Rehearsal' }));
  part.getByText('A rehearsal: nothing of it reaches prod-fra');
  part.getByText('Reading how the cluster is…');
  expect(within(sheet).queryByRole('button', { name: 'Rehearse' })).toBeNull();
  bridge.publish('deeds.rehearsal', { token: TOKEN }, { stage: 'starting', simulated: 5, machines: [] });
  await part.findByText('Starting 5 simulated machines…');
  bridge.publish('deeds.rehearsal', { token: TOKEN }, DOING);
  await part.findByText('1 of 2 machines done on the simulated cluster…');
  expect(watched(bridge)).toBe(true);
  await user.click(part.getByRole('button', { name: 'Cancel the rehearsal' }));
  expect(within(sheet).queryByRole('region', { name: 'Rehearsal' })).toBeNull();
  expect(watched(bridge)).toBe(false);

  await user.click(within(sheet).getByRole('button', { name: 'Rehearse' }));
  const [first] = DOING.machines;
  const second = {
    ...first,
    node: '10.0.0.9',
    name: 'worker\u202e-1',
    fromMs: 242_000,
  } as Rehearsal['machines'][number];
  const over: Rehearsal = {
    ...DOING,
    stage: 'over',
    machines: [...DOING.machines.slice(0, 1), second],
    expectedMs: 484_000,
  };
  bridge.publish('deeds.rehearsal', { token: TOKEN }, over);
  const again = within(await within(sheet).findByRole('region', { name: 'Rehearsal' }));
  await again.findByText('It came to its end. To be expected: about 8 min in all.');
  const line = again.getByRole('list', { name: 'Time line to be expected' });
  expect(line.textContent).toMatch(/cp-1\s*done\s*at once, takes about 4 min/);
  expect(line.textContent).toMatch(/worker\\u202e-1\s*done\s*after 4 min, takes about 4 min/);
  again.getByText('Durations are estimates: this cluster was not seen doing the same before.');
  bridge.publish('deeds.rehearsal', { token: TOKEN }, { ...over, measured: 4 });
  await again.findByText(/^How long steps take is the median of 4 machines done before on this cluster/);
  await user.click(within(sheet).getByRole('button', { name: 'Cancel' }));
  expect(watched(bridge)).toBe(false);
});

it('draws machines that go by one name, each for itself', async () => {
  const { bridge, user } = openSheet();
  const sheet = await screen.findByRole('dialog');
  await user.click(await within(sheet).findByRole('button', { name: 'Rehearse' }));
  const twin = { node: '10.0.0.9', name: 'twin', state: 'waiting', steps: [] } as const;

  bridge.publish('deeds.rehearsal', { token: TOKEN }, { ...DOING, machines: [twin, twin] });

  expect(await within(sheet).findAllByText('twin')).toHaveLength(2);
});

it('a rehearsal that did not come to its end says where, and can be tried again', async () => {
  const { bridge, user } = openSheet();
  const sheet = await screen.findByRole('dialog');
  await user.click(await within(sheet).findByRole('button', { name: 'Rehearse' }));
  const failed = {
    node: '10.0.0.9',
    name: 'w-1',
    state: 'failed',
    fromMs: 242_000,
    steps: STEPS,
    text: 'It is off.',
  } as const;
  bridge.publish(
    'deeds.rehearsal',
    { token: TOKEN },
    {
      ...{ ...DOING, stage: 'over', machines: [...DOING.machines.slice(0, 1), failed] },
      failure: failureOf('timeout', 'Ended at w-1: It is off.'),
    },
  );

  const part = within(await within(sheet).findByRole('region', { name: 'Rehearsal' }));
  await part.findByText('It did not come to its end: 1 of 2 machines were done.');
  part.getByText('Ended at w-1: It is off.');
  part.getByText('It is off.');
  expect(within(sheet).getByRole('button', { name: 'Reboot 2 machines…' }).hasAttribute('disabled')).toBe(false);
  await user.click(part.getByRole('button', { name: 'Rehearse again' }));
  bridge.publish('deeds.rehearsal', { token: TOKEN }, { stage: 'reading', machines: [] });
  await part.findByRole('button', { name: 'Cancel the rehearsal' });
  part.getByText('Reading how the cluster is…');
});

it('a kind of deed that cannot be rehearsed has a reason instead of a button', async () => {
  openSheet('image-pull');
  const sheet = await screen.findByRole('dialog');

  await within(sheet).findByText(/^This kind of deed cannot be rehearsed/);
  expect(within(sheet).queryByRole('button', { name: 'Rehearse' })).toBeNull();
});
