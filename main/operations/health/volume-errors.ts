import type { FollowedResource } from './follow-kind.ts';
import { MOST_OF_A_NODE, shortLine, sinceOf } from './spec-facts.ts';

/** A volume, or a volume group of LVM, that cannot be used as it is configured. */
export interface VolumeError {
  /** Its id, such as `EPHEMERAL` or `u-data`. */
  readonly volume: string;
  /** In the node's own words, one line; may be empty. */
  readonly message: string;
  /** First moment it is known to have been like that. */
  readonly sinceMs: number;
}

/** Of VolumeStatuses those that failed; at most 20. Talos goes on trying them, so the first moment stays. */
export function failedVolumes(
  resources: readonly FollowedResource[],
  before: readonly VolumeError[],
  nowMs: number,
): readonly VolumeError[] {
  const failed = resources.filter(({ spec }) => textOf(spec, 'phase') === 'failed');
  return failed.slice(0, MOST_OF_A_NODE).map(({ id, spec, updatedAtMs }) => {
    const volume = shortLine(id, 253);
    const known = before.find((one) => one.volume === volume);
    const sinceMs = known?.sinceMs ?? sinceOf(updatedAtMs, undefined, nowMs);
    return { volume, message: shortLine(textOf(spec, 'errorMessage')), sinceMs };
  });
}

/** Of LVMValidationErrors, each a volume group that is not as it is configured; at most 20. */
export function wrongGroups(
  resources: readonly FollowedResource[],
  before: readonly VolumeError[],
  nowMs: number,
): readonly VolumeError[] {
  return resources.slice(0, MOST_OF_A_NODE).map(({ id, spec, createdAtMs }) => {
    const volume = shortLine(textOf(spec, 'vgName') || id, 128);
    const known = before.find((one) => one.volume === volume);
    return { volume, message: shortLine(textOf(spec, 'message')), sinceMs: sinceOf(createdAtMs, known, nowMs) };
  });
}

/** A field of a spec as its text; empty for what is none. */
function textOf(spec: unknown, field: string): string {
  if (spec === null || typeof spec !== 'object' || !Object.hasOwn(spec, field)) return '';
  const value: unknown = Reflect.get(spec, field);
  return typeof value === 'string' ? value : '';
}
