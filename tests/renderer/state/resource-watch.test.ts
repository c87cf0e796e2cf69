import { describe, expect, it } from 'vitest';
import type { WatchItem } from '../../../preload/contract/index.ts';
import { createClient } from '../../../renderer/lib/bridge.ts';
import { ResourceWatch } from '../../../renderer/state/resource-watch.svelte.ts';
import { failureOf, FakeBridge, type FakeStream } from '../../fakes/bridge/fake-bridge.ts';

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const set = (id: string, value: string, isInitial = false, node = 'cp-1'): WatchItem => ({
  ...{ type: 'set', node, key: `cluster/${id}`, cells: ['cluster', 'Member', id, 1, value], isInitial },
});
const gone = (id: string): WatchItem => ({
  ...{ type: 'gone', node: 'cp-1', key: `cluster/${id}`, cells: ['cluster', 'Member', id, null], isInitial: false },
});
const complete: WatchItem = { type: 'complete', node: 'cp-1' };
const reset: WatchItem = { type: 'reset', node: 'cp-1', endpoint: '10.5.0.2' };

interface Opened {
  readonly watch: ResourceWatch;
  readonly stream: FakeStream<'watch'>;
  send(...items: readonly WatchItem[]): Promise<void>;
  /** Id, what happened, the places that changed. */
  rows(): readonly (readonly [string, string, readonly number[]])[];
}

async function open(nodes: readonly string[] = ['cp-1']): Promise<Opened> {
  const bridge = new FakeBridge();
  let nowMs = 100;
  const watch = new ResourceWatch({
    client: createClient(bridge),
    request: { context: 'prod-fra', nodes, type: 'Members.cluster.talos.dev' },
    now: () => (nowMs += 1),
    nextFrame: (run) => run(),
  });
  await settled();
  const stream = bridge.streams[0] as FakeStream<'watch'>;
  return {
    watch,
    stream,
    send: async (...items) => {
      stream.batch(items);
      await settled();
    },
    rows: () => watch.rows.map(({ key, change, changed }) => [key.slice(8), change?.what ?? '', changed]),
  };
}

describe('a watch', () => {
  it('shows what was there as it was, and then what is added, changed and removed', async () => {
    const { watch, send, rows } = await open();
    await send(reset, set('a', 'x', true), set('b', 'x', true));
    expect(watch.isComplete).toBe(false);
    await send(complete);
    expect([watch.isComplete, rows()]).toEqual([
      true,
      [
        ['a', '', []],
        ['b', '', []],
      ],
    ]);

    await send(set('a', 'y'), gone('b'), set('c', 'x'));

    expect(rows()).toEqual([
      ['a', 'changed', [4]],
      ['b', 'removed', []],
      ['c', 'added', []],
    ]);
    expect(watch.row('cp-1', 'cluster/b')?.cells).toContain('x');
    watch.forgetRemoved();
    expect(rows().map(([id]) => id)).toEqual(['a', 'c']);
  });

  it('says of a resource that came back that it was added', async () => {
    const { send, rows } = await open();
    await send(reset, set('a', 'x', true), complete, gone('a'), set('a', 'x'));

    expect(rows()).toEqual([['a', 'added', []]]);
  });

  it('keeps what it had while everything comes anew, and lets go of what did not come', async () => {
    const { watch, send, rows } = await open();
    await send(reset, set('a', 'x', true), set('b', 'x', true), complete);

    await send(reset, set('a', 'x', true));
    expect(rows().map(([id]) => id)).toEqual(['a', 'b']);
    expect(watch.isComplete).toBe(false);
    await send(complete);

    expect(rows()).toEqual([['a', '', []]]);
  });

  it('tells of an interruption that it got over', async () => {
    const { watch, send } = await open();
    await send(reset, complete, { type: 'gap', node: 'cp-1', from: '10.5.0.2', to: '10.5.0.3', gapMs: 1200 });

    expect(watch.gaps).toMatchObject([{ from: '10.5.0.2', to: '10.5.0.3', gapMs: 1200 }]);
    expect(watch.nodes).toMatchObject([{ state: 'live', endpoint: '10.5.0.3' }]);
  });

  it('stands still while paused, counts what waits, and catches up', async () => {
    const { watch, send, rows } = await open();
    await send(reset, set('a', 'x', true), complete);

    watch.pause();
    await send(set('a', 'y'), set('b', 'x'));
    expect([watch.held, rows()]).toEqual([2, [['a', '', []]]]);
    watch.resume();

    expect([watch.held, rows().map(([id, what]) => `${id} ${what}`)]).toEqual([0, ['a changed', 'b added']]);
  });

  it('ends at main when stopped, and keeps what came', async () => {
    const { watch, stream, send, rows } = await open();
    await send(reset, set('a', 'x', true), complete);

    watch.stop();
    await settled();

    expect([stream.isClosed, watch.phase, rows().length]).toEqual([true, 'ended', 1]);
  });

  it('goes on for the other nodes when one fails, and says why when it breaks itself', async () => {
    const { watch, stream, send } = await open(['cp-1', 'cp-2']);
    await send(reset, complete, { type: 'failed', node: 'cp-2', failure: failureOf('denied', 'No.') });

    expect(watch.nodes.map(({ state }) => state)).toEqual(['live', 'failed']);
    expect([watch.phase, watch.isComplete]).toEqual(['running', true]);
    stream.fail(failureOf('not-found', 'This cluster has no resource type "x".'));
    await settled();

    expect([watch.phase, watch.failure?.message]).toEqual(['broken', 'This cluster has no resource type "x".']);
  });
});
