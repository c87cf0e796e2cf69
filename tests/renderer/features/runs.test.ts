import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { NOW_MS, VERSION_COMMAND } from '../../fakes/bridge/cluster-data.ts';
import { failureOf, type FakeBridge } from '../../fakes/bridge/fake-bridge.ts';
import { openApp, type OpenApp } from '../support/open-app.ts';

async function run(bridge: FakeBridge = clusterBridge()): Promise<OpenApp> {
  const app = openApp('nodes', bridge);
  await app.user.click(await screen.findByRole('button', { name: 'Run on 14 nodes' }));
  await app.user.click(screen.getByRole('menuitem', { name: 'Version' }));
  return app;
}

const answers = (): HTMLElement => screen.getByRole('grid', { name: 'Answers of run 1, Version' });
const names = (): string[] =>
  within(answers())
    .getAllByRole('rowheader')
    .map((cell) => cell.textContent.trim().replace(/^(failed|done)/, '$1 '));

it('one that is shown where it was asked for is listed, too', async () => {
  const app = openApp('runs', clusterBridge());
  expect(await screen.findByText('Nothing was run in this session yet.')).toBeTruthy();
  app.session.runs.start(
    { context: 'prod-fra', command: VERSION_COMMAND, params: {}, nodes: ['10.5.0.2'], deadlineMs: 1000 },
    { isShown: false },
  );

  const runs = await screen.findByRole('list', { name: 'Runs of this session' });
  expect(
    within(runs)
      .getByRole('button', { name: /#1 Version/ })
      .getAttribute('aria-current'),
  ).toBe('true');
});

describe('a run', () => {
  it('shows one row per node, failures first, with who answered and how long it took', async () => {
    await run();
    await screen.findByText(/14 nodes · 13 ok · 1 failed · 0.31 s/);

    expect(names()[0]).toBe('failed worker-04');
    const row = within(answers()).getByRole('row', { name: /cp-1/ });
    const cells = within(row)
      .getAllByRole('cell')
      .map((cell) => cell.textContent.trim());
    expect(cells).toEqual([
      'v1.13.9',
      '8f21c04d',
      '2026-02-20T11:40:02Z',
      'go1.26.1',
      'linux/amd64',
      'RBAC',
      '10.5.0.2',
      '11 ms',
    ]);
  });

  it('says what failed, why and what to do before the table', async () => {
    await run();

    const card = await screen.findByRole('group', { name: /10\.5\.0\.14 cannot be reached/ });

    expect(card.textContent).toContain('Check whether worker-04 is switched on.');
  });

  it('says once why a node failed', async () => {
    await run();
    await screen.findByRole('group', { name: /10\.5\.0\.14 cannot be reached/ });

    expect(screen.getAllByText(/10\.5\.0\.14 cannot be reached/)).toHaveLength(1);
    expect(within(answers()).getByRole('row', { name: /worker-04/ }).textContent).toMatch(/worker-04\s*failed\s*$/);
  });

  it('says how many are equal, tints what differs and can show only that', async () => {
    const { user } = await run();
    await screen.findAllByText('12 equal · 1 differ');

    const row = within(answers()).getByRole('row', { name: /worker-07/ });
    expect(row.querySelectorAll('.tinted')).toHaveLength(3);
    await user.click(screen.getByRole('button', { name: 'Only what differs' }));
    expect(names()).toEqual(['done worker-07']);
    await user.click(screen.getByRole('button', { name: 'Group equal' }));

    expect(names()).toEqual(['failed worker-04', 'done 12 nodes', 'done worker-07']);
  });

  it('shows the rows of a node that broke off, says that they are not all, and forgets them when it is asked anew', async () => {
    const node = '10.5.0.20';
    const { bridge } = await run(clusterBridge({ failing: {}, hanging: [node] }));
    const stream = bridge.runs[0]!;
    const parts = { code: 'unreachable', message: 'It broke off.', retry: 'safe', traceId: 't' } as const;

    stream.batch([{ type: 'rows', node, rows: [['void']] }]);
    stream.batch([{ type: 'calling', node, endpoint: 'cp-2' }]);
    stream.batch([{ type: 'rows', node, rows: [['first'], ['second']] }]);
    stream.batch([{ type: 'failed', node, durationMs: 5, failure: parts }]);

    await screen.findByText(
      /^Not complete: what came of .+ \(2 rows\) before it ended is shown, the rest is missing\.$/,
    );
    expect(screen.getByRole('cell', { name: 'second' })).toBeTruthy();
    expect(screen.queryByRole('cell', { name: 'void' })).toBeNull();
  });

  it('says of a node that is followed since when nothing proves that it is there, and why, until it answers again', async () => {
    const node = '10.5.0.20';
    const { bridge } = await run(clusterBridge({ failing: {}, hanging: [node] }));
    const stream = bridge.runs[0]!;
    const failure = failureOf('unreachable', 'The way to it broke.');

    stream.batch([
      { type: 'calling', node, endpoint: 'cp-2' },
      { type: 'silent', node, sinceMs: NOW_MS - 12_000, failure },
    ]);
    expect((await screen.findAllByText(/^No sign of life of/))[0]?.textContent).toMatch(
      /12 s ago\. The way to it broke\./,
    );

    stream.batch([{ type: 'alive', node }]);
    // A pause follows a drawing that took long.
    await waitFor(() => expect(screen.queryByText(/^No sign of life of/)).toBeNull(), { timeout: 15_000 });
  });

  it('keeps what came when cancelled, and retries only what did not', async () => {
    const { user, bridge } = await run(clusterBridge({ failing: {}, hanging: ['10.5.0.20', '10.5.0.21'] }));
    await screen.findByText('14 nodes · 12 ok · 2 to come');

    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(bridge.streams[0]!.isClosed).toBe(true);
    await user.click(await screen.findByRole('button', { name: 'Retry 2 cancelled' }));

    await waitFor(() => expect(bridge.runs[1]?.params.nodes).toEqual(['10.5.0.20', '10.5.0.21']));
    expect(screen.getByText(/Run #2/)).toBeTruthy();
  });

  it('can be copied as a talosctl command line', async () => {
    const setData = vi.fn();
    document.execCommand = () =>
      document.dispatchEvent(Object.assign(new Event('copy'), { clipboardData: { setData } }));
    const { user } = await run();

    await user.click(await screen.findByRole('button', { name: 'Copy as talosctl' }));

    expect(setData.mock.calls[0]).toEqual([
      'text/plain',
      expect.stringMatching(/^talosctl --context prod-fra -n 10\.5\.0\.2,.* version$/),
    ]);
    expect(await screen.findByText('Copied the talosctl command line.')).toBeTruthy();
  });

  it('stays in the history of the session', async () => {
    const { user } = await run();
    await screen.findByText(/13 ok/);

    await user.click(screen.getByRole('button', { name: 'Run again' }));
    window.location.hash = '#/runs';

    const history = await screen.findByRole('list', { name: 'Runs of this session' });
    expect(
      within(history)
        .getAllByRole('button')
        .map((button) => /#\d+ \w+/.exec(button.textContent)?.[0]),
    ).toEqual(['#2 Version', '#1 Version']);
  });
});
