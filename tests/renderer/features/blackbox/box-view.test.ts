import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import { NOW_MS } from '../../../fakes/bridge/cluster-data.ts';
import type { FakeStream } from '../../../fakes/bridge/fake-bridge.ts';
import { openBox } from '../../../../renderer/features/blackbox/opened-box.svelte.ts';
import { openApp } from '../../support/open-app.ts';

const HOUR_MS = 3_600_000;

it('a record says of what day a time is that is not of its own, and draws nothing that was wrong as well', async () => {
  const head = {
    ...{ id: '0c8b1f52-93f1-4f38-a8de-2d6a7f1f0a11', file: 'incident.json', cluster: 'prod-fra', version: '1.0.0' },
    ...{ madeAtMs: NOW_MS, nodes: [] },
  } as const;
  const { bridge, session } = openApp(
    'nodes',
    clusterBridge().answer('blackbox.open', () => ({ ok: true, value: head })),
  );
  await openBox(session);
  // Of that name, and so of that type.
  const stream = (await waitFor(() => {
    const found = bridge.streams.find(({ name }) => (name as string) === 'blackbox');
    expect(found).toBeTruthy();
    return found;
  })) as unknown as FakeStream<'blackbox'>;
  const item = { severity: 'notice', title: '2 versions of Talos', detail: 'An upgrade.' } as const;
  stream.batch([{ type: 'attention', items: [{ ...item, node: '10.5.0.99', sinceMs: NOW_MS - 72 * HOUR_MS }] }]);
  stream.end();

  const sheet = await screen.findByRole('dialog', { name: 'Black box of prod-fra' });
  expect(await within(sheet).findByText(/^since 28 Feb 2026, \d\d:\d\d:\d\d \(3 d\) · An upgrade\.$/)).toBeTruthy();
  expect(sheet.textContent).toContain('2 versions of Talos · 10.5.0.99');
  expect(within(sheet).getByRole('img', { name: 'notice' }).textContent).toBe('•');
});
