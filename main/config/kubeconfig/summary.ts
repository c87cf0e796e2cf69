import { authorityFingerprints } from './certificates.ts';
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
  /** Lower-case hex SHA-256, sorted; empty when the authority stands in another file. */
  readonly authorities: readonly string[];
  readonly signIn: SignIn;
  /** base64 of the client certificate's PEM, if it stands in the file. */
  readonly certificateData: string;
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

/** Summarises a kubeconfig. Throws Failed `file-invalid`. */
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
      ...(clusters.get(cluster) ?? { server: '', normalServer: '', authorities: [] }),
      signIn: signInOf(userEntry),
      certificateData: userEntry ? textOf(userEntry.value.get('client-certificate-data')) : '',
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

function clusterFacts(value: KubeEntry['value']): Pick<KubeContext, 'server' | 'normalServer' | 'authorities'> {
  const server = textOf(value.get('server'));
  return { server, normalServer: normalServer(server), authorities: authorityFingerprints(value) };
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
