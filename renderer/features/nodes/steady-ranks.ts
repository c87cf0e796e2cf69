import type { NodeHealth } from '../../../preload/contract/index.ts';
import { NODE_STATES } from '../../lib/health-words.ts';

/**
 * Where nodes stand when the worst come first. A node whose state flips stays where it was until it has settled, so that no row
 * jumps while somebody reads it or is about to press it.
 */
export class SteadyRanks {
  readonly #settled = new Map<string, number>();

  /** Smallest first. One that was never seen settled stands where unstable ones do. */
  rankOf(target: string, health: NodeHealth | undefined): number {
    const state = health?.state ?? 'unknown';
    const settled = this.#settled.get(target);
    if (state === 'unstable' && settled !== undefined) return settled;
    const rank = NODE_STATES.indexOf(state);
    if (state !== 'unstable') this.#settled.set(target, rank);
    return rank;
  }
}
