import { describe, expect, it, vi } from 'vitest';
import type { RunEvent, RunSummary } from '../../../preload/contract/index.ts';
import { createClient } from '../../../renderer/lib/bridge.ts';
import { withoutAnswer } from '../../../renderer/state/run-again.ts';
import { Runs } from '../../../renderer/state/runs.svelte.ts';
import { VERSION_COMMAND } from '../../fakes/bridge/cluster-data.ts';
import { failureOf, FakeBridge } from '../../fakes/bridge/fake-bridge.ts';

const REQUEST = { context: 'prod-fra', command: VERSION_COMMAND, params: {}, nodes: ['a', 'b', 'c'], deadlineMs: 1000 };
const AGAIN = { context: 'prod-fra', params: {}, nodes: ['a', 'b'], deadlineMs: 5000 };
const SUMMARY: RunSummary = {
  ...{ runId: 'old', number: 3, context: 'prod-fra', contextName: 'prod-fra', command: 'version', title: 'Version' },
  ...{
    nodeCount: 2,
    talosctl: 't',
    startedAtMs: 7,
    state: 'finished',
    ok: 1,
    failed: 1,
    cancelled: 0,
    durationMs: 310,
  },
};
const answered = (node: string): RunEvent => ({
  type: 'answered',
  node,
  endpoint: 'e1',
  durationMs: 9,
  rows: [['v1']],
});
const failed = (node: string, code: 'unreachable' | 'cancelled' = 'unreachable'): RunEvent => ({
  type: 'failed',
  node,
  durationMs: 9,
  failure: failureOf(code, `${node} failed.`),
});
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

function start(): { bridge: FakeBridge; runs: Runs; frames: (() => void)[] } {
  const bridge = new FakeBridge();
  const frames: (() => void)[] = [];
  const runs = new Runs({ client: createClient(bridge), now: () => 5, nextFrame: (run) => frames.push(run) });
  return { bridge, runs, frames };
}

describe('a run', () => {
  it('is drawn with the next frame, then not again for a while, and at once when it ends', async () => {
    const { bridge, runs, frames } = start();
    const run = runs.start(REQUEST);
    await settled();
    vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
    const come = async (...events: RunEvent[]): Promise<void> => {
      bridge.streams[0]!.batch(events);
      await vi.advanceTimersByTimeAsync(0);
    };
    try {
      await come(answered('a'));
      frames.splice(0).forEach((frame) => frame());
      expect(run.counts.done).toBe(1);

      await come(answered('b'));
      await vi.advanceTimersByTimeAsync(90);
      expect(frames).toHaveLength(0);
      await vi.advanceTimersByTimeAsync(20);
      expect(frames).toHaveLength(1);
      frames.splice(0).forEach((frame) => frame());
      expect(run.counts.done).toBe(2);

      await come(answered('c'), { type: 'finished', ok: 3, failed: 0, cancelled: 0, durationMs: 310 });
      expect([run.phase, run.counts.done]).toEqual(['finished', 3]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('moves once per frame, however many batches came', async () => {
    const { bridge, runs, frames } = start();
    const run = runs.start(REQUEST);
    await settled();
    bridge.streams[0]!.batch([answered('a')]);
    bridge.streams[0]!.batch([answered('b')]);
    await settled();

    expect(frames).toHaveLength(1);
    frames.forEach((frame) => frame());
    expect(run.counts).toEqual({ waiting: 1, running: 0, done: 2, failed: 0, cancelled: 0, total: 3 });
  });

  it('that is repeated shows each new answer as soon as it is there, and whose it is', async () => {
    const { bridge, runs } = start();
    const run = runs.start(REQUEST);
    await settled();
    const started = (runId: string): RunEvent => ({
      ...{ type: 'started', runId, number: 1, nodes: REQUEST.nodes, columns: VERSION_COMMAND.columns },
      ...{ talosctl: 't', startedAtMs: 5 },
    });
    const counts = { ok: 3, failed: 0, cancelled: 0, durationMs: 9 };
    bridge.streams[0]!.batch([started('one'), ...REQUEST.nodes.map(answered), { type: 'finished', ...counts }]);
    bridge.streams[0]!.end();
    await settled();

    void runs.refresh(run, 700);
    await settled();
    expect(bridge.streams[1]!.params).toMatchObject({ deadlineMs: 700, replaces: 'one' });
    bridge.streams[1]!.batch([started('two'), { ...answered('b'), rows: [['v2']] } as RunEvent]);
    await settled();

    expect(run.nodes.map(({ node, rows, runId }) => [node, rows, runId])).toEqual([
      ['a', [['v1']], 'one'],
      ['b', [['v2']], 'two'],
      ['c', [['v1']], 'one'],
    ]);
    expect([run.phase, run.request.deadlineMs]).toEqual(['finished', 1000]);
  });

  it('is asked again once at a time: main keeps one successor of it', async () => {
    const { bridge, runs } = start();
    const run = runs.start(REQUEST);
    await settled();
    bridge.streams[0]!.end();
    await settled();

    const first = runs.refresh(run, 700);
    // Such as when the page was hidden and is seen again.
    const second = runs.refresh(run, 700);
    await settled();
    expect(bridge.streams).toHaveLength(2);
    bridge.streams[1]!.end();
    await Promise.all([first, second]);

    void runs.refresh(run, 700);
    await settled();
    expect(bridge.streams).toHaveLength(3);
  });

  it('ends with what main counted and keeps the command line', async () => {
    const { bridge, runs } = start();
    const run = runs.start(REQUEST);
    await settled();
    bridge.streams[0]!.batch([
      {
        type: 'started',
        runId: 'r',
        number: 1,
        nodes: REQUEST.nodes,
        columns: [],
        talosctl: 'talosctl version',
        startedAtMs: 7,
      },
      answered('a'),
      answered('b'),
      failed('c'),
      { type: 'finished', ok: 2, failed: 1, cancelled: 0, durationMs: 310 },
    ]);
    await settled();

    expect([run.phase, run.durationMs, run.talosctl, run.startedAtMs]).toEqual([
      'finished',
      310,
      'talosctl version',
      7,
    ]);
    expect(run.unanswered).toEqual(['c']);
  });

  it('closes the stream when cancelled and hears nothing more', async () => {
    const { bridge, runs } = start();
    const run = runs.start(REQUEST);
    await settled();
    bridge.streams[0]!.batch([answered('a')]);
    await settled();

    run.cancel();
    run.take([answered('b')]);
    await settled();

    expect(bridge.streams[0]!.isClosed).toBe(true);
    expect(run.phase).toBe('cancelled');
    expect(run.counts).toMatchObject({ done: 1, cancelled: 2, failed: 0 });
  });

  it('counts a node that main cancelled as cancelled, not as failed', async () => {
    const { bridge, runs } = start();
    const run = runs.start(REQUEST);
    await settled();
    bridge.streams[0]!.batch([
      failed('a', 'cancelled'),
      { type: 'finished', ok: 0, failed: 0, cancelled: 3, durationMs: 1 },
    ]);
    await settled();

    expect(run.counts).toMatchObject({ failed: 0, cancelled: 3 });
  });

  it('says why it broke and gives that reason to every node still open', async () => {
    const { bridge, runs } = start();
    const run = runs.start(REQUEST);
    await settled();
    bridge.streams[0]!.batch([answered('a')]);
    bridge.streams[0]!.fail(failureOf('internal', 'The stream broke.'));
    await settled();

    expect([run.phase, run.failure?.message]).toEqual(['broken', 'The stream broke.']);
    expect(run.counts).toMatchObject({ done: 1, failed: 2 });
  });
});

describe('the history', () => {
  it('asks only the nodes without an answer again', async () => {
    const { bridge, runs } = start();
    const run = runs.start(REQUEST);
    await settled();
    bridge.streams[0]!.batch([
      answered('a'),
      failed('b'),
      failed('c', 'cancelled'),
      { type: 'finished', ok: 1, failed: 1, cancelled: 1, durationMs: 1 },
    ]);
    await settled();

    const again = runs.start(withoutAnswer(run));
    await settled();

    expect(bridge.streams[1]!.params).toMatchObject({ context: 'prod-fra', command: 'version', nodes: ['b', 'c'] });
    expect(runs.list).toEqual([again, run]);
    expect(runs.shown).toBe(again);
    again.cancel();
  });

  it('holds the last fifty', () => {
    const { runs } = start();
    for (let count = 0; count < 60; count += 1) runs.start(REQUEST).cancel();

    expect([runs.list.length, runs.list[0]!.number, runs.list.at(-1)!.number]).toEqual([50, 60, 11]);
  });

  it('is main’s: runs of before the page was loaded are in it, and their answers come when looked at', async () => {
    const { bridge, runs } = start();
    bridge
      .answer('commands.list', () => ({ ok: true, value: [VERSION_COMMAND] }))
      .answer('runs.again', () => ({ ok: true, value: { ...AGAIN, command: 'version', missing: [] } }))
      .serve('replay', (stream) => {
        stream.batch([
          { type: 'started', runId: 'old', number: 3, nodes: AGAIN.nodes, columns: [], talosctl: 't', startedAtMs: 7 },
          answered('a'),
          failed('b'),
          { type: 'finished', ok: 1, failed: 1, cancelled: 0, durationMs: 310 },
        ]);
        stream.end();
      })
      .publish('runs.history', {}, [SUMMARY]);
    await settled();

    const [old] = runs.list;
    expect([old?.number, old?.phase, old?.hasAnswers, old?.counts.done, old?.counts.total]).toEqual([
      3,
      'finished',
      false,
      1,
      2,
    ]);
    expect(runs.shown).toBe(old);

    await runs.load(old!);

    expect([old?.hasAnswers, old?.phase, old?.durationMs]).toEqual([true, 'finished', 310]);
    expect(old?.nodes.map(({ node, state }) => [node, state])).toEqual([
      ['a', 'done'],
      ['b', 'failed'],
    ]);
    expect(old?.request).toMatchObject(AGAIN);
    expect(runs.start(REQUEST).number).toBe(4);
  });

  it('keeps a run of its own when main tells of it', async () => {
    const { bridge, runs } = start();
    const run = runs.start(REQUEST);
    await settled();

    bridge.publish('runs.history', {}, [{ ...SUMMARY, runId: 'mine', number: 1, state: 'running' }]);
    expect(runs.list).toEqual([run]);
    bridge.streams[0]!.batch([
      { type: 'started', runId: 'mine', number: 5, nodes: ['a'], columns: [], talosctl: '', startedAtMs: 7 },
    ]);
    await settled();
    bridge.publish('runs.history', {}, [{ ...SUMMARY, runId: 'mine', number: 5, state: 'running' }]);

    expect(runs.list).toEqual([run]);
    expect([run.number, run.hasAnswers]).toEqual([5, true]);
  });

  it('says that the answers of an old run are gone, and can still run it again', async () => {
    const { bridge, runs } = start();
    bridge
      .answer('commands.list', () => ({ ok: true, value: [VERSION_COMMAND] }))
      .answer('runs.again', () => ({ ok: true, value: { ...AGAIN, command: 'version', missing: [] } }))
      .serve('replay', (stream) => stream.fail(failureOf('not-found', 'The rows of this run are no longer kept.')))
      .publish('runs.history', {}, [SUMMARY]);
    await settled();
    const [old] = runs.list;

    await runs.load(old!);
    runs.start(old!.request);
    await settled();

    expect([old?.phase, old?.failure?.message]).toEqual(['finished', 'The rows of this run are no longer kept.']);
    expect(bridge.streams.at(-1)).toMatchObject({ name: 'run', params: { command: 'version', nodes: ['a', 'b'] } });
  });
});
