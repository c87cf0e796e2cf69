import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import {
  ALL_DOWN,
  configOf,
  contextOf,
  ENDPOINTS,
  endpointOf,
  NOW_MS,
  poolOf,
} from '../../fakes/bridge/cluster-data.ts';
import { failureOf } from '../../fakes/bridge/fake-bridge.ts';
import type { EndpointStatus } from '../../../preload/contract/index.ts';
import { openApp } from '../support/open-app.ts';

const CONTEXT = { context: 'prod-fra' };

describe('the endpoints screen', () => {
  it('says for each its state, its reason, its round trip and its share of the calls', async () => {
    openApp('endpoints');
    const list = await screen.findByRole('list', { name: 'Endpoints' });
    const [first, second] = within(list).getAllByRole('listitem');

    expect(first!.textContent).toMatch(/10\.5\.0\.2.*ready since.*11 ms.*340 d.*214.*43 %.*1\.13\.9/s);
    expect(second!.textContent).toContain('10.5.0.3 refused the connection (10.5.0.3:50000).');
    expect(second!.textContent).toMatch(/not reached since .*, next try/);
  });

  it('says where the endpoints come from when it was started with some, as the bar does, and goes back to the file with a click', async () => {
    const bridge = clusterBridge().answer('endpoints.useFile', () => ({ ok: true, value: undefined }));
    const contexts = [contextOf('prod-fra', { startEndpoints: ['10.9.0.1'] })];
    const { user } = openApp('endpoints', bridge.publish('config.state', {}, configOf({ contexts })));

    const note = await screen.findByRole('region', { name: 'Minos was started with --endpoints' });
    expect(note.textContent).toContain('The file is as it was: it names 10.5.0.2, 10.5.0.3 and 10.5.0.4.');
    expect(screen.getByRole('link', { name: /^Endpoints of --endpoints of this start: / })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Why this file' }));
    expect(
      screen.getByText(/until it ends, prod-fra is dialled over 10\.9\.0\.1, whatever the file says/),
    ).toBeTruthy();

    await user.click(within(note).getByRole('button', { name: 'Use those of the file' }));
    expect(bridge.calls.at(-1)).toEqual({ name: 'endpoints.useFile', input: { context: 'prod-fra' } });

    bridge.publish('config.state', {}, configOf());
    await waitFor(() => expect(screen.queryByText(/--endpoints/)).toBeNull());
  });

  it('gives one cause per endpoint when all are down', async () => {
    openApp('endpoints', clusterBridge().publish('pool.state', CONTEXT, ALL_DOWN));

    const region = await screen.findByRole('region', { name: 'No endpoint answers' });

    expect(
      within(region)
        .getAllByRole('heading', { level: 3 })
        .map((heading) => heading.textContent),
    ).toEqual([
      '10.5.0.2 refused the connection (10.5.0.2:50000).',
      '10.5.0.3 did not answer within 10 s (10.5.0.3:50000).',
      '10.5.0.4 shows a certificate of another cluster.',
    ]);
  });

  it('says one reason of all once, and that they cannot be used where they refuse', async () => {
    const refusing = (endpoint: string, day: number): EndpointStatus =>
      endpointOf(endpoint, {
        phase: 'backing-off',
        failure: failureOf('untrusted', `The certificate of ${endpoint} expired on 2026-03-0${day} 10:00 UTC.`, {
          traceId: endpoint,
        }),
      });
    const endpoints = [refusing('10.5.0.2', 1), refusing('10.5.0.3', 2), refusing('10.5.0.4', 3)];
    openApp('endpoints', clusterBridge().publish('pool.state', CONTEXT, poolOf({ summary: 'all-down', endpoints })));

    const region = await screen.findByRole('region', { name: 'No endpoint answers' });
    expect(within(region).getAllByRole('heading', { level: 3 })).toHaveLength(1);
    expect(region.textContent).toContain('3 endpoints: 10.5.0.2, 10.5.0.3 and 10.5.0.4');
    expect(within(region).getByRole('heading', { level: 2 }).textContent).toBe('No endpoint of prod-fra can be used');
  });

  it('lists a failure that lasts once, above those before it', async () => {
    const failure = failureOf('unreachable', '10.5.0.3 refused the connection.', { traceId: 'now' });
    const older = failureOf('timeout', '10.5.0.3 did not answer in time.', { traceId: 'before' });
    const failures = [failure, older].map((each, age) => ({ atMs: NOW_MS - age * 1000, failure: each }));
    const endpoints = [endpointOf('10.5.0.3', { phase: 'backing-off', failure, failures, calls: 0 })];
    const bridge = clusterBridge().publish('pool.state', CONTEXT, poolOf({ endpoints }));
    const { user } = openApp('endpoints', bridge);
    await user.click(await screen.findByRole('button', { name: /^(?!Switch).*10\.5\.0\.3/ }));

    const inspector = screen.getByRole('complementary', { name: 'Endpoint 10.5.0.3' });
    expect(within(inspector).getAllByText('10.5.0.3 refused the connection.')).toHaveLength(1);
    expect(within(inspector).getAllByText('10.5.0.3 did not answer in time.')).toHaveLength(1);
    // No call of none is no share.
    expect(inspector.textContent).not.toContain('%');
  });

  it('says of a certificate that is not valid yet from when it is', async () => {
    const certificate = {
      subject: '',
      notBeforeMs: NOW_MS + 86_400_000,
      notAfterMs: NOW_MS + 2 * 86_400_000,
      names: [],
      seenAtMs: NOW_MS,
    };
    const endpoints = [endpointOf('10.5.0.3', { certificate })];
    openApp('endpoints', clusterBridge().publish('pool.state', CONTEXT, poolOf({ endpoints })));

    expect(await screen.findByText('valid from 4 Mar 2026')).toBeTruthy();
  });

  it('tests them now and says when that is refused', async () => {
    const { user, bridge } = openApp('endpoints');

    await user.click(await screen.findByRole('button', { name: 'Test now' }));

    expect(bridge.calls.at(-1)).toEqual({ name: 'endpoints.test', input: CONTEXT });
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Test now' }).disabled).toBe(false);
  });

  it('follows the topic without being asked', async () => {
    const { bridge } = openApp('endpoints');
    await screen.findByText('2 ready, 1 not reached');

    bridge.publish(
      'pool.state',
      CONTEXT,
      poolOf({ endpoints: [...ENDPOINTS.slice(0, 1), endpointOf('10.5.0.9', { phase: 'connecting' })] }),
    );

    expect(await screen.findByText('1 ready, 1 connecting')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Endpoints: 1 ready, 1 connecting' })).toBeTruthy();
  });

  it('opens one with its last failures and its certificate', async () => {
    const { user } = openApp('endpoints');

    await user.click(await screen.findByRole('button', { name: /^(?!Switch).*10\.5\.0\.3/ }));

    const inspector = screen.getByRole('complementary', { name: 'Endpoint 10.5.0.3' });
    expect(inspector.textContent).toContain('10.5.0.3 closed the connection.');
    expect(inspector.textContent).toContain('O=talos');
  });

  it('switches one off for this session, and on again', async () => {
    const { user, bridge } = openApp('endpoints');

    await user.click(await screen.findByRole('button', { name: 'Switch off 10.5.0.2' }));
    expect(bridge.calls.at(-1)).toEqual({
      name: 'endpoints.setDisabled',
      input: { ...CONTEXT, endpoint: '10.5.0.2', disabled: true },
    });

    bridge.publish('pool.state', CONTEXT, poolOf({ endpoints: [endpointOf('10.5.0.2', { phase: 'disabled' })] }));
    expect((await screen.findByRole('list', { name: 'Endpoints' })).textContent).toContain('switched off');
    await user.click(screen.getByRole('button', { name: 'Switch on 10.5.0.2' }));
    expect(bridge.calls.at(-1)!.input).toEqual({ ...CONTEXT, endpoint: '10.5.0.2', disabled: false });
  });

  it('names those that are switched off when no other is left', async () => {
    const endpoints = [endpointOf('10.5.0.2', { phase: 'disabled' })];
    openApp('endpoints', clusterBridge().publish('pool.state', CONTEXT, poolOf({ summary: 'all-down', endpoints })));

    const region = await screen.findByRole('region', { name: 'No endpoint answers' });

    expect(region.textContent).toContain('10.5.0.2 is switched off for this session.');
  });

  it('leads to the context, where the list is edited', async () => {
    const { user } = openApp('endpoints');

    await user.click(await screen.findByRole('button', { name: 'Edit…' }));

    expect(screen.getByRole('complementary', { name: 'Context prod-fra' })).toBeTruthy();
  });
});

describe('the order of the endpoints', () => {
  const shown = () =>
    within(screen.getByRole('list', { name: 'Endpoints in their new order' }))
      .getAllByRole('listitem')
      .map((item) => item.querySelector('.mono')!.textContent);

  it('is changed by buttons and keys, said, and written only when told to', async () => {
    const { user, bridge } = openApp('endpoints');
    await user.click(await screen.findByRole('button', { name: 'Reorder…' }));
    const dialog = screen.getByRole('dialog', { name: 'Order of the endpoints of prod-fra' });
    expect(dialog.textContent).toContain('talosctl shuffles the endpoints each time it starts');
    const write = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Write the order' });
    expect(write.disabled).toBe(true);

    await user.click(screen.getByRole('button', { name: 'Move 10.5.0.4 up' }));
    expect(shown()).toEqual(['10.5.0.2', '10.5.0.4', '10.5.0.3']);
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Move 10.5.0.4 up');
    await user.keyboard('{Alt>}{ArrowUp}{/Alt}');
    expect(shown()).toEqual(['10.5.0.4', '10.5.0.2', '10.5.0.3']);
    // At the top there is no way up: the focus stays with the row.
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Move 10.5.0.4 down');
    expect(within(dialog).getByRole('status').textContent).toBe('10.5.0.4 is now 1 of 3.');
    expect(bridge.calls.some(({ name }) => name === 'contexts.setEndpoints')).toBe(false);

    await user.click(write);

    expect(bridge.calls.at(-1)).toEqual({
      name: 'contexts.setEndpoints',
      input: { context: 'prod-fra', endpoints: ['10.5.0.4', '10.5.0.2', '10.5.0.3'] },
    });
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('cannot be written when it is as before', async () => {
    const { user } = openApp('endpoints');
    await user.click(await screen.findByRole('button', { name: 'Reorder…' }));

    await user.click(screen.getByRole('button', { name: 'Move 10.5.0.2 down' }));
    await user.click(screen.getByRole('button', { name: 'Move 10.5.0.2 up' }));

    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Write the order' }).disabled).toBe(true);
  });
});
