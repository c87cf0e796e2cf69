/** What the facts say elsewhere than in their list of fields, and what was decided by reading them (SPEC-2 F6, F7). */

/** Types that the facts write as a shorthand, and their fields. */
export const SHORTHAND: Readonly<
  Record<string, { readonly id: string; readonly fields: Readonly<Record<string, object>> }>
> = {
  '{crt,key: base64 of PEM}': {
    id: 'pem.CertificateAndKey',
    fields: { crt: { type: 'base64', written: true }, key: { type: 'base64', written: true, secret: true } },
  },
  '{crt: base64 of PEM}': { id: 'pem.Certificate', fields: { crt: { type: 'base64', written: true } } },
  '{key: base64 of PEM}': { id: 'pem.Key', fields: { key: { type: 'base64', written: true, secret: true } } },
  '{containerID,hostID,size: uint}': {
    id: 'oci.IDMapping',
    fields: { containerID: { type: 'uint' }, hostID: { type: 'uint' }, size: { type: 'uint' } },
  },
  '{} (empty map)': { id: 'Empty', fields: {} },
};

/** Fields that hold a secret, as `type.field`: the list of SPEC-2 F7, and headers. Keys of certificates are in their shorthand. */
export const SECRET_FIELDS: ReadonlySet<string> = new Set([
  'v1alpha1.MachineConfig.token',
  'v1alpha1.ClusterConfig.token',
  'v1alpha1.ClusterConfig.secret',
  'v1alpha1.ClusterConfig.aescbcEncryptionSecret',
  'v1alpha1.ClusterConfig.secretboxEncryptionSecret',
  'v1alpha1.RegistryAuthConfig.password',
  'v1alpha1.RegistryAuthConfig.auth',
  'v1alpha1.RegistryAuthConfig.identityToken',
  'v1alpha1.DeviceWireguardConfig.privateKey',
  'v1alpha1.VIPEquinixMetalConfig.apiToken',
  'v1alpha1.VIPHCloudConfig.apiToken',
  'v1alpha1.EncryptionKeyStatic.passphrase',
  'block.EncryptionKeyStatic.passphrase',
  'cluster.DiscoveryIdentityConfigV1Alpha1.clusterSecret',
  'cri.RegistryAuthConfigV1Alpha1.password',
  'cri.RegistryAuthConfigV1Alpha1.auth',
  'cri.RegistryAuthConfigV1Alpha1.identityToken',
  'k8s.IssuerServiceAccountConfig.privateKey',
  'meta.CertificateAndKey.key',
  'network.HCloudVIPConfigV1Alpha1.apiToken',
  'network.WireguardConfigV1Alpha1.privateKey',
  'network.WireguardPeer.presharedKey',
  // The address holds the join token, the other is one.
  'siderolink.ConfigV1Alpha1.apiUrl',
  'siderolink.ConfigV1Alpha1.uniqueToken',
  // Talos shows them, but they are there to sign in where manifests are fetched.
  'v1alpha1.ClusterConfig.extraManifestHeaders',
  'k8s.KubeExternalManifestConfigV1Alpha1.headers',
  // Free form; every `secret` inside, and nothing else of it is worth reading.
  'k8s.KubeEtcdEncryptionConfigV1Alpha1.config',
]);

/** Words of an enum that are the number 0 there: a patch cannot set them over another word. */
export const WORDS_OF_ZERO: Readonly<Record<string, string>> = {
  'nethelpers.DNSProtocol': 'Do53',
  'nethelpers.DefaultAction': 'accept',
  'nethelpers.RoutingRuleAction': 'unspec',
  'nethelpers.RoutingTable': 'unspec',
  'storageres.LVMLogicalVolumeType': 'linear',
};

/** Fields by which lists are matched, where the facts name the field of the program instead of the one of the document. */
export const WITH_ITS_KEY: Readonly<Record<string, string>> = { imagePattern: 'image' };
