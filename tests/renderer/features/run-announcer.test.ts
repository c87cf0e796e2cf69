import { screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { VERSION_COMMAND } from '../../fakes/bridge/cluster-data.ts';
import type { FakeStream } from '../../fakes/bridge/fake-bridge.ts';
import { NODE_DOWN, versionRow } from '../../fakes/bridge/fake-runs.ts';
import { openApp } from '../support/open-app.ts';

const NODES = Array.from({ length: 60 }, (_, index) => `10.5.1.${index + 1}`);

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** A run of sixty nodes whose answers the test sends. */
async function startRun(): Promise<{ run: FakeStream<'run'>; region: HTMLElement; heard: string[] }> {
  const bridge = clusterBridge().serve('run', (stream) => {
    stream.batch([
      {
        type: 'started',
        runId: 'r1',
        number: 1,
        nodes: NODES,
        columns: VERSION_COMMAND.columns,
        talosctl: '',
        startedAtMs: 0,
      },
    ]);
  });
  const { session } = openApp('nodes', bridge);
  await vi.waitFor(() => expect(session.current.id).toBe('prod-fra'));
  session.runs.start({
    ...{ context: 'prod-fra', command: VERSION_COMMAND, params: {}, nodes: NODES, deadlineMs: 30_000 },
  });
  await vi.waitFor(() => expect(bridge.runs[0]).toBeDefined());
  const region = screen.getByRole('status', { name: 'Progress of the run' });
  const heard: string[] = [];
  new MutationObserver(() => heard.push(region.textContent)).observe(region, {
    childList: true,
    characterData: true,
    subtree: true,
  });
  return { run: bridge.runs[0]!, region, heard };
}

const answer = (run: FakeStream<'run'>, from: number, to: number): void => {
  for (const node of NODES.slice(from, to))
    run.batch([{ type: 'answered', node, endpoint: '10.5.0.2', durationMs: 5, rows: [versionRow(node)] }]);
};

describe('a run, heard', () => {
  it('says in a live region how far it is, not at every answer, and how it ended at once', async () => {
    const { run, region, heard } = await startRun();

    answer(run, 0, 40);
    for (const node of NODES.slice(40, 42)) run.batch([{ type: 'failed', node, durationMs: 5, failure: NODE_DOWN }]);
    await waitFor(() => expect(screen.getByText(/40 ok · 2 failed · 18 to come/)).toBeTruthy(), { interval: 5 });
    expect(heard).toEqual([]);
    await vi.advanceTimersByTimeAsync(3000);
    expect(region.textContent).toBe('Version: 40 of 60 answered, 2 failed.');

    answer(run, 42, 60);
    run.batch([{ type: 'finished', ok: 58, failed: 2, cancelled: 0, durationMs: 300 }]);
    run.end();
    await vi.waitFor(() => expect(region.textContent).toBe('Version: 58 of 60 answered, 2 failed.'));
    expect(heard).toEqual(['Version: 40 of 60 answered, 2 failed.', 'Version: 58 of 60 answered, 2 failed.']);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(heard).toHaveLength(2);
  });
});
