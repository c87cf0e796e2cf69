import { AuthorityMemo, readCertificates } from './authorities.ts';
import { checkCredentials, type CheckedCredentials, type IdentityFields } from './check-credentials.ts';
import { Identity, type IdentityParts } from './identity.ts';
import { readPemField, relabelKey, type PemBlock, type PemField } from './pem.ts';
import { Secret } from '../lib/secret.ts';

export type { IdentityFields } from './check-credentials.ts';

/** What was found before dialling. */
export interface IdentityReading extends CheckedCredentials {
  /** Missing when one of the problems is an error. */
  readonly identity?: Identity;
}

/** Reads and checks the credentials of one context; {@link IdentityReader} does it for many. */
export function readIdentity(fields: IdentityFields, nowMs: number): IdentityReading {
  return withIdentity(fields, checkCredentials(fields, nowMs, new AuthorityMemo()));
}

/** Joins what was checked, here or in a worker, with the identity; its parts are read when something is dialled. */
export function withIdentity(fields: IdentityFields, checked: CheckedCredentials): IdentityReading {
  const isUsable = checked.problems.every((problem) => problem.severity !== 'error');
  return { ...checked, ...(isUsable && { identity: new Identity(() => identityParts(fields)) }) };
}

function identityParts({ ca, crt, key }: IdentityFields): IdentityParts {
  const keyBlock = blocksOf('key', key).find(({ label }) => label.endsWith('PRIVATE KEY'));
  return {
    ...(ca && { ca: certificatesOf('ca', ca) }),
    ...(keyBlock && { client: { cert: certificatesOf('crt', crt).join(''), key: new Secret(relabelKey(keyBlock)) } }),
  };
}

const certificatesOf = (field: PemField, value: string | undefined): readonly string[] =>
  readCertificates(blocksOf(field, value)).certificates.map((certificate) => certificate.toString());

function blocksOf(field: PemField, value: string | undefined): readonly PemBlock[] {
  const reading = value ? readPemField(field, value) : undefined;
  return reading !== undefined && 'blocks' in reading ? reading.blocks : [];
}
