import type { X509Certificate } from 'node:crypto';
import type { CertificateFacts, Problem } from '../../preload/contract/index.ts';
import type { Authority } from './authorities.ts';
import { utcMinute } from '../lib/utc-minute.ts';
import { extendedKeyUsages, oneLine, USAGE } from './certificate-facts.ts';

/*
 * What is wrong with certificates, known before dialling. An error means that no cluster will accept them; a warning that
 * some will not. Rules: docs/talos-behaviour.md, TLS.
 */

const CLOCK = "If that date looks wrong, check this computer's clock.";

const isNotYetValid = (certificate: X509Certificate, nowMs: number): boolean =>
  nowMs < certificate.validFromDate.getTime();

const isExpired = (certificate: X509Certificate, nowMs: number): boolean => nowMs > certificate.validToDate.getTime();

/** Problems of a context's CA bundle: only when no certificate in it can verify anything now. */
export function authorityProblems(authorities: readonly Authority[], nowMs: number): Problem[] {
  const first = authorities[0]?.certificate;
  if (first === undefined) return [];
  if (authorities.some(({ certificate: one }) => !isExpired(one, nowMs) && !isNotYetValid(one, nowMs))) return [];
  const message = isExpired(first, nowMs)
    ? `The CA in this context expired on ${utcMinute(first.validToDate.getTime())}.`
    : `The CA in this context is valid only from ${utcMinute(first.validFromDate.getTime())}.`;
  const hint = `No server can be verified with it: get a new talosconfig from the cluster's owner. ${CLOCK}`;
  return [{ severity: 'error', message, hint, field: 'ca' }];
}

/** A client certificate, read. */
export interface ClientCertificate {
  /** Leaf first. */
  readonly chain: readonly X509Certificate[];
  readonly certificate: CertificateFacts;
  /** Undefined when the system's roots are used. */
  readonly authorities: readonly Authority[] | undefined;
  /** The one that signed the leaf. */
  readonly issuer: Authority | undefined;
}

/** Problems of a client certificate. */
export function clientProblems(client: ClientCertificate, nowMs: number): Problem[] {
  const { chain, certificate, authorities, issuer } = client;
  const [leaf] = chain;
  if (leaf === undefined) return [];
  return [
    validityProblem(leaf, nowMs),
    usageProblem(leaf),
    roleProblem(certificate),
    authorities === undefined || authorities.length === 0 || issuer ? undefined : issuerProblem(chain, authorities),
  ].filter((problem) => problem !== undefined);
}

function validityProblem(leaf: X509Certificate, nowMs: number): Problem | undefined {
  if (isNotYetValid(leaf, nowMs)) {
    // The cluster's clock decides: one that is a minute ahead issues certificates that begin a minute from now.
    const from = utcMinute(leaf.validFromDate.getTime());
    const message = `By this computer's clock the client certificate is valid only from ${from}.`;
    return { severity: 'warning', message, hint: `The cluster may refuse it until then. ${CLOCK}`, field: 'crt' };
  }
  if (!isExpired(leaf, nowMs)) return undefined;
  const message = `The client certificate expired on ${utcMinute(leaf.validToDate.getTime())}.`;
  const hint =
    'It can no longer renew itself. Someone whose access still works can make a new one (talosctl config new); otherwise ' +
    "it takes the cluster's secrets.yaml (talosctl gen config --with-secrets) or a control-plane machine config. " +
    CLOCK;
  return { severity: 'error', message, hint, field: 'crt' };
}

/** Talos 1.12 and later accept exactly clientAuth; older ones only need it among the usages, or no list at all. */
function usageProblem(leaf: X509Certificate): Problem | undefined {
  const usages = extendedKeyUsages(leaf);
  if (usages.length === 1 && usages[0] === USAGE.clientAuth) return undefined;
  const hint = 'Make a new client certificate, for example with talosctl config new.';
  if (usages.length > 0 && !usages.includes(USAGE.clientAuth)) {
    const message = 'The certificate in crt is not a client certificate: its extended key usage lacks clientAuth.';
    return { severity: 'error', message, hint, field: 'crt' };
  }
  const found = usages.length === 0 ? 'has no extended key usage' : 'has other extended key usages beside clientAuth';
  const message = `The client certificate ${found}; Talos 1.12 and later refuse it.`;
  return { severity: 'warning', message, hint, field: 'crt' };
}

function roleProblem({ roles }: CertificateFacts): Problem | undefined {
  if (roles.length > 0) return undefined;
  const message = 'The client certificate holds no role (its subject has no Organization): every call will be refused.';
  const hint = 'Make a new one with a role, for example talosctl config new --roles os:reader.';
  return { severity: 'warning', message, hint, field: 'crt' };
}

/**
 * A warning, not an error: a cluster may accept more authorities than it hands out. Every certificate of the chain is
 * tried, since intermediates travel with the leaf.
 */
function issuerProblem(chain: readonly X509Certificate[], authorities: readonly Authority[]): Problem | undefined {
  const isIssued = chain.some((one) =>
    authorities.some(({ certificate, key }) => one.checkIssued(certificate) && one.verify(key)),
  );
  if (isIssued) return undefined;
  const known = authorities
    .map(({ certificate, fingerprint }) => `${oneLine(certificate.subject)} (${fingerprint.slice(0, 12)}…)`)
    .join('; ');
  const message =
    authorities.length === 1
      ? 'The client certificate was not issued by the CA in this context.'
      : `The client certificate was not issued by any of the ${authorities.length} CAs in this context.`;
  const issuer = oneLine((chain.at(-1) ?? chain[0])?.issuer);
  const hint =
    `It names ${issuer} as its issuer; ca holds ${known}. The cluster may refuse it: ` +
    'check that ca, crt and key come from the same talosconfig.';
  return { severity: 'warning', message, hint, field: 'crt' };
}
