import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import type { CheckEvent } from '../../../preload/contract/index.ts';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { configOf, nodeOf, nodesOf, NOW_MS } from '../../fakes/bridge/cluster-data.ts';
import type { FakeStream } from '../../fakes/bridge/fake-bridge.ts';
import { openApp, type OpenApp } from '../support/open-app.ts';

const step = (name: string, state: 'waiting' | 'running' | 'ok' | 'failed' | 'not-run', text?: string): CheckEvent => ({
  type: 'step',
  step: { name, state, ...(text !== undefined && { text }), ...(state !== 'waiting' && { sinceMs: NOW_MS - 12_000 }) },
});

const STARTED: CheckEvent = {
  type: 'started',
  node: '10.5.0.2',
  steps: [
    { name: 'etcd to be healthy', state: 'waiting' },
    { name: 'apid to be ready', state: 'waiting' },
    { name: 'coredns to report ready', state: 'not-run', text: 'Needs the API of Kubernetes.' },
  ],
  startedAtMs: NOW_MS - 15_000,
  untilMs: NOW_MS + 60_000,
  talosctl: 'talosctl -n 10.5.0.2 health',
  only: [{ talosctl: 'talosctl -n 10.5.0.2 health --run-e2e', why: 'It makes pods.' }],
};

/** Starts a health check and says what main got. */
async function start(app: OpenApp): Promise<FakeStream<'checks'>> {
  await app.user.click(await screen.findByRole('button', { name: 'Check prod-fra' }));
  const stream = await waitFor(() => {
    const found = app.bridge.streams.find(({ name }) => name === 'checks');
    if (!found) throw new Error('no health check was started');
    return found;
  });
  // Of that name, and so of that type.
  return stream as unknown as FakeStream<'checks'>;
}

it('asks a control plane for the whole list and shows which check blocks, since when, and what it says', async () => {
  const app = openApp('checks', clusterBridge());
  const stream = await start(app);

  expect(stream.params).toMatchObject({
    context: 'prod-fra',
    isByServer: true,
    asksKubernetes: false,
    timeout: '20m',
    controlPlanes: [],
  });
  stream.batch([
    STARTED,
    step('etcd to be healthy', 'ok'),
    step('apid to be ready', 'running', 'error getting version'),
  ]);

  expect(await screen.findByText(/Waiting for apid to be ready\. 1 check passed, 1 not run/)).toBeTruthy();
  const blocking = screen.getByText('apid to be ready').closest('li')!;
  expect(within(blocking).getByText('error getting version')).toBeTruthy();
  expect(within(blocking).getByText(/^waiting since \d\d:\d\d:\d\d \(12 s\)$/)).toBeTruthy();
  expect(screen.getByText('talosctl -n 10.5.0.2 health --run-e2e')).toBeTruthy();
});

it('has a form of its own for each cluster: the node of one is not asked in another', async () => {
  const app = openApp('checks', clusterBridge());
  const asked = () => screen.getByRole<HTMLSelectElement>('combobox', { name: 'Asked of' });
  await screen.findByRole('button', { name: 'Check prod-fra' });
  await app.user.selectOptions(asked(), '10.5.0.3');
  await app.user.clear(screen.getByLabelText('At most'));
  await app.user.type(screen.getByLabelText('At most'), '5m');
  expect(asked().value).toBe('10.5.0.3');

  app.bridge.publish('config.state', {}, configOf({ selected: 'staging' }));
  await screen.findByRole('button', { name: 'Check staging' });
  expect(asked().value).not.toBe('10.5.0.3');
  expect(screen.getByLabelText<HTMLInputElement>('At most').value).toBe('20m');

  app.bridge.publish('config.state', {}, configOf({}));
  await screen.findByRole('button', { name: 'Check prod-fra' });
  expect(asked().value).toBe('10.5.0.3');
});

it('leads to the node that a check waits for, whether its words have its name or its address', async () => {
  const app = openApp('checks', clusterBridge());
  const stream = await start(app);
  stream.batch([
    STARTED,
    step('etcd to be healthy', 'ok', 'of 10.5.0.3'),
    step('apid to be ready', 'running', 'error: dial tcp 10.5.0.17:50000: connect: refused'),
  ]);

  await app.user.click(await screen.findByRole('button', { name: /^Show / }));
  expect(await screen.findByRole('complementary', { name: /worker-07/ })).toBeTruthy();
});

it('leads to no node without a name because of what stands between two signs', async () => {
  const nodes = [nodeOf('10.5.0.2', { hostname: 'cp-1', role: 'controlplane' }), nodeOf('10.5.0.17')];
  const bridge = clusterBridge().publish('nodes.state', { context: 'prod-fra' }, nodesOf({ nodes }));
  const app = openApp('checks', bridge);
  const stream = await start(app);
  stream.batch([STARTED, step('apid to be ready', 'running', '(cp-1) is not ready.')]);

  await screen.findByRole('button', { name: 'Show cp-1' });
  expect(screen.getAllByRole('button', { name: /^Show / })).toHaveLength(1);
});

it('goes on while another screen is shown, and ends when it is cancelled', async () => {
  const app = openApp('checks', clusterBridge());
  const stream = await start(app);
  stream.batch([STARTED, step('etcd to be healthy', 'running', 'no leader')]);
  app.session.screen.show('nodes');
  await screen.findByRole('row', { name: /worker-07/ });
  expect(stream.isClosed).toBe(false);

  app.session.screen.show('checks');
  await app.user.click(await screen.findByRole('button', { name: 'Cancel' }));

  await waitFor(() => expect(stream.isClosed).toBe(true));
  // One was tried, and whether it would have passed nobody knows.
  expect(await screen.findByText(/^Cancelled: 0 checks passed, 1 given up, 2 not run/)).toBeTruthy();
  expect(screen.getByText('given up after 12 s')).toBeTruthy();
  // What it was waiting for is not waited for any more.
  expect(screen.queryByText(/waiting/)).toBeNull();
  expect(screen.getByText('no leader')).toBeTruthy();
});

it('says why it is not healthy, and what it did not come to', async () => {
  const app = openApp('checks', clusterBridge());
  const stream = await start(app);
  stream.batch([
    STARTED,
    step('etcd to be healthy', 'failed', 'no leader'),
    {
      type: 'finished',
      state: 'unhealthy',
      endedAtMs: NOW_MS,
      failure: {
        ...{ code: 'timeout', retry: 'safe', traceId: 'x' },
        message: 'The time was over while waiting for etcd to be healthy.',
      },
    },
  ]);

  expect(await screen.findByRole('heading', { name: /The time was over while waiting for etcd/ })).toBeTruthy();
  expect(screen.getByText(/^Not healthy: 0 checks passed, 2 not run/)).toBeTruthy();
});

it('that breaks off in the middle is not said to have never begun', async () => {
  const app = openApp('checks', clusterBridge());
  const stream = await start(app);
  stream.batch([STARTED, step('etcd to be healthy', 'ok')]);
  stream.fail({ code: 'unreachable', message: 'The cluster is gone.', retry: 'safe', traceId: 'x' });

  expect(await screen.findByText(/^Broken off: 1 check passed, 2 not run/)).toBeTruthy();
});

it('is filled in by a pasted line, and starts nothing by itself', async () => {
  const bridge = clusterBridge().answer('runs.parseTalosctl', () => ({
    ok: true,
    value: {
      command: 'health',
      opens: { action: 'checks.open', title: 'Health check' },
      params: { server: false, timeout: '5m', workers: '10.5.0.5,10.5.0.6' },
      nodes: ['10.5.0.3'],
      notes: [],
    },
  }));
  const app = openApp('nodes', bridge);
  await screen.findByRole('row', { name: /worker-07/ });
  app.session.view.pasted = '';
  await app.user.click(await screen.findByRole('textbox', { name: 'Command line' }));
  await app.user.paste('talosctl -n 10.5.0.3 health --server=false');
  await screen.findByText('Health check', { selector: 'strong' });
  await app.user.click(screen.getByRole('button', { name: 'Continue' }));

  expect((await screen.findByRole<HTMLInputElement>('textbox', { name: 'At most' })).value).toBe('5m');
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Workers' }).value).toBe('10.5.0.5,10.5.0.6');
  expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Run by' }).value).toBe('client');
  expect(app.bridge.streams.filter(({ name }) => name === 'checks')).toEqual([]);

  const stream = await start(app);
  const nodes = { node: '10.5.0.3', isByServer: false, workers: ['10.5.0.5', '10.5.0.6'] };
  expect(stream.params).toMatchObject({ ...nodes, asksKubernetes: true });
});

it('does not ask Kubernetes where it was told not to, and says what that leaves out', async () => {
  const app = openApp('checks', clusterBridge());
  await app.user.selectOptions(await screen.findByRole('combobox', { name: 'Run by' }), 'client');
  expect(screen.getByText(/^The cluster issues a certificate of an administrator for it/)).toBeTruthy();
  await app.user.click(screen.getByRole('checkbox', { name: 'Ask the API of Kubernetes, too' }));
  expect(screen.getByText('Checks that need the API of Kubernetes are left out and named.')).toBeTruthy();
  expect(screen.queryByRole('textbox', { name: 'Kubernetes endpoint' })).toBeNull();

  expect((await start(app)).params).toMatchObject({ isByServer: false, asksKubernetes: false });
});
