import type { ContextSummary } from '../../../../preload/contract/index.ts';
import { deedPlace } from '../../plans/deed-place.ts';
import type { KeptSchedule } from './schedule-file.ts';

/** Where a schedule was planned, whatever its CA is by now. */
const isPlannedAt = ({ place }: KeptSchedule, { file, name }: Pick<ContextSummary, 'file' | 'name'>): boolean =>
  place?.file === file && place.name === name;

/**
 * The schedule of the cluster that a context led to before it got another CA, and that no open context leads to any more: nothing is taken by
 * it, since whether it is the same cluster is for the user to say. Pure.
 */
export function strayOf(
  schedules: readonly KeptSchedule[],
  contexts: readonly ContextSummary[],
  context: ContextSummary,
): KeptSchedule | undefined {
  const led = new Set(contexts.map((one) => deedPlace(one).cluster));
  return schedules.findLast((one) => isPlannedAt(one, context) && !led.has(one.cluster));
}
