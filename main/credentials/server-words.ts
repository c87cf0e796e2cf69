import { assertNever } from '../lib/assert-never.ts';
import { utcMinute } from '../lib/utc-minute.ts';
import type { PeerCertificate } from './peer-certificate.ts';
import type { TlsCause } from './tls-cause.ts';

/*
 * What is wrong with the certificate of a server: whose it is, and since or until when.
 */

/** Causes that are in the server's certificate. */
export type ServerCause = Extract<TlsCause, 'unknown-authority' | `server-${string}`>;

/** One sentence, and what to do. */
export interface ServerWords {
  readonly message: string;
  readonly hint: string;
}

/** Also said where a server refuses the client's certificate. */
export const REGENERATED =
  "the cluster's secrets may have been regenerated, or this is the talosconfig of another cluster.";

/** Words for a certificate that this context does not accept. */
export function serverCertificate(
  cause: ServerCause,
  site: { readonly endpoint: string; readonly peer?: PeerCertificate | undefined; readonly nowMs: number },
): ServerWords {
  const { endpoint, peer } = site;
  switch (cause) {
    case 'unknown-authority':
      return unknownAuthority(endpoint, peer);
    case 'server-expired':
    case 'server-not-yet-valid':
      return notValidNow(cause, site);
    case 'server-purpose':
      return {
        message: `The certificate of ${endpoint} is not made for a server.`,
        hint: 'Check that the address belongs to the Talos API.',
      };
    case 'server-name':
      return {
        message: `The certificate of ${endpoint} does not name it; it is valid for ${list(peer?.names)}.`,
        hint: 'Use one of these as the endpoint, or add this one to certSANs in the machine config.',
      };
    case 'server-invalid':
      return { message: `The certificate of ${endpoint} is not acceptable.`, hint: 'The details say why.' };
    default:
      return assertNever(cause);
  }
}

/** TLS libraries report the first certificate of the chain that is not valid now: the server's own, or its authority's. */
function notValidNow(
  cause: 'server-expired' | 'server-not-yet-valid',
  { endpoint, peer, nowMs }: { endpoint: string; peer?: PeerCertificate | undefined; nowMs: number },
): ServerWords {
  const now = `here it is ${utcMinute(nowMs)}`;
  const isExpired = cause === 'server-expired';
  const isOwn = peer === undefined || (isExpired ? !(peer.notAfterMs > nowMs) : !(peer.notBeforeMs < nowMs));
  if (!isOwn) {
    return {
      message: `The authority that issued the certificate of ${endpoint} ${isExpired ? 'has expired' : 'is not valid yet'}.`,
      hint: `If the clock of this computer is right (${now}), get a talosconfig with the cluster's new CA.`,
    };
  }
  return {
    message: isExpired
      ? `The certificate of ${endpoint} expired${on(peer?.notAfterMs)}.`
      : `The certificate of ${endpoint} is not valid yet${from(peer?.notBeforeMs)}.`,
    hint: `Talos renews it every day by itself, so a clock is likely wrong: ${now}.`,
  };
}

/** An authority that this context does not have: who it is tells what answers there. */
function unknownAuthority(endpoint: string, peer: PeerCertificate | undefined): ServerWords {
  if (peer !== undefined && isKubernetes(peer)) {
    return {
      message: `${endpoint} is a Kubernetes API server, not a Talos API: its certificate was issued by ${nameOf(peer)}.`,
      hint: 'Use a control plane as the endpoint, with the port of the Talos API (50000).',
    };
  }
  // Every Talos cluster calls its authority so, and a throw-away one of maintenance mode may have no name.
  if (peer === undefined || peer.issuer === '' || organizations(peer.issuer).includes('talos')) {
    return {
      message: `The certificate of ${endpoint} is not signed by an authority that this context trusts.`,
      hint: `${REGENERATED.charAt(0).toUpperCase()}${REGENERATED.slice(1, -1)}, or the machine is in maintenance mode.`,
    };
  }
  return {
    message: `The certificate of ${endpoint} was issued by ${nameOf(peer)}, which this context does not trust and no Talos cluster uses by itself.`,
    hint: 'Most likely a load balancer or proxy ends TLS there, and must pass it on unopened instead; or another service uses that address.',
  };
}

/** Names that only a Kubernetes API server has. */
function isKubernetes({ subject, issuer, names }: PeerCertificate): boolean {
  return (
    names.some((name) => /^kubernetes(\.default(\.svc(\..+)?)?)?$/i.test(name)) ||
    /(^|, )CN=kube-?apiserver\b/i.test(subject) ||
    /(^|, )(CN|O)=(kubernetes(-ca)?|minikubeCA|(k3s|rke2)-server-ca\b.*)(,|$)/i.test(issuer)
  );
}

const organizations = (name: string): readonly string[] =>
  name
    .split(', ')
    .filter((part) => part.startsWith('O='))
    .map((part) => part.slice(2));

/** Who issued it; names come from whoever answers, and may be long. */
function nameOf({ issuer }: PeerCertificate): string {
  if (issuer === '') return 'nobody by name';
  return issuer.length > MAX_ISSUER ? `${issuer.slice(0, MAX_ISSUER)}…` : issuer;
}

const MAX_ISSUER = 150;

const on = (timeMs: number | undefined): string => (isTime(timeMs) ? ` on ${utcMinute(timeMs)}` : '');
const from = (timeMs: number | undefined): string => (isTime(timeMs) ? `, only from ${utcMinute(timeMs)}` : '');
const isTime = (timeMs: number | undefined): timeMs is number => timeMs !== undefined && !Number.isNaN(timeMs);
const list = (names: readonly string[] | undefined): string =>
  names === undefined || names.length === 0 ? 'no name at all' : firstOf(names);

/** A certificate may have a hundred names. */
const MAX_NAMED = 20;
const firstOf = (names: readonly string[]): string =>
  names.length > MAX_NAMED
    ? `${names.slice(0, MAX_NAMED).join(', ')} and ${names.length - MAX_NAMED} more`
    : names.join(', ');
