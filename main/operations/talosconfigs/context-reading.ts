import type { AuthKind, ContextSummary, Problem } from '../../../preload/contract/index.ts';
import { shownProxy } from '../../lib/proxy-address.ts';
import { visible } from '../../lib/visible.ts';
import type { RawContext } from '../../talosconfig/raw-context.ts';
import type { Identity } from '../../credentials/identity.ts';
import type { IdentityReader, ReadAllOptions } from '../../credentials/identity-reader.ts';
import { readClosedIdentities, readClosedIdentity } from '../../credentials/closed-credentials.ts';
import type { IdentityReading } from '../../credentials/read-identity.ts';

/** A context with what Minos knows of it: facts for the page, and who we are for the pool. */
export interface ReadContext {
  readonly raw: RawContext;
  readonly summary: ContextSummary;
  /** Missing when nothing can be dialled. */
  readonly identity?: Identity;
  /** Who we would be: set where endpoints are all that is missing. */
  readonly identityForEndpoints?: Identity;
  /** The CA certificate of the context that verifies its client certificate. */
  readonly issuerFingerprint?: string;
}

const SIGN_IN: Readonly<Record<'basic' | 'siderov1', string>> = {
  siderov1: 'Omni sign-in (siderov1) is not supported yet.',
  basic: 'Sign-in with user and password (auth.basic) is not supported yet.',
};

function authOf(raw: RawContext): AuthKind {
  if (raw.auth.siderov1 !== undefined) return 'siderov1';
  if (raw.auth.basic !== undefined) return 'basic';
  return raw.crt === undefined && raw.key === undefined ? 'none' : 'certificate';
}

function endpointProblems(raw: RawContext): readonly Problem[] {
  if (raw.endpoints.length > 0) return [];
  return [
    {
      severity: 'error',
      message: `The context ${raw.name} has no endpoints, so there is nothing to dial.`,
      hint: 'Add the addresses of the control plane nodes: talosctl config endpoint ADDRESS …',
      field: 'endpoints',
      line: raw.line,
    },
  ];
}

function signInProblems(auth: AuthKind): readonly Problem[] {
  if (auth !== 'siderov1' && auth !== 'basic') return [];
  return [{ severity: 'warning', message: SIGN_IN[auth], hint: 'Use talosctl for this context.', field: 'auth' }];
}

/** Where a context stands. */
export interface ContextPlace {
  readonly id: string;
  readonly file: string;
  /** `context:` of that file. */
  readonly fileContext: string;
}

/** Reads the contexts of a file; their credentials are checked before anything is dialled. Never rejects. */
export async function readContexts(
  raws: readonly RawContext[],
  placeOf: (raw: RawContext) => ContextPlace,
  nowMs: number,
  identities: IdentityReader,
  options?: ReadAllOptions,
): Promise<readonly ReadContext[]> {
  const readings = await readClosedIdentities(identities, raws, nowMs, options);
  return raws.map((raw, index) => readContext(raw, placeOf(raw), nowMs, readings[index]));
}

/** Reads one context. Never throws. */
export function readContext(
  raw: RawContext,
  place: ContextPlace,
  nowMs: number,
  reading: IdentityReading = readClosedIdentity(raw, nowMs),
): ReadContext {
  const auth = authOf(raw);
  const all = [...raw.problems, ...endpointProblems(raw), ...reading.problems, ...signInProblems(auth)];
  const problems = all.map((problem) => ({ ...problem, message: visible(problem.message) }));
  const errors = problems.filter(({ severity }) => severity === 'error');
  const canSignIn = reading.identity !== undefined && auth !== 'siderov1' && auth !== 'basic';
  const isUsable = errors.length === 0 && canSignIn;
  const lacksEndpoints = raw.endpoints.length === 0 && errors.every(({ field }) => field === 'endpoints');
  const summary: ContextSummary = {
    id: place.id,
    name: raw.name,
    file: place.file,
    isFileCurrent: raw.name === place.fileContext,
    endpoints: raw.endpoints,
    nodes: raw.nodes,
    ...(raw.cluster !== undefined && { cluster: raw.cluster }),
    ...(raw.proxyUrl !== undefined && { proxyUrl: shownProxy(raw.proxyUrl) }),
    auth,
    ...(raw.auth.siderov1 && { identity: raw.auth.siderov1.identity }),
    ...(reading.certificate && { certificate: reading.certificate }),
    caFingerprints: reading.caFingerprints,
    problems,
    isUsable,
  };
  const issuer = reading.issuerFingerprint;
  return {
    raw,
    summary,
    ...(issuer !== undefined && { issuerFingerprint: issuer }),
    ...(isUsable && { identity: reading.identity }),
    ...(canSignIn && lacksEndpoints && { identityForEndpoints: reading.identity }),
  };
}
