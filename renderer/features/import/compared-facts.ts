import type { ComparedContext } from '../../../preload/contract/index.ts';
import { formatDate, remainingOf } from '../../lib/format.ts';

/** One line of a comparison. */
export interface ComparedFact {
  readonly name: string;
  readonly incoming: string;
  /** Undefined: there is nothing to compare with. */
  readonly existing?: string;
  readonly isDifferent: boolean;
}

const SHORT_FINGERPRINT = 12;

/** The facts of two contexts side by side; no key material is in them. Lines that neither has are left out. */
export function comparedFacts(
  incoming: ComparedContext,
  existing: ComparedContext | undefined,
  nowMs: number,
): readonly ComparedFact[] {
  const of = (read: (context: ComparedContext) => string): Pick<ComparedFact, 'incoming' | 'existing'> => ({
    incoming: read(incoming),
    ...(existing && { existing: read(existing) }),
  });
  const facts = [
    { name: 'Name', ...of(({ name }) => name) },
    { name: 'Roles', ...of(({ certificate }) => certificate?.roles.join(', ') ?? '') },
    { name: 'Certificate', ...of((context) => expiry(context, nowMs)) },
    { name: 'Endpoints', ...of(({ endpoints }) => endpoints.join(', ')) },
    { name: 'Nodes', ...of(({ nodes }) => nodes.join(', ')) },
    { name: 'Cluster', ...of(({ cluster }) => cluster ?? '') },
    { name: 'Identity', ...of(({ identity }) => identity ?? '') },
    { name: 'CA', ...of(({ caFingerprints }) => caFingerprints.map(short).join(', ')) },
    { name: 'Issued by', ...of(({ certificate }) => certificate?.issuer ?? '') },
    { name: 'Fingerprint', ...of(({ certificate }) => short(certificate?.fingerprint ?? '')) },
  ];
  return facts
    .filter((fact) => fact.incoming !== '' || (fact.existing ?? '') !== '')
    .map((fact) => ({ ...fact, isDifferent: fact.existing !== undefined && fact.existing !== fact.incoming }));
}

function expiry({ certificate }: ComparedContext, nowMs: number): string {
  if (!certificate) return '';
  return `until ${formatDate(certificate.notAfterMs)} (${remainingOf(certificate, nowMs).words})`;
}

const short = (fingerprint: string): string => fingerprint.slice(0, SHORT_FINGERPRINT);
