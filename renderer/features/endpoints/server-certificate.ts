import type { EndpointStatus } from '../../../preload/contract/index.ts';
import { formatAgo, formatMoment, remainingOf } from '../../lib/format.ts';

export interface CertificateWords {
  readonly text: string;
  readonly isBad: boolean;
  readonly title?: string;
}

/**
 * Talos renews server certificates each day and drops no connection for it. One that was good when it was seen and would be over
 * by now says nothing about the endpoint but that nobody has looked since.
 */
export function certificateWords({ certificate }: EndpointStatus, nowMs: number): CertificateWords {
  if (certificate === undefined) return { text: 'not seen', isBad: false };
  const { notAfterMs, seenAtMs } = certificate;
  const seen = `seen ${formatAgo(seenAtMs, nowMs)}`;
  const { state, text } = remainingOf(certificate, nowMs);
  if (state !== 'ended') return { text, isBad: state === 'early', title: seen };
  if (seenAtMs > notAfterMs) return { text, isBad: true, title: seen };
  return {
    text: seen,
    isBad: false,
    title: `It was valid until ${formatMoment(notAfterMs)}. Talos renews it by itself; Test now looks at the new one.`,
  };
}
