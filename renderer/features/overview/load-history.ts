import type { HealthState, NodeHealth } from '../../../preload/contract/index.ts';
import { sessionPart } from '../../state/session-part.ts';

/** What of the nodes is followed. */
export type LoadFigure = 'cpu' | 'memory' | 'disk';

/** One look at all nodes; the mean over those that told it, and the highest. */
export interface LoadLook {
  readonly atMs: number;
  readonly mean: number;
  readonly highest: number;
  /** Whose that is, by its target. */
  readonly node: string;
  /** How many told it. */
  readonly count: number;
}

const FIGURES: readonly LoadFigure[] = ['cpu', 'memory', 'disk'];
/** A look every so long, for the last hour. */
const EVERY_MS = 10_000;
const HOUR_MS = 3_600_000;
/** Between looks that are further apart, nobody looked. */
const GAP_MS = 35_000;
/** A figure that is older says nothing of now. */
const OLD_MS = 90_000;

/**
 * How busy the nodes of a cluster were in the last hour, from what main tells of them anyway: nothing is asked for it. Of the nodes that
 * are not watched no figures are known.
 */
export class LoadHistory {
  readonly #looks = new Map<string, LoadLook[]>();

  /** Takes down what is known now, when the last look is long enough ago. */
  take({ context, nodes, atMs }: HealthState): void {
    for (const figure of FIGURES) {
      const key = `${figure} ${context}`;
      const looks = this.#looks.get(key) ?? [];
      this.#looks.set(key, looks);
      const lastMs = looks.at(-1)?.atMs ?? -Infinity;
      // A clock that was set back makes what was before younger than now; it is no history any more.
      if (lastMs > atMs) looks.length = 0;
      else if (atMs - lastMs < EVERY_MS) continue;
      const look = lookAt(nodes, figure, atMs);
      if (look !== undefined) looks.push(look);
      while ((looks[0]?.atMs ?? atMs) < atMs - HOUR_MS) looks.shift();
    }
  }

  /** Oldest first. */
  of(context: string, figure: LoadFigure): readonly LoadLook[] {
    return this.#looks.get(`${figure} ${context}`) ?? [];
  }
}

function lookAt(nodes: readonly NodeHealth[], figure: LoadFigure, atMs: number): LoadLook | undefined {
  let [sum, count, highest, node] = [0, 0, -1, ''];
  for (const health of nodes) {
    const load = health[figure];
    if (load === undefined || health.isStale || atMs - load.atMs > OLD_MS) continue;
    sum += load.fraction;
    count += 1;
    if (load.fraction > highest) [highest, node] = [load.fraction, health.node];
  }
  return count === 0 ? undefined : { atMs, mean: sum / count, highest, node, count };
}

/** Nobody has told the figure since so long that it says nothing of now. */
export const isOldLook = ({ atMs }: LoadLook, nowMs: number): boolean => nowMs - atMs > OLD_MS;

/** Of this window. */
export const loadHistoryOf = sessionPart(() => new LoadHistory());

/**
 * The means as the path of a line over the last hour, as far as it is known, `width` × `height` large: 0 at the bottom, 1 at the top. What nobody looked
 * at is a gap.
 */
export function loadPath(looks: readonly LoadLook[], width: number, height: number): string {
  const last = looks.at(-1);
  if (last === undefined) return '';
  const spanMs = Math.max(10 * EVERY_MS, last.atMs - (looks[0]?.atMs ?? 0));
  return looks
    .map(({ atMs, mean }, at) => {
      const beforeMs = looks[at - 1]?.atMs ?? -Infinity;
      const x = width - ((last.atMs - atMs) / spanMs) * width;
      const y = (1 - Math.min(1, mean)) * height;
      return `${atMs - beforeMs > GAP_MS ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
}
