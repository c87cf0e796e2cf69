import { warningOf } from '../../../../preload/contract/index.ts';
import { certificateEnd, endWords, FIRST_WARNING_MS, SPARE_MS } from '../certificate-end.ts';
import { staleMark, titleOf, type AttentionRule, type Finding, type JudgedNode } from './situation.ts';

const DAY_MS = 86_400_000;

/** Certificates that end: the client's, and those that endpoints showed. */
export const certificatesEnding: AttentionRule = ({ certificate, pool, nowMs }) => {
  const findings: Finding[] = [];
  const warning = certificate && warningOf(certificate, nowMs);
  if (certificate !== undefined && warning !== undefined) {
    const { notAfterMs, notBeforeMs } = certificate;
    const days = Math.max(0, Math.floor((notAfterMs - nowMs) / DAY_MS));
    const hasEnded = warning === 'ended';
    findings.push({
      id: `certificate client ${certificate.fingerprint}`,
      kind: 'certificate',
      severity: hasEnded || warning === 1 ? 'critical' : warning === 30 ? 'notice' : 'warning',
      title: hasEnded
        ? 'Your certificate has ended'
        : `Your certificate ends in ${days === 1 ? '1 day' : `${days} days`}`,
      detail: hasEnded
        ? 'The cluster accepts no calls with it, and it cannot renew itself. The context says what is possible.'
        : 'Renew it before: afterwards somebody else with os:admin must hand out a new one.',
      sinceMs: hasEnded ? notAfterMs : Math.max(notBeforeMs, notAfterMs - FIRST_WARNING_MS),
      seenAtMs: nowMs,
      action: { kind: 'open', label: 'Open the context', what: 'context' },
    });
  }
  for (const { endpoint, certificate: shown } of pool.endpoints) {
    if (shown === undefined || shown.notAfterMs - shown.seenAtMs >= SPARE_MS) continue;
    const hasEnded = shown.notAfterMs <= shown.seenAtMs;
    // A newer handshake says more; an old one of a connection that lives on says nothing of today's.
    findings.push({
      id: `certificate endpoint ${endpoint}`,
      kind: 'certificate',
      severity: hasEnded ? 'critical' : 'warning',
      title: `The certificate of ${endpoint} ${hasEnded ? 'has ended' : 'is about to end'}`,
      detail:
        'Talos renews it by itself well before. It showed this one at the last connection: look at its clock and the log of apid.',
      sinceMs: shown.notAfterMs - (hasEnded ? 0 : SPARE_MS),
      seenAtMs: shown.seenAtMs,
      ...staleMark(nowMs - shown.seenAtMs > DAY_MS, shown.seenAtMs, endpoint),
      action: { kind: 'open', label: 'Open the endpoints', what: 'endpoints' },
    });
  }
  return findings;
};

type Held = NonNullable<JudgedNode['certificates']>['held'][number];

/** Left over from a rotation, it is accepted until somebody takes it away, and harms nobody when it ends. */
const isAcceptedOnly = ({ place }: Held): boolean => /^accepted/i.test(place);

/** Certificates that machines keep, and the authorities that sign them, which all machines have in common. */
export const nodeCertificatesEnding: AttentionRule = ({ nodes, nowMs }) => {
  const findings = new Map<string, Finding>();
  for (const node of nodes) {
    const { certificates } = node;
    if (certificates === undefined) continue;
    for (const held of certificates.held) {
      const end = certificateEnd(held, certificates.atMs, nowMs);
      if (end === undefined || isAcceptedOnly(held)) continue;
      const { purpose, place, subject, isAuthority, notAfterMs } = held;
      const id = isAuthority
        ? `certificate authority ${subject} ${notAfterMs}`
        : `certificate node ${node.node} ${purpose} ${place}`;
      const what = isAuthority
        ? `The authority ${subject}`
        : `The certificate of ${titleOf(node)} for ${purpose} (${place})`;
      findings.set(id, {
        id,
        kind: 'certificate',
        severity: end.severity,
        title: `${what} ${endWords(held, end, nowMs)}`,
        detail: isAuthority
          ? 'What it signed is refused once it has ended. Authorities are not renewed by themselves: they have to be rotated.'
          : 'Talos renews the certificates of its services by itself, so something keeps it from that: look at the clock and the kernel log of the machine.',
        ...(!isAuthority && { node: node.node }),
        sinceMs: end.sinceMs,
        seenAtMs: certificates.atMs,
        ...staleMark(node.isStale, certificates.atMs, titleOf(node)),
        action: { kind: 'run', label: 'See the certificates', command: 'certificates', nodes: [node.node] },
      });
    }
  }
  return [...findings.values()];
};
