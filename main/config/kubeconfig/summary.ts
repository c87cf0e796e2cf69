import {
  authorityFingerprints,
  certificateFileOf,
  fingerprintsIn,
  NO_CERTIFICATE_FILES,
  type CertificateFiles,
} from './certificates.ts';
import { whatRuns } from './exec-arguments.ts';
import { isUnsetValue, parseKubeconfig, textOf, type KubeEntry } from './kubeconfig.ts';
import { normalServer } from './same-cluster.ts';

/** How the user of a context signs in. */
export type SignIn = 'certificate' | 'token' | 'exec' | 'auth-provider' | 'basic' | 'none' | 'missing';

/** One context of a kubeconfig, without secrets. */
export interface KubeContext {
  readonly name: string;
  readonly cluster: string;
  readonly user: string;
  readonly namespace: string;
  /** As written; `''` when the cluster is not in the file. */
  readonly server: string;
  /** As {@link normalServer} writes it. */
  readonly normalServer: string;
  /** Lower-case hex SHA-256, sorted. */
  readonly authorities: readonly string[];
  /** Path as written of the file that holds the authorities; `''` when they stand in the kubeconfig. */
  readonly authorityFile: string;
  readonly signIn: SignIn;
  /** What kubectl runs to sign in, without secrets; `''` when nothing. */
  readonly runs: string;
  /** base64 of the client certificate's PEM. */
  readonly certificateData: string;
  /** Path as written of the file that holds the client certificate; `''` when it stands in the kubeconfig. */
  readonly certificateFile: string;
}

/** What kubectl takes from one file. */
export interface KubeconfigSummary {
  readonly contexts: readonly KubeContext[];
  readonly currentContext: string;
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
  const kubeconfig = parseKubeconfig(text, file);
  const clusters = new Map([...kubeconfig.clusters].map(([name, { value }]) => [name, clusterFacts(value)]));
  const contexts = [...kubeconfig.contexts.values()].map(({ name, value }) => {
    const cluster = textOf(value.get('cluster'));
    const user = textOf(value.get('user'));
    const userEntry = kubeconfig.users.get(user);
    const namespace = textOf(value.get('namespace'));
    return {
      name,
      cluster,
      user,
      namespace,
      ...(clusters.get(cluster) ?? { server: '', normalServer: '', authorities: [], authorityFile: '' }),
      signIn: signInOf(userEntry),
      runs: userEntry ? whatRuns(userEntry.value) : '',
      certificateData: userEntry ? textOf(userEntry.value.get('client-certificate-data')) : '',
      certificateFile: userEntry ? certificateFileOf(userEntry.value, 'client-certificate') : '',
    };
  });
  return {
    contexts,
    currentContext: kubeconfig.currentContext,
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

/** The paths of files with certificates that contexts need, as written. */
export function certificateFilesOf({ contexts }: KubeconfigSummary): readonly string[] {
  const paths = contexts.flatMap(({ authorityFile, certificateFile }) => [authorityFile, certificateFile]);
  return [...new Set(paths)].filter((path) => path !== '');
}

/** A summary with what stands in the files it names; those that were not read say nothing. Pure. */
export function withCertificateFiles(summary: KubeconfigSummary, files: CertificateFiles): KubeconfigSummary {
  if (files.size === 0) return summary;
  // Each file once, however many contexts name it.
  const fingerprints = new Map([...files].map(([path, pem]) => [path, fingerprintsIn(pem)]));
  const encoded = new Map([...files].map(([path, pem]) => [path, Buffer.from(pem, 'latin1').toString('base64')]));
  const contexts = summary.contexts.map((context) => {
    const authorities = fingerprints.get(context.authorityFile);
    const certificate = encoded.get(context.certificateFile);
    return {
      ...context,
      ...(authorities !== undefined && { authorities }),
      ...(certificate !== undefined && { certificateData: certificate }),
    };
  });
  return { ...summary, contexts };
}

function clusterFacts(
  value: KubeEntry['value'],
): Pick<KubeContext, 'server' | 'normalServer' | 'authorities' | 'authorityFile'> {
  const server = textOf(value.get('server'));
  return {
    server,
    normalServer: normalServer(server),
    authorities: authorityFingerprints(value, NO_CERTIFICATE_FILES),
    authorityFile: certificateFileOf(value, 'certificate-authority'),
  };
}

/** In the order kubectl prefers them. */
function signInOf(user: KubeEntry | undefined): SignIn {
  if (!user) return 'missing';
  const has = (field: string): boolean => !isUnsetValue(user.value.get(field)) && user.value.get(field) !== '';
  if (has('exec')) return 'exec';
  if (has('auth-provider')) return 'auth-provider';
  if (has('token') || has('tokenFile')) return 'token';
  if (has('client-certificate-data') || has('client-certificate')) return 'certificate';
  return has('username') ? 'basic' : 'none';
}
