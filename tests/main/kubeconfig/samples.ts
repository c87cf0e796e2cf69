import { mintAuthority, type KeyAlgorithm, type MintedAuthority } from '../../../main/credentials/mint.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const HOUR_MS = 3_600_000;

/** A Kubernetes cluster of Talos that hands out kubeconfigs. */
export interface SampleCluster {
  readonly name: string;
  readonly server: string;
  readonly authority: MintedAuthority;
  readonly caData: string;
  /** Text as the node sends it; a new certificate each time. */
  fetch(options?: FetchOptions): Promise<string>;
  user(options?: FetchOptions): Promise<{ certData: string; keyData: string }>;
}

interface FetchOptions {
  readonly notBeforeMs?: number;
  /** Default a year later. */
  readonly notAfterMs?: number;
  readonly keyAlgorithm?: KeyAlgorithm;
  readonly commonName?: string;
  /** Further authorities, as during a rotation. */
  readonly moreCas?: readonly string[];
}

export async function sampleCluster(
  name: string,
  server = `https://${name}.example:6443`,
  keyAlgorithm: KeyAlgorithm = 'ecdsa',
  authority?: MintedAuthority,
): Promise<SampleCluster> {
  const ca = authority ?? (await mintAuthority('kubernetes', { keyAlgorithm }));
  const user = async ({ notBeforeMs, notAfterMs, commonName = 'admin', ...more }: FetchOptions = {}) => {
    const leaf = await ca.issue({
      commonName,
      organizations: ['system:masters'],
      keyAlgorithm: more.keyAlgorithm ?? keyAlgorithm,
      ...(notBeforeMs === undefined ? {} : { notBeforeMs, notAfterMs: notAfterMs ?? notBeforeMs + 365 * 24 * HOUR_MS }),
    });
    return { certData: base64(leaf.certPem), keyData: base64(leaf.keyPem) };
  };
  return {
    name,
    server,
    authority: ca,
    caData: base64(ca.certPem),
    user,
    fetch: async (options = {}) => {
      const { certData, keyData } = await user(options);
      const cas = base64([ca.certPem, ...(options.moreCas ?? [])].join(''));
      return kubeconfigText(name, server, cas, certData, keyData);
    },
  };
}

/** One cluster, one user, one context, written as Talos writes it. */
export function kubeconfigText(
  name: string,
  server: string,
  caData: string,
  certData: string,
  keyData: string,
): string {
  return `apiVersion: v1
kind: Config
clusters:
- name: ${name}
  cluster:
    server: ${server}
    certificate-authority-data: ${caData}
users:
- name: admin@${name}
  user:
    client-certificate-data: ${certData}
    client-key-data: ${keyData}
contexts:
- context:
    cluster: ${name}
    namespace: default
    user: admin@${name}
  name: admin@${name}
current-context: admin@${name}
`;
}

/** What stands in a kubeconfig that is no cluster of Talos: every kind of sign-in, comments, extensions. */
export const OTHERS = `# kept by hand
apiVersion: v1
kind: Config
preferences:
  colors: true # keep
clusters:
# the company's
- name: corp
  cluster:
    server: https://corp.example # behind the VPN
    certificate-authority: /etc/corp/ca.pem
    proxy-url: socks5://127.0.0.1:1080
    extensions:
    - name: x
      extension: {provider: corp, 'odd key': "1.10"}

- cluster: {server: "https://10.0.0.1:6443", insecure-skip-tls-verify: true}
  name: "010"
users:
- name: corp-oidc
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1
      command: kubelogin
      args: [get-token, --secret=hunter2hunter2]
      env:
      - name: TOKEN
        value: S3cr3tS3cr3t
      interactiveMode: IfAvailable
- name: robot
  user:
    token: eyJhbGciOiJSUzI1NiJ9.payload.signature # rotate in May
- name: old
  user:
    auth-provider:
      name: oidc
      config:
        id-token: verysecrettoken
contexts:
- name: corp
  context:
    cluster: corp
    user: corp-oidc
    namespace: 'team-a' # mine
- context: {cluster: "010", user: robot}
  name: lab
current-context: corp
# the end
`;
