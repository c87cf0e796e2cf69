import {
  mintAuthority,
  type KeyAlgorithm,
  type LeafUsage,
  type MintedAuthority,
  type MintedLeaf,
} from '../../credentials/mint.ts';
import type { ServerPem } from '../../credentials/server-credentials.ts';
import type { CertificateKind } from '../faults/faults.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Talos renews the certificates of its nodes every day. */
const SERVER_LIFETIME_MS = DAY_MS;

/** Life of a client certificate when nothing else is asked for. */
const CLIENT_LIFETIME_MS = 365 * DAY_MS;

/** The two authorities of a simulated cluster and what they issue. All Ed25519, as Talos's own; Kubernetes' is ECDSA. */
export interface ClusterCertificates {
  /** Authority of the Talos API, PEM. */
  readonly caPem: string;
  /** The good certificate of an endpoint: its own address is the only one in it. */
  server(address: string): Promise<ServerPem>;
  /** A certificate an endpoint may show by a fault. */
  faultyServer(address: string, kind: CertificateKind): Promise<ServerPem>;
  /** What a node in maintenance mode shows: signed by nobody the client knows. */
  maintenanceServer(address: string): Promise<ServerPem>;
  /** Certificates a node keeps, made when first asked for; none before `keepFor` has ended. */
  keptBy(node: string): KeptCertificates | undefined;
  /** Makes the certificates of a node, once for each end that the one of etcd is to have; default in a year. */
  keepFor(node: string, address: string, etcdEndsMs?: number): Promise<void>;
  /** A client's certificate; what is left out is as Talos issues it. */
  client(wish: ClientWish): Promise<MintedLeaf>;
  /** What the API server of Kubernetes shows and trusts: its own authority's. */
  kubernetesServer(address: string): Promise<ServerPem>;
  /** A fresh client certificate for Kubernetes and its authority, as the Kubeconfig call hands out. */
  kubernetesClient(): Promise<{ readonly caPem: string; readonly leaf: MintedLeaf }>;
}

/** Certificates of one node; PEM, each with its key. */
export interface KeptCertificates {
  readonly apid: MintedLeaf;
  readonly etcd: MintedLeaf;
  readonly apiServer: MintedLeaf;
}

/** What a client certificate may differ in. */
export interface ClientWish {
  /** Organization values. `[]` is a certificate that may do nothing. */
  readonly roles: readonly string[];
  /** Default a year; negative makes one that has expired. */
  readonly ttlMs?: number | undefined;
  /** Default an hour ago. */
  readonly notBeforeMs?: number | undefined;
  /** Default none, as Talos has it. */
  readonly commonName?: string | undefined;
  /** Default Ed25519, as the authority. */
  readonly keyAlgorithm?: KeyAlgorithm | undefined;
  /** Default clientAuth alone; Talos refuses anything else. */
  readonly usages?: readonly LeafUsage[] | undefined;
}

/**
 * `dnsNames` stand in the certificates of all endpoints, beside the address. Makes the Talos authority at once and the Kubernetes one when first needed. About 10 ms.
 */
export async function createCertificates(dnsNames: readonly string[] = []): Promise<ClusterCertificates> {
  const authority = await mintAuthority('talos');
  let kubernetes: Promise<MintedAuthority> | null = null;
  const kept = new Map<string, KeptCertificates>();
  const keeping = new Map<string, { readonly etcdEndsMs: number | undefined; readonly made: Promise<void> }>();

  async function keep(node: string, address: string, etcdEndsMs = Date.now() + CLIENT_LIFETIME_MS): Promise<void> {
    kubernetes ??= mintAuthority('kubernetes', { keyAlgorithm: 'ecdsa' });
    const issuer = await kubernetes;
    const from = { notBeforeMs: Date.now() - HOUR_MS, ipAddresses: [address], eku: 'serverAuth' } as const;
    const yearLater = { ...from, notAfterMs: Date.now() + CLIENT_LIFETIME_MS };
    const apid = await authority.issue({ ...from, commonName: node, notAfterMs: Date.now() + SERVER_LIFETIME_MS });
    const etcd = await authority.issue({
      ...{ ...yearLater, commonName: node },
      notBeforeMs: etcdEndsMs - CLIENT_LIFETIME_MS - HOUR_MS,
      notAfterMs: etcdEndsMs,
    });
    const apiServer = await issuer.issue({ ...yearLater, commonName: 'kube-apiserver', keyAlgorithm: 'ecdsa' });
    kept.set(node, { apid, etcd, apiServer });
  }

  async function serverFrom(
    issuer: MintedAuthority,
    address: string,
    from = Date.now() - HOUR_MS,
    lifetimeMs = SERVER_LIFETIME_MS,
  ): Promise<ServerPem> {
    const leaf = await issuer.issue({
      eku: 'serverAuth',
      ipAddresses: [address],
      dnsNames,
      notBeforeMs: from,
      notAfterMs: from + lifetimeMs,
    });
    return { ca: authority.certPem, cert: leaf.certPem, key: leaf.keyPem };
  }

  async function faultyServer(address: string, kind: CertificateKind): Promise<ServerPem> {
    switch (kind) {
      case 'expired':
        return serverFrom(authority, address, Date.now() - 2 * DAY_MS);
      case 'not-yet-valid':
        return serverFrom(authority, address, Date.now() + HOUR_MS);
      case 'foreign-authority':
        return serverFrom(await mintAuthority('talos'), address);
      case 'wrong-address':
        return serverFrom(authority, '192.0.2.1');
      case 'renewed':
        return serverFrom(authority, address);
      case 'ending':
        return serverFrom(authority, address, Date.now() - HOUR_MS, HOUR_MS + HOUR_MS / 3);
    }
  }

  return {
    caPem: authority.certPem,
    server: (address) => serverFrom(authority, address),
    faultyServer,
    maintenanceServer: async (address) => serverFrom(await mintAuthority('talos'), address),
    client: ({ roles, ttlMs = CLIENT_LIFETIME_MS, notBeforeMs, usages, commonName, keyAlgorithm }) =>
      authority.issue({
        organizations: roles,
        notAfterMs: Date.now() + ttlMs,
        ...(notBeforeMs === undefined ? {} : { notBeforeMs }),
        ...(usages === undefined ? {} : { eku: usages }),
        ...(commonName === undefined ? {} : { commonName }),
        ...(keyAlgorithm === undefined ? {} : { keyAlgorithm }),
      }),
    keptBy: (node) => kept.get(node),
    keepFor(node, address, etcdEndsMs) {
      // Asked for by many calls at once, and made once.
      const known = keeping.get(node);
      if (known !== undefined && known.etcdEndsMs === etcdEndsMs) return known.made;
      const made = keep(node, address, etcdEndsMs);
      keeping.set(node, { etcdEndsMs, made });
      return made;
    },
    async kubernetesServer(address) {
      kubernetes ??= mintAuthority('kubernetes', { keyAlgorithm: 'ecdsa' });
      const issuer = await kubernetes;
      const leaf = await issuer.issue({
        ...{ commonName: 'kube-apiserver', keyAlgorithm: 'ecdsa', eku: 'serverAuth', ipAddresses: [address] },
        notAfterMs: Date.now() + CLIENT_LIFETIME_MS,
      });
      return { ca: issuer.certPem, cert: leaf.certPem, key: leaf.keyPem };
    },
    async kubernetesClient() {
      kubernetes ??= mintAuthority('kubernetes', { keyAlgorithm: 'ecdsa' });
      const issuer = await kubernetes;
      const leaf = await issuer.issue({
        commonName: 'admin',
        organizations: ['system:masters'],
        keyAlgorithm: 'ecdsa',
        notBeforeMs: Date.now() - 10_000,
        notAfterMs: Date.now() + CLIENT_LIFETIME_MS,
      });
      return { caPem: issuer.certPem, leaf };
    },
  };
}
