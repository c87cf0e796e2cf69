import type { X509Certificate } from 'node:crypto';
import { utcMinute } from '../lib/utc-minute.ts';
import type { PlainMap } from '../yaml/plain-value.ts';
import {
  authoritiesOf,
  clientCertificateOf,
  isSignedBy,
  NO_CERTIFICATE_FILES,
  type CertificateFiles,
} from './certificates.ts';
import { isUnsetValue, textOf, type KubeEntry, type Kubeconfig } from './kubeconfig.ts';
import { identityOf, sharesAuthority } from './same-cluster.ts';

/** Another way to sign in: such a user is not the admin certificate Talos hands out, even beside a certificate. */
const OTHER_SIGN_IN = ['token', 'tokenFile', 'username', 'password', 'exec', 'auth-provider', 'as'] as const;

/** A context of the file and its user, whose certificate a newer one may replace. */
export interface Refreshable {
  readonly context: KubeEntry;
  readonly user: KubeEntry;
  readonly certificate: X509Certificate;
}

/**
 * Contexts of a cluster whose user is the same identity as the incoming one: a client certificate, the same subject,
 * signed by an authority of the cluster, no other way to sign in, and no context of another cluster uses it.
 */
export function refreshableUsers(
  target: Kubeconfig,
  clusterNames: ReadonlySet<string>,
  incomingCluster: PlainMap,
  incomingUser: PlainMap,
  files: CertificateFiles,
): readonly Refreshable[] {
  const subject = clientCertificateOf(incomingUser, NO_CERTIFICATE_FILES)?.subject;
  if (subject === undefined) return [];
  const identity = identityOf(incomingCluster);
  // The same cluster, at whatever address it is reached.
  const isThisCluster = (name: string): boolean => {
    const cluster = target.clusters.get(name);
    return clusterNames.has(name) || (cluster !== undefined && sharesAuthority(cluster.value, identity, files));
  };
  const authorities = [...clusterNames].flatMap((name) => {
    const cluster = target.clusters.get(name);
    return cluster ? authoritiesOf(cluster.value, files) : [];
  });
  authorities.push(...authoritiesOf(incomingCluster, NO_CERTIFICATE_FILES));
  const contexts = [...target.contexts.values()];
  return contexts.flatMap((context) => {
    if (!clusterNames.has(textOf(context.value.get('cluster')))) return [];
    const user = target.users.get(textOf(context.value.get('user')));
    const certificate = user && sameIdentity(user.value, subject, authorities, files);
    if (!user || !certificate) return [];
    const isShared = contexts.some(
      ({ value }) => textOf(value.get('user')) === user.name && !isThisCluster(textOf(value.get('cluster'))),
    );
    return isShared ? [] : [{ context, user, certificate }];
  });
}

/** The user's certificate, if that is all it signs in with, for this subject and signed by one of the authorities. */
function sameIdentity(
  user: PlainMap,
  subject: string,
  authorities: readonly X509Certificate[],
  files: CertificateFiles,
): X509Certificate | undefined {
  const certificate = isCertificateUser(user) ? clientCertificateOf(user, files) : undefined;
  return certificate?.subject === subject && isSignedBy(certificate, authorities) ? certificate : undefined;
}

/** True when a user of the file is the same identity as one of the incoming ones on the incoming cluster. */
export function isIdentityOf(
  user: PlainMap,
  incomingCluster: PlainMap,
  incomingUsers: Iterable<KubeEntry>,
  files: CertificateFiles,
): boolean {
  const authorities = authoritiesOf(incomingCluster, NO_CERTIFICATE_FILES);
  return [...incomingUsers].some(({ value }) => {
    const subject = clientCertificateOf(value, NO_CERTIFICATE_FILES)?.subject;
    return subject !== undefined && sameIdentity(user, subject, authorities, files) !== undefined;
  });
}

const isCertificateUser = (user: PlainMap): boolean => OTHER_SIGN_IN.every((field) => isUnsetValue(user.get(field)));

/** The old user entry with the certificate and key of the new one; its other fields stay. */
export function refreshedUser(old: PlainMap, incoming: PlainMap): PlainMap {
  const result = new Map(old);
  for (const field of ['client-certificate', 'client-key']) {
    result.delete(field);
    const data = incoming.get(`${field}-data`);
    if (data === undefined) result.delete(`${field}-data`);
    else result.set(`${field}-data`, data);
  }
  return result;
}

/** Why a certificate that works is not given up for a fetched one, to follow its name; undefined when it may be. */
export function whyNotRenewed(old: X509Certificate, fetched: X509Certificate): string | undefined {
  if (fetched.validFromDate < old.validFromDate) return 'is newer than the fetched one';
  if (fetched.validToDate < old.validToDate)
    return `lasts longer than the fetched one, which ends ${utcMinute(fetched.validToDate.getTime())},`;
  const [has, comes] = [old, fetched].map(({ publicKey }) => publicKey.asymmetricKeyType ?? 'unknown');
  return has === comes ? undefined : `has another kind of key (${has}) than the fetched one (${comes})`;
}
