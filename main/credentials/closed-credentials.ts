import type { Secret } from '../lib/secret.ts';
import type { IdentityFields } from './check-credentials.ts';
import type { IdentityReader, ReadAllOptions } from './identity-reader.ts';
import { judgeIssued, type IssueWish, type JudgedIssue } from './issued-certificate.ts';
import { readIdentity, type IdentityReading } from './read-identity.ts';

/** Credentials of a context as its file has them, closed. They are opened here and nowhere else outside what writes them. */
export interface ClosedCredentials {
  readonly ca?: Secret | undefined;
  readonly crt?: Secret | undefined;
  readonly key?: Secret | undefined;
}

const FIELDS = ['ca', 'crt', 'key'] as const;

/** Empty means not set. */
function opened(credentials: ClosedCredentials): Record<keyof ClosedCredentials, string> {
  const [ca = '', crt = '', key = ''] = FIELDS.map((field) => credentials[field]?.reveal());
  return { ca, crt, key };
}

/** Reads and checks the credentials of one context, see {@link readIdentity}. */
export function readClosedIdentity(credentials: ClosedCredentials, nowMs: number): IdentityReading {
  return readIdentity(opened(credentials), nowMs);
}

/** Reads those of many contexts, in their order, see {@link IdentityReader.readAll}. Never rejects. */
export function readClosedIdentities(
  reader: IdentityReader,
  all: readonly ClosedCredentials[],
  nowMs: number,
  options?: ReadAllOptions,
): Promise<readonly IdentityReading[]> {
  return reader.readAll(
    all.map((one): IdentityFields => opened(one)),
    nowMs,
    options,
  );
}

/** Judges what a cluster issued to the context that asked, see {@link judgeIssued}. */
export function judgeClosedIssue(
  issued: Required<ClosedCredentials>,
  { context, ...wish }: Omit<IssueWish, 'context'> & { readonly context: ClosedCredentials },
  nowMs: number,
): JudgedIssue {
  return judgeIssued(opened(issued), { ...wish, context: opened(context) }, nowMs);
}

/** The first field that holds other bytes in one than in the other; line breaks in base64 make no difference. */
export function differentField(one: ClosedCredentials, other: ClosedCredentials): keyof ClosedCredentials | undefined {
  const [a, b] = [opened(one), opened(other)];
  return FIELDS.find((field) => bytesOf(a[field]) !== bytesOf(b[field]));
}

const bytesOf = (base64: string): string => Buffer.from(base64, 'base64').toString('latin1');
