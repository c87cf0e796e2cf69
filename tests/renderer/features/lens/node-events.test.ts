import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import { NOW_MS } from '../../../fakes/bridge/cluster-data.ts';
import { failureOf, type FakeStream } from '../../../fakes/bridge/fake-bridge.ts';
import { openApp } from '../../support/open-app.ts';

const NODE = '10.5.0.17';

it('the page of a node has its events, what it went through as a time line, and says when nothing is heard any more', async () => {
  const { user, bridge } = openApp(`node/${NODE}`, clusterBridge());
  await user.click(await screen.findByRole('tab', { name: 'Events' }));
  const stream = await waitFor(() => {
    const found = bridge.streams.find(({ name }) => name === 'lens');
    if (!found) throw new Error('no events are asked for');
    return found as unknown as FakeStream<'lens'>;
  });
  expect(stream.params).toEqual({
    context: 'prod-fra',
    sources: [{ kind: 'events', node: NODE }],
    follow: true,
    tail: -1,
  });

  const event = { actor: '', message: '', isError: false };
  stream.batch([
    { type: 'state', source: 0, state: 'open', sinceMs: NOW_MS, endpoint: 'e' },
    {
      ...{ type: 'events', source: 0, atMs: NOW_MS },
      events: [
        { ...event, id: 'a1', kind: 'machine-status', subject: 'booting', action: '' },
        {
          ...event,
          id: 'a2',
          kind: 'service',
          subject: 'etcd',
          action: 'FAILED',
          message: '\u202Egone',
          isError: true,
        },
      ],
    },
  ]);
  const grid = await screen.findByRole('grid', { name: 'Events' });
  const row = within(grid).getByRole('row', { name: /etcd/ });
  expect(within(row).getByRole('img', { name: 'an error' })).toBeTruthy();
  expect(row.textContent).not.toContain('\u202E');
  expect(within(screen.getByRole('group', { name: /^Stages and starts/ })).getByTitle('booting')).toBeTruthy();

  const failure = failureOf('unreachable', 'worker-07 does not answer.');
  stream.batch([{ type: 'state', source: 0, state: 'silent', sinceMs: NOW_MS - 12_000, failure }]);
  expect((await screen.findAllByText(/^Nothing new is heard of it since/))[0]?.textContent).toMatch(
    /12 s ago:\s+worker-07 does not answer\./,
  );

  await user.click(screen.getByRole('tab', { name: 'Summary' }));
  await waitFor(() => expect(stream.isClosed).toBe(true));
});
