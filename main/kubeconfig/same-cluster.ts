import type { PlainMap } from '../yaml/plain-value.ts';
import { authorityFingerprints, NO_CERTIFICATE_FILES, type CertificateFiles } from './certificates.ts';
import { textOf, type KubeEntry } from './kubeconfig.ts';

/** What makes a cluster the same one: where its API server is and who signs its certificates. */
export interface ClusterIdentity {
  /** As {@link normalServer} writes it. */
  readonly server: string;
  /** Further addresses known to be this cluster's, normalised. */
  readonly otherServers: readonly string[];
  /** Lower-case hex SHA-256, sorted. */
  readonly authorities: readonly string[];
}

/** A server address so that equal ones are equal texts: lower-case host, port written out, no slash at the end. */
export function normalServer(server: string): string {
  let url: URL;
  try {
    url = new URL(server.includes('://') ? server : `https://${server}`);
  } catch {
    return server.trim();
  }
  const port = url.port || (url.protocol === 'http:' ? '80' : '443');
  return `${url.protocol}//${url.hostname.toLowerCase()}:${port}${withoutSlashes(url.pathname)}`;
}

/** Step by step: `/\/+$/` looks at a row of slashes once per slash. */
function withoutSlashes(path: string): string {
  let end = path.length;
  while (path.endsWith('/', end) && end > 0) end--;
  return path.slice(0, end);
}

/** Identity of an incoming cluster entry; what a node sends names no files. */
export function identityOf(cluster: PlainMap, otherServers: readonly string[] = []): ClusterIdentity {
  return {
    server: normalServer(textOf(cluster.get('server'))),
    otherServers: otherServers.map(normalServer),
    authorities: authorityFingerprints(cluster, NO_CERTIFICATE_FILES),
  };
}

/**
 * True when an entry stands for this cluster: the same server (or another known address of it) and at least one
 * authority in common, so that a cluster whose authority is being replaced is still itself.
 */
function isSameCluster(entry: PlainMap, identity: ClusterIdentity, files: CertificateFiles): boolean {
  const server = normalServer(textOf(entry.get('server')));
  if (server !== identity.server && !identity.otherServers.includes(server)) return false;
  return sharesAuthority(entry, identity, files);
}

/** All entries that stand for this cluster; the one called `preferredName` first, then in the order of the file. */
export function sameClusters(
  clusters: ReadonlyMap<string, KubeEntry>,
  identity: ClusterIdentity,
  preferredName: string,
  files: CertificateFiles,
): readonly KubeEntry[] {
  const found = [...clusters.values()].filter(({ value }) => isSameCluster(value, identity, files));
  return found.sort((a, b) => Number(b.name === preferredName) - Number(a.name === preferredName));
}

/**
 * Entries of other addresses whose authority is this cluster's, such as a tunnel or a load balancer in front of it; the one
 * called `preferredName` first. An authority alone is no proof: whose identity stands beside it is for the caller to see.
 */
export function atOtherAddresses(
  clusters: ReadonlyMap<string, KubeEntry>,
  identity: ClusterIdentity,
  preferredName: string,
  files: CertificateFiles,
): readonly KubeEntry[] {
  const found = [...clusters.values()].filter(
    ({ value }) => !isSameCluster(value, identity, files) && sharesAuthority(value, identity, files),
  );
  return found.sort((a, b) => Number(b.name === preferredName) - Number(a.name === preferredName));
}

/** True when an entry trusts an authority of this cluster, at whatever address. */
export const sharesAuthority = (entry: PlainMap, identity: ClusterIdentity, files: CertificateFiles): boolean =>
  authorityFingerprints(entry, files).some((one) => identity.authorities.includes(one));
