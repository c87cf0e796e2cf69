import type { PlainMap } from '../yaml/plain-value.ts';
import {
  authorityFingerprints,
  certificateFileOf,
  fingerprintsIn,
  NO_CERTIFICATE_FILES,
  type CertificateFiles,
} from './certificates.ts';
import { whatRuns } from './exec-arguments.ts';
import { isUnsetValue, parseKubeconfig, textOf } from './kubeconfig.ts';
import { refuseAsKubectl } from './refuse-as-kubectl.ts';
import { normalServer } from './same-cluster.ts';

/** How the user of a context signs in. */
export type SignIn = 'certificate' | 'token' | 'exec' | 'auth-provider' | 'basic' | 'none' | 'missing';

/** What a cluster entry says. */
export interface ClusterFacts {
  /** As written; `''` when there is no such cluster. */
  readonly server: string;
  /** As {@link normalServer} writes it. */
  readonly normalServer: string;
  /** Lower-case hex SHA-256, sorted. */
  readonly authorities: readonly string[];
  /** Path as written of the file that holds the authorities; `''` when they stand in the kubeconfig. */
  readonly authorityFile: string;
}

/** How a user entry signs in. */
export interface UserFacts {
  readonly signIn: SignIn;
  /** What kubectl runs to sign in, without secrets; `''` when nothing. */
  readonly runs: string;
  /** base64 of the client certificate's PEM. */
  readonly certificateData: string;
  /** Path as written of the file that holds the client certificate; `''` when it stands in the kubeconfig. */
  readonly certificateFile: string;
}

/** One context of a kubeconfig, without secrets; cluster and user as the same file has them. */
export interface KubeContext extends ClusterFacts, UserFacts {
  readonly name: string;
  readonly cluster: string;
  readonly user: string;
  readonly namespace: string;
}

/** What kubectl takes from one file. */
export interface KubeconfigSummary {
  readonly contexts: readonly KubeContext[];
  /** By name, also those that no context of the file refers to: contexts of other files may. */
  readonly clusters: ReadonlyMap<string, ClusterFacts>;
  readonly users: ReadonlyMap<string, UserFacts>;
  readonly currentContext: string;
  /** The line where a name appears twice in one mapping: kubectl takes the last one, and Minos does not edit it. */
  readonly repeatedLine?: number;
  readonly names: {
    readonly clusters: readonly string[];
    readonly users: readonly string[];
    readonly contexts: readonly string[];
  };
  /** What its contexts refer to, also when it stands in another file. */
  readonly references: { readonly clusters: readonly string[]; readonly users: readonly string[] };
}

/** Summarises a kubeconfig; files it names are not looked into. Throws Failed `file-invalid`. */
export function summarizeKubeconfig(text: string, file?: string): KubeconfigSummary {
  const kubeconfig = parseKubeconfig(text, file, { forReading: true });
  refuseAsKubectl(kubeconfig.yaml, file);
  const clusters = new Map([...kubeconfig.clusters].map(([name, { value }]) => [name, clusterFacts(value)]));
  const users = new Map([...kubeconfig.users].map(([name, { value }]) => [name, userFacts(value)]));
  const contexts = [...kubeconfig.contexts.values()].map(({ name, value }) => {
    const cluster = textOf(value.get('cluster'));
    const user = textOf(value.get('user'));
    const namespace = textOf(value.get('namespace'));
    return {
      name,
      cluster,
      user,
      namespace,
      ...(clusters.get(cluster) ?? NO_CLUSTER),
      ...(users.get(user) ?? NO_USER),
    };
  });
  return {
    contexts,
    clusters,
    users,
    currentContext: kubeconfig.currentContext,
    ...(kubeconfig.repeatedAt && { repeatedLine: kubeconfig.repeatedAt.line }),
    names: {
      clusters: [...kubeconfig.clusters.keys()],
      users: [...kubeconfig.users.keys()],
      contexts: [...kubeconfig.contexts.keys()],
    },
    references: {
      clusters: [...new Set(contexts.map(({ cluster }) => cluster))],
      users: [...new Set(contexts.map(({ user }) => user))],
    },
  };
}

/** What a context has whose cluster is nowhere. */
export const NO_CLUSTER: ClusterFacts = { server: '', normalServer: '', authorities: [], authorityFile: '' };
/** What a context has whose user is nowhere. */
export const NO_USER: UserFacts = { signIn: 'missing', runs: '', certificateData: '', certificateFile: '' };

/** The paths of files with certificates that clusters and users need, as written. */
export function certificateFilesOf({ clusters, users }: KubeconfigSummary): readonly string[] {
  const paths = [
    ...[...clusters.values()].map(({ authorityFile }) => authorityFile),
    ...[...users.values()].map(({ certificateFile }) => certificateFile),
  ];
  return [...new Set(paths)].filter((path) => path !== '');
}

/** A summary with what stands in the files it names; those that were not read say nothing. Pure. */
export function withCertificateFiles(summary: KubeconfigSummary, files: CertificateFiles): KubeconfigSummary {
  if (files.size === 0) return summary;
  // Each file once, however many entries name it.
  const fingerprints = new Map([...files].map(([path, pem]) => [path, fingerprintsIn(pem)]));
  const encoded = new Map([...files].map(([path, pem]) => [path, Buffer.from(pem, 'latin1').toString('base64')]));
  const withAuthorities = <T extends ClusterFacts>(one: T): T => {
    const authorities = fingerprints.get(one.authorityFile);
    return authorities === undefined ? one : { ...one, authorities };
  };
  const withCertificate = <T extends UserFacts>(one: T): T => {
    const certificateData = encoded.get(one.certificateFile);
    return certificateData === undefined ? one : { ...one, certificateData };
  };
  return {
    ...summary,
    contexts: summary.contexts.map((context) => withCertificate(withAuthorities(context))),
    clusters: new Map([...summary.clusters].map(([name, one]) => [name, withAuthorities(one)])),
    users: new Map([...summary.users].map(([name, one]) => [name, withCertificate(one)])),
  };
}

function userFacts(value: PlainMap): UserFacts {
  return {
    signIn: signInOf(value),
    runs: whatRuns(value),
    certificateData: textOf(value.get('client-certificate-data')),
    certificateFile: certificateFileOf(value, 'client-certificate'),
  };
}

function clusterFacts(value: PlainMap): ClusterFacts {
  const server = textOf(value.get('server'));
  return {
    server,
    normalServer: normalServer(server),
    authorities: authorityFingerprints(value, NO_CERTIFICATE_FILES),
    authorityFile: certificateFileOf(value, 'certificate-authority'),
  };
}

/** In the order kubectl prefers them. */
function signInOf(user: PlainMap): SignIn {
  const has = (field: string): boolean => !isUnsetValue(user.get(field)) && user.get(field) !== '';
  if (has('exec')) return 'exec';
  if (has('auth-provider')) return 'auth-provider';
  if (has('token') || has('tokenFile')) return 'token';
  if (has('client-certificate-data') || has('client-certificate')) return 'certificate';
  return has('username') ? 'basic' : 'none';
}
