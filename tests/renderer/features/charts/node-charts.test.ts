import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, it, vi } from 'vitest';
import { METRICS, SampleRing } from '../../../../preload/contract/index.ts';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import { NODES, nodesOf, NOW_MS } from '../../../fakes/bridge/cluster-data.ts';
import { failureOf, type FakeStream } from '../../../fakes/bridge/fake-bridge.ts';
import { openApp, type OpenApp } from '../../support/open-app.ts';

const NODE = '10.5.0.17';

async function measured(place: string): Promise<OpenApp & { readonly stream: FakeStream<'samples'> }> {
  const app = openApp(place, clusterBridge());
  const stream = await waitFor(() => {
    const found = app.bridge.streams.find(({ name }) => name === 'samples');
    if (!found) throw new Error('nothing is measured');
    return found;
  });
  // Of that name, and so of that type.
  return { ...app, stream: stream as unknown as FakeStream<'samples'> };
}

it('the summary of a node has its load, measured of that node alone for as long as it is looked at', async () => {
  const { user, stream } = await measured(`node/${NODE}`);
  expect(stream.params).toEqual({ context: 'prod-fra', nodes: [NODE], everyMs: 3000 });
  expect(screen.getByText('Measuring…')).toBeTruthy();

  const values = METRICS.map((metric) => (metric === 'cpu' ? 0.42 : metric === 'cpuUser' ? 0.3 : null));
  stream.batch([{ type: 'samples', node: NODE, samples: [{ atMs: NOW_MS - 1000, spanMs: 3000, values }] }]);

  expect(await screen.findByRole('img', { name: 'CPU by mode: highest all 42 %' })).toBeTruthy();
  expect(screen.queryByText('Measuring…')).toBeNull();

  await user.click(
    within(screen.getByRole('navigation', { name: 'Screens' })).getByRole('link', { name: /^Endpoints/ }),
  );
  await waitFor(() => expect(stream.isClosed).toBe(true));
});

it('says since when there are no new figures, and why there are none', async () => {
  const { stream } = await measured(`node/${NODE}`);
  const values = METRICS.map(() => 0.5);
  stream.batch([{ type: 'samples', node: NODE, samples: [{ atMs: NOW_MS - 60_000, spanMs: 3000, values }] }]);
  expect(await screen.findByText(/^No new figures since \d\d:\d\d:\d\d, 1 min ago\.$/)).toBeTruthy();

  const failure = failureOf('unreachable', 'worker-07 does not answer.');
  stream.batch([{ type: 'missing', node: NODE, sinceMs: NOW_MS - 50_000, failure }]);

  const load = screen.getByRole('heading', { level: 2, name: 'Load' }).closest('section') ?? document.body;
  expect(await within(load).findByRole('heading', { name: 'worker-07 does not answer.' })).toBeTruthy();
});

it('dates a gap only where figures came before', async () => {
  const { stream } = await measured('charts');
  const values = METRICS.map(() => 0.5);
  const failure = failureOf('unreachable', 'It does not answer.');
  stream.batch([
    { type: 'samples', node: '10.5.0.2', samples: [{ atMs: NOW_MS, spanMs: 3000, values }] },
    { type: 'missing', node: NODE, sinceMs: NOW_MS, failure },
  ]);

  expect(await screen.findAllByText('worker-07: no figures. It does not answer.')).toBeTruthy();
  expect(screen.getAllByText('Live from 13 of 14 nodes')).toHaveLength(2);

  stream.batch([{ type: 'missing', node: '10.5.0.2', sinceMs: NOW_MS, failure }]);
  expect(await screen.findByText(/: no figures since \d\d:\d\d:\d\d\. It does not answer\.$/)).toBeTruthy();
});

it('a list of nodes that is told again draws no chart anew; another name does', async () => {
  const { bridge, stream } = await measured('charts');
  const values = METRICS.map(() => 0.5);
  stream.batch([{ type: 'samples', node: NODE, samples: [{ atMs: NOW_MS, spanMs: 3000, values }] }]);
  await screen.findByRole('img', { name: /^CPU: highest worker-07/ });
  const read = vi.spyOn(SampleRing.prototype, 'each');
  const told = (hostname: string) =>
    bridge.publish(
      'nodes.state',
      { context: 'prod-fra' },
      nodesOf({
        nodes: NODES.map((node) => ({
          ...node,
          ...(node.target === NODE && { hostname }),
          seen: { state: 'online', atMs: NOW_MS } as const,
        })),
      }),
    );

  told('worker-07');
  await screen.findByRole('main', { name: 'Charts' });
  expect(read).not.toHaveBeenCalled();

  told('renamed');
  expect(await screen.findByRole('img', { name: /^CPU: highest renamed/ })).toBeTruthy();
  read.mockRestore();
});
