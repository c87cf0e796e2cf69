import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as v from 'valibot';
import { CALLS } from '../../../../preload/contract/index.ts';
import { createSession } from '../../../../renderer/state/session.ts';
import { nodesInView } from '../../../../renderer/state/health/nodes-in-view.ts';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function opened() {
  const bridge = clusterBridge();
  const session = createSession({ bridge });
  const told = (): unknown[] => bridge.calls.filter(({ name }) => name === 'health.look').map(({ input }) => input);
  return { looks: nodesInView(session), told };
}

function show(visibility: DocumentVisibilityState): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(visibility);
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('which nodes are in view', () => {
  it('tells what all places look at, once for many changes, and only when it is something else', () => {
    const { looks, told } = opened();
    const [table, inspector] = [{}, {}];

    looks.look(table, 'prod-fra', ['a', 'b']);
    looks.look(table, 'prod-fra', ['b', 'c']);
    looks.look(inspector, 'prod-fra', ['z']);
    vi.advanceTimersByTime(250);
    looks.look(table, 'prod-fra', ['c', 'b']);
    vi.advanceTimersByTime(250);

    expect(told()).toEqual([{ context: 'prod-fra', nodes: ['z', 'b', 'c'] }]);
  });

  it('tells none once nobody looks, of the context that was looked at', () => {
    const { looks, told } = opened();
    const table = {};
    looks.look(table, 'prod-fra', ['a']);
    vi.advanceTimersByTime(250);

    looks.leave(table);
    vi.advanceTimersByTime(250);

    expect(told().at(-1)).toEqual({ context: 'prod-fra', nodes: [] });
  });

  it('tells none while the page is hidden, at once, and all again when it is seen', () => {
    const { looks, told } = opened();
    looks.look({}, 'prod-fra', ['a']);
    vi.advanceTimersByTime(250);

    show('hidden');
    expect(told().at(-1)).toEqual({ context: 'prod-fra', nodes: [] });
    show('visible');
    expect(told().at(-1)).toEqual({ context: 'prod-fra', nodes: ['a'] });
  });

  it('never tells more than main takes, and the newest place first', () => {
    const { looks, told } = opened();
    looks.look(
      {},
      'prod-fra',
      Array.from({ length: 120 }, (_, place) => `n${place}`),
    );
    looks.look({}, 'prod-fra', ['inspected']);
    vi.advanceTimersByTime(250);

    const { nodes } = told()[0] as { nodes: string[] };
    expect(v.is(CALLS['health.look'].input, { context: 'prod-fra', nodes })).toBe(true);
    expect(v.is(CALLS['health.look'].input, { context: 'prod-fra', nodes: [...nodes, 'more'] })).toBe(false);
    expect(nodes[0]).toBe('inspected');
  });
});
