import type { Sample } from '../../../preload/contract/index.ts';

/** Two samples follow each other when less than this lies between them. */
const SLACK_MS = 50;

/** Fewer samples that say the same: neighbours that follow each other are joined, `join` at a time. Gaps stay gaps. */
export function thinned(samples: readonly Sample[], join: number): readonly Sample[] {
  if (join <= 1) return samples;
  const out: Sample[] = [];
  let group: Sample[] = [];
  const close = (): void => {
    if (group.length > 0) out.push(joined(group));
    group = [];
  };
  for (const sample of samples) {
    const last = group.at(-1);
    const follows = last !== undefined && sample.spanMs > 0 && sample.atMs - sample.spanMs <= last.atMs + SLACK_MS;
    if (group.length >= join || (last !== undefined && !follows)) close();
    group.push(sample);
  }
  close();
  return out;
}

/** One sample over the time of all, each value their mean weighted by time. */
function joined(group: readonly Sample[]): Sample {
  const [first] = group;
  const last = group.at(-1);
  if (first === undefined || last === undefined || first === last) return first ?? { atMs: 0, spanMs: 0, values: [] };
  const values = first.values.map((_each, at) => {
    let sum = 0;
    let weight = 0;
    for (const { spanMs, values: of } of group) {
      const value = of[at];
      if (value === null || value === undefined) continue;
      const share = Math.max(1, spanMs);
      sum += value * share;
      weight += share;
    }
    return weight === 0 ? null : sum / weight;
  });
  return { atMs: last.atMs, spanMs: group.reduce((sum, { spanMs }) => sum + spanMs, 0), values };
}
