import type { DeedRecord, LastTime } from '../../../preload/contract/index.ts';
import type { DeedTrace } from '../plans/journal.ts';
import type { TookOf } from './journal-lines.ts';

/** The machine that a deed is planned for. */
export interface LastTimeWish {
  /** Id of the kind of deed. */
  readonly kind: string;
  /** See `DeedPlace`. */
  readonly cluster: string;
  readonly node: string;
  readonly uuid: string | undefined;
  /** Another machine of the cluster, by the node of then, is like it: of the same role. */
  readonly isAlike: (node: string) => boolean;
}

/** What is known of deeds beside their records. */
interface Known {
  readonly traces: ReadonlyMap<string, DeedTrace>;
  readonly took: ReadonlyMap<string, TookOf>;
}

/**
 * How long a deed of this kind took the last time it was done on this machine; where it never was, on one like it. `deeds` are the newest
 * first. A machine is known by its UUID, or by its address where it has none. Pure.
 */
export function lastTime(
  deeds: readonly DeedRecord[],
  { traces, took }: Known,
  { kind, cluster, node, uuid, isAlike }: LastTimeWish,
): LastTime | undefined {
  let alike: LastTime | undefined;
  for (const { id, atMs, steps } of deeds) {
    const trace = traces.get(id);
    const spansOf = took.get(id);
    if (trace?.kind !== kind || trace.cluster !== cluster || spansOf === undefined) continue;
    for (const [at, spans] of spansOf) {
      const was = trace.machines[at]?.uuid;
      if (uuid === undefined || was === undefined ? at === node : was === uuid) return { atMs, spans };
      const name = steps.find((step) => step.node === at)?.name ?? at;
      if (alike === undefined && isAlike(at)) alike = { atMs, name, spans };
    }
  }
  return alike;
}
