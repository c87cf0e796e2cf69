import { expect, it } from 'vitest';
import { failureOf } from '../../fakes/bridge/fake-bridge.ts';
import { liveDeadlineMs, oldAnswers, silentNodes } from '../../../renderer/features/runs/live-age.ts';
import type { NodeRun, Run } from '../../../renderer/state/run.svelte.ts';

const done = (node: string, atMs: number | undefined, durationMs = 10): NodeRun => ({
  ...{ node, state: 'done', durationMs, rows: [] },
  ...(atMs !== undefined && { atMs }),
});
const runOf = (...nodes: readonly NodeRun[]): Run => ({ nodes, startedAtMs: 0 }) as unknown as Run;
const old = (run: Run, nowMs: number): readonly string[] => [...oldAnswers(run, 2000, nowMs).keys()];

it('an answer of a live run is old within three seconds, and only that of the node that ceased to answer', () => {
  const run = runOf(done('a', 10_000), done('b', 8000));

  expect(old(run, 10_100)).toEqual([]);
  expect(old(run, 10_750)).toEqual(['b']);
  expect(old(run, 12_750)).toEqual(['a', 'b']);
});

it('an answer is not old because the answers of this run are slow', () => {
  expect(old(runOf(done('a', 10_000, 3000)), 16_000)).toEqual([]);
});

it('an answer fetched from the history is as old as its run', () => {
  expect(old(runOf(done('a', undefined)), 24_000)).toEqual(['a']);
});

it('a node that failed has no old answer', () => {
  expect(old(runOf({ ...done('a', 0), state: 'failed' }), 24_000)).toEqual([]);
});

it('a node that is asked live is not waited for longer than five seconds, unless its answers take long', () => {
  expect([liveDeadlineMs(runOf(done('a', 0))), liveDeadlineMs(runOf(done('a', 0, 4000)))]).toEqual([5000, 12_000]);
});

it('a followed node is silent until it answers again, and no longer once its lines have ended', () => {
  const silent = (state: NodeRun['state']): NodeRun => ({
    ...{ node: 'a', state, rows: [] },
    silent: { sinceMs: 7, failure: failureOf('unreachable', 'The way broke.') },
  });

  expect([...silentNodes(runOf(silent('running'), done('b', 0)))]).toEqual([['a', 7]]);
  expect([...silentNodes(runOf(silent('cancelled')))]).toEqual([]);
});
