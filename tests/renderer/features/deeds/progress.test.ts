import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import type { CallInput, DeedProgress, DeedRecord } from '../../../../preload/contract/index.ts';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import { CONTEXTS, NOW_MS } from '../../../fakes/bridge/cluster-data.ts';
import { failureOf, type FakeStream } from '../../../fakes/bridge/fake-bridge.ts';
import { openApp } from '../../support/open-app.ts';

const step = (node: string, name: string, stage: DeedRecord['steps'][number]['stage']) => ({
  ...{ node, name, stage, atMs: NOW_MS },
});
const RECORD: DeedRecord = {
  ...{
    id: 'one',
    atMs: NOW_MS,
    deed: 'Reboot 3 machines',
    context: 'prod-fra',
    file: '/c',
    talosctl: 'talosctl reboot',
  },
  steps: [step('10.0.0.1', 'cp-1', 'done'), step('10.0.0.2', 'cp-2', 'tracking'), step('10.0.0.3', 'cp-3', 'waiting')],
  isOver: false,
};
const PROGRESS: DeedProgress = {
  ...{ id: 'one', deed: RECORD.deed, isPaused: false, isStopping: false },
  machines: [
    { node: '10.0.0.1', state: 'over', marks: [] },
    {
      ...{ node: '10.0.0.2', state: 'doing', told: 'It has not started anew yet: rebooting.' },
      marks: [
        { kind: 'act', name: 'Reboot: asks for it', fromMs: NOW_MS - 9_000, toMs: NOW_MS - 8_000 },
        { kind: 'act', name: 'Waits until it is back', fromMs: NOW_MS - 8_000 },
        { kind: 'phase', name: 'cleanup', fromMs: NOW_MS - 7_000, toMs: NOW_MS - 4_000 },
        { kind: 'task', name: 'stop\u202eAllPods', fromMs: NOW_MS - 7_000, toMs: NOW_MS - 4_000 },
      ],
    },
    { node: '10.0.0.3', state: 'waiting', marks: [] },
  ],
};

it('a deed under way shows how far each machine is, and can be paused, stopped, and done without one', async () => {
  const orders: CallInput<'deeds.order'>[] = [];
  const bridge = clusterBridge()
    .publish('deeds.state', {}, { deeds: [RECORD] })
    .publish('deeds.progress', {}, { deeds: [PROGRESS] })
    .answer('deeds.order', (order) => {
      orders.push(order);
      return order.order === 'resume'
        ? { ok: false, failure: failureOf('internal', 'It cannot go on.') }
        : { ok: true, value: undefined };
    });
  const { user } = openApp('deeds', bridge);

  expect((await screen.findByText('1 of 3 · next cp-3')).getAttribute('role')).toBe('status');
  await screen.findByText('It has not started anew yet: rebooting.');
  const line = screen.getByRole('list', { name: 'What is done on cp-2' });
  within(line).getByText('Waits until it is back');
  expect(within(line).getByText('cleanup').getAttribute('title')).toBe('cleanup, 3 s: stop\\u202eAllPods');
  await user.click(screen.getByRole('button', { name: 'Pause before the next' }));
  await user.click(screen.getByRole('button', { name: 'Leave cp-3 out' }));
  await user.click(screen.getByRole('button', { name: 'Stop after this one' }));
  expect(orders).toEqual([
    { id: 'one', order: 'pause' },
    { id: 'one', order: 'skip', node: '10.0.0.3' },
    { id: 'one', order: 'stop' },
  ]);

  const why = 'The endpoints of its context were changed. Look at them, then let it go on.';
  bridge.publish('deeds.progress', {}, { deeds: [{ ...PROGRESS, isPaused: true, why }] });
  await screen.findByText(why);
  await user.click(screen.getByRole('button', { name: 'Go on' }));
  expect(orders.at(-1)).toEqual({ id: 'one', order: 'resume' });
  await screen.findByText('It cannot go on.');

  // Also where no machine waits any more: what is drained and held by a budget may be given up.
  const machines = PROGRESS.machines.slice(0, 2);
  bridge.publish('deeds.progress', {}, { deeds: [{ ...PROGRESS, machines, isPaused: true, why }] });
  await user.click(await screen.findByRole('button', { name: 'Stop' }));
  expect(orders.at(-1)).toEqual({ id: 'one', order: 'stop' });

  bridge.publish('deeds.progress', {}, { deeds: [{ ...PROGRESS, isStopping: true }] });
  await screen.findByText('1 of 3 · ends after cp-2');
  expect(screen.queryByRole('button', { name: 'Leave cp-3 out' })).toBeNull();
  const leave = screen.getByRole('button', { name: 'Stop watching' });
  // The second click of a double one on what stood there before.
  leave.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 2 }));
  expect(orders.at(-1)).toEqual({ id: 'one', order: 'stop' });
  await user.click(leave);
  expect(orders.at(-1)).toEqual({ id: 'one', order: 'leave' });
});

it('a deed that ends while it is looked at stays open; one of before is drawn once it is opened', async () => {
  const before: DeedRecord = { ...RECORD, id: 'before', deed: 'Reboot cp-9', isOver: true };
  const bridge = clusterBridge().publish('deeds.state', {}, { deeds: [RECORD, before] });
  const { user } = openApp('deeds', bridge);
  const machines = () => screen.getAllByRole('list', { name: 'Machines' });
  await screen.findByText('Reboot cp-9');
  expect(machines()).toHaveLength(1);

  const over = { ...RECORD, steps: [step('10.0.0.1', 'cp-1', 'failed')], isOver: true };
  bridge.publish('deeds.state', {}, { deeds: [over, before] });
  await screen.findByText(/1 failed/);
  expect(machines()).toHaveLength(1);
  await user.click(screen.getByText('Reboot cp-9'));

  await waitFor(() => expect(machines()).toHaveLength(2));
});

it('a machine is compared with the last time, and shows its kernel log, with since when nothing comes', async () => {
  const [, doing] = PROGRESS.machines;
  const last = { atMs: 0, name: 'cp-1', spans: [{ kind: 'act' as const, name: 'Waits until it is back', ms: 38_000 }] };
  const machines = [{ ...(doing ?? expect.fail()), last }];
  const bridge = clusterBridge()
    .publish('deeds.state', {}, { deeds: [RECORD] })
    .publish('deeds.progress', {}, { deeds: [{ ...PROGRESS, machines }] });
  const opened: FakeStream<'lens'>[] = [];
  bridge.serve('lens', (stream) => void opened.push(stream));
  const { user } = openApp('deeds', bridge);

  await screen.findByText('8 s, 38 s on cp-1');
  // The context of then has the name of now, whichever file it is in: nothing is read of another cluster.
  expect(screen.queryByRole('button', { name: /^Kernel log/ })).toBeNull();
  const { file, name } = CONTEXTS[0] ?? expect.fail();
  bridge.publish('deeds.state', {}, { deeds: [{ ...RECORD, context: name, file }] });
  await user.click(await screen.findByRole('button', { name: 'Kernel log of cp-2' }));

  const stream = await waitFor(() => opened[0] ?? expect.fail());
  expect(stream.params).toMatchObject({ sources: [{ kind: 'kernel', node: '10.0.0.2' }], follow: true });
  stream.batch([{ type: 'lines', source: 0, text: 'kern: reboot: Restarting\u202e', count: 1, atMs: NOW_MS }]);
  await screen.findByText('kern: reboot: Restarting\\u202e');
  const failure = failureOf('unreachable', 'It does not answer.');
  stream.batch([{ type: 'state', source: 0, state: 'silent', sinceMs: NOW_MS, failure }]);
  expect((await screen.findByText(/^No log since .*: It does not answer\.$/)).getAttribute('role')).toBe('status');

  await user.click(screen.getByRole('button', { name: 'Kernel log of cp-2' }));
  await waitFor(() => expect(stream.isClosed).toBe(true));
});
