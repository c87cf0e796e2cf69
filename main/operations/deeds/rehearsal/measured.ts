import type { DeedSpan } from '../../../../preload/contract/index.ts';

/** How long the acts of a deed took before. */
export interface Measured {
  /** The median of each act, ms, by its name. */
  readonly byAct: ReadonlyMap<string, number>;
  /** Machines it was measured by. */
  readonly count: number;
}

/** What was measured on machines where the same kind of deed was done on the same cluster; undefined where there is none. Pure. */
export function measured(machines: readonly (readonly DeedSpan[])[]): Measured | undefined {
  if (machines.length === 0) return undefined;
  const acts = machines.flatMap((spans) => spans.filter(({ kind }) => kind === 'act'));
  const byAct = [...Map.groupBy(acts, ({ name }) => name)].map(([name, of]) => [name, median(of)] as const);
  return { byAct: new Map(byAct), count: machines.length };
}

function median(spans: readonly DeedSpan[]): number {
  const sorted = spans.map(({ ms }) => ms).sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
