import { describe, expect, it } from 'vitest';
import { LoadHistory, loadPath } from '../../../../renderer/features/overview/load-history.ts';
import type { HealthState } from '../../../../preload/contract/index.ts';
import { healthOf } from '../../../fakes/bridge/health-data.ts';

const state = (atMs: number, shares: Readonly<Record<string, number>>, context = 'prod-fra'): HealthState => ({
  ...{ context, atMs },
  nodes: Object.entries(shares).map(([name, fraction]) => healthOf(name, { cpu: { fraction, atMs } })),
});

describe('the load of the last hour', () => {
  it('is the mean of the nodes that told it and the one with the most, each ten seconds, of each cluster', () => {
    const history = new LoadHistory();
    history.take(state(0, { a: 0.2, b: 0.6 }));
    history.take(state(5_000, { a: 1, b: 1 }));
    history.take(state(10_000, { a: 0.5 }));
    history.take(state(10_000, { z: 0.9 }, 'other'));

    expect(history.of('prod-fra', 'cpu')).toEqual([
      { atMs: 0, mean: 0.4, highest: 0.6, node: 'b', count: 2 },
      { atMs: 10_000, mean: 0.5, highest: 0.5, node: 'a', count: 1 },
    ]);
    expect(history.of('other', 'cpu')).toHaveLength(1);
  });

  it('counts no figure that is old, nor what a node said that is not heard any more', () => {
    const history = new LoadHistory();
    const { nodes } = state(0, { a: 0.2 });
    const stale = healthOf('b', { isStale: true, cpu: { fraction: 0.9, atMs: 200_000 } });
    history.take({ context: 'prod-fra', atMs: 200_000, nodes: [...nodes, stale] });

    expect(history.of('prod-fra', 'cpu')).toEqual([]);
  });

  it('goes back an hour at most, and begins anew when the clock was set back', () => {
    const history = new LoadHistory();
    for (let at = 0; at <= 400; at += 1) history.take(state(at * 10_000, { a: 0.2 }));
    expect(history.of('prod-fra', 'cpu')).toHaveLength(361);
    history.take(state(1_000_000, { a: 0.4 }));
    expect(history.of('prod-fra', 'cpu').map(({ mean }) => mean)).toEqual([0.4]);
  });

  it('is a line with a gap where nobody looked', () => {
    const look = (atMs: number, mean: number) => ({ atMs, mean, highest: mean, node: 'a', count: 1 });
    const path = loadPath([look(0, 0), look(10_000, 1), look(100_000, 0.5)], 100, 20);
    expect(path).toBe('M0.0 20.0L10.0 0.0M100.0 10.0');
    expect(loadPath([], 100, 20)).toBe('');
  });
});
