import type { X509Certificate } from 'node:crypto';
import type { PlainMap } from '../plain-value.ts';
import { authoritiesOf, clientCertificateOf, isSignedBy } from './certificates.ts';
import { isUnsetValue, textOf, type KubeEntry, type Kubeconfig } from './kubeconfig.ts';

/** Another way to sign in: such a user is not the admin certificate Talos hands out, even beside a certificate. */
const OTHER_SIGN_IN = ['token', 'tokenFile', 'username', 'password', 'exec', 'auth-provider', 'as'] as const;

/** A context of the file and its user, whose certificate a newer one may replace. */
export interface Refreshable {
  readonly context: KubeEntry;
  readonly user: KubeEntry;
  readonly certificate: X509Certificate;
}

/**
 * Contexts of a cluster whose user is the same identity as the incoming one: a certificate in the file, the same subject,
 * signed by an authority of the cluster, no other way to sign in, and no context of another cluster uses it.
 */
export function refreshableUsers(
  target: Kubeconfig,
  clusterNames: ReadonlySet<string>,
  incomingCluster: PlainMap,
  incomingUser: PlainMap,
): readonly Refreshable[] {
  const subject = clientCertificateOf(incomingUser)?.subject;
  if (subject === undefined) return [];
  const authorities = [...clusterNames].flatMap((name) => {
    const cluster = target.clusters.get(name);
    return cluster ? authoritiesOf(cluster.value) : [];
  });
  authorities.push(...authoritiesOf(incomingCluster));
  const contexts = [...target.contexts.values()];
  return contexts.flatMap((context) => {
    if (!clusterNames.has(textOf(context.value.get('cluster')))) return [];
    const user = target.users.get(textOf(context.value.get('user')));
    if (!user || !isCertificateUser(user.value)) return [];
    const certificate = clientCertificateOf(user.value);
    if (!certificate || certificate.subject !== subject || !isSignedBy(certificate, authorities)) return [];
    const isShared = contexts.some(
      ({ value }) => textOf(value.get('user')) === user.name && !clusterNames.has(textOf(value.get('cluster'))),
    );
    return isShared ? [] : [{ context, user, certificate }];
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
