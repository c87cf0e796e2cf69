import type { ContextSummary } from '../../../preload/contract/index.ts';
import { CERTIFICATE_WARNING_DAYS, warningOf } from '../../../preload/contract/talosconfigs/certificates.ts';
import { plural } from '../../lib/format.ts';

/** The most urgent first. */
const WARN_DAYS = CERTIFICATE_WARNING_DAYS.toReversed();

/** `expired`, the number of days within which it ends, or undefined while that is far away. */
export type ExpiryStage = 'expired' | (typeof CERTIFICATE_WARNING_DAYS)[number] | undefined;

export function expiryStage(notAfterMs: number, nowMs: number): ExpiryStage {
  const warning = warningOf({ notAfterMs }, nowMs);
  return warning === 'ended' ? 'expired' : warning;
}

/** A shape beside the days left, so that the warning does not hang on its colour. */
export function expirySign(stage: ExpiryStage): string {
  if (stage === undefined) return '';
  return stage === 'expired' ? '✕' : stage <= 7 ? '▲' : '△';
}

/** Contexts whose certificate ends within 30 days or has ended, the most urgent first. */
export function endingSoon(contexts: readonly ContextSummary[], nowMs: number): readonly ContextSummary[] {
  const endOf = ({ certificate }: ContextSummary): number => certificate?.notAfterMs ?? Infinity;
  return contexts
    .filter((context) => context.certificate && expiryStage(endOf(context), nowMs) !== undefined)
    .sort((a, b) => endOf(a) - endOf(b));
}

/** `1 certificate has expired, 2 end within 7 days, 1 ends within 30 days`. */
export function endingWords(contexts: readonly ContextSummary[], nowMs: number): string {
  const stages = contexts.map(({ certificate }) => expiryStage(certificate?.notAfterMs ?? Infinity, nowMs));
  const parts = (['expired', ...WARN_DAYS] as const).flatMap((stage) => {
    const count = stages.filter((each) => each === stage).length;
    if (count === 0) return [];
    const end = stage === 'expired' ? (count === 1 ? 'has expired' : 'have expired') : endWithin(count, stage);
    return [{ count, end }];
  });
  return parts
    .map(({ count, end }, index) => (index === 0 ? `${plural(count, 'certificate')} ${end}` : `${count} ${end}`))
    .join(', ');
}

const endWithin = (count: number, days: number): string =>
  `${count === 1 ? 'ends' : 'end'} within ${plural(days, 'day')}`;
