import { describe, expect, it } from 'vitest';
import { SteadyRanks } from '../../../../renderer/features/nodes/steady-ranks.ts';
import type { NodeState } from '../../../../preload/contract/index.ts';
import { healthOf } from '../../../fakes/bridge/health-data.ts';

const rank = (ranks: SteadyRanks, state: NodeState): number =>
  ranks.rankOf('10.5.0.2', healthOf('10.5.0.2', { state }));

describe('where nodes stand when the worst come first', () => {
  it('puts those that are not reached first and those that are well last', () => {
    const order = (['well', 'unknown', 'unwell', 'not-reached'] as const).map((state) => ({
      state,
      at: rank(new SteadyRanks(), state),
    }));

    expect(order.toSorted((a, b) => a.at - b.at).map(({ state }) => state)).toEqual([
      'not-reached',
      'unwell',
      'unknown',
      'well',
    ]);
  });

  it('leaves a node where it was while its state flips, and moves it once it has settled', () => {
    const ranks = new SteadyRanks();
    const well = rank(ranks, 'well');

    expect(rank(ranks, 'unstable')).toBe(well);
    expect(rank(ranks, 'unstable')).toBe(well);
    expect(rank(ranks, 'not-reached')).toBe(0);
    expect(rank(ranks, 'unstable')).toBe(0);
    expect(rank(ranks, 'well')).toBe(well);
  });

  it('stands a node that flips since it was first seen before those that are well', () => {
    expect(rank(new SteadyRanks(), 'unstable')).toBeLessThan(rank(new SteadyRanks(), 'well'));
  });
});
