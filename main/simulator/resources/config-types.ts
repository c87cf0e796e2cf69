import { machineConfigText } from '../cluster/machine-config-text.ts';
import { resources } from './resource-type.ts';

const pair = (certPem: string, keyPem: string): { readonly crt: string; readonly key: string } => ({
  crt: Buffer.from(certPem).toString('base64'),
  key: Buffer.from(keyPem).toString('base64'),
});

/** The machine's configuration and its secrets. */
export const configTypes = [
  resources({
    type: 'MachineTypes.config.talos.dev',
    owner: 'config.MachineTypeController',
    drafts: (node) => [{ id: 'machine-type', spec: node.role }],
  }),
  resources({
    type: 'MachineConfigs.config.talos.dev',
    owner: 'config.AcquireController',
    // With annotations the spec is a YAML string that holds the document; without, it would be the document itself.
    drafts: (node, cluster) =>
      (['active', 'persistent'] as const).map((which) => ({
        id: which === 'active' ? 'v1alpha1' : which,
        annotations: { 'talos.dev/encoding': 'string' },
        spec: machineConfigText(node, cluster, which),
      })),
  }),
  resources({
    type: 'ApiCertificates.secrets.talos.dev',
    owner: 'secrets.APIController',
    drafts: (node, { certificates }) => {
      const kept = certificates.keptBy(node.name);
      if (kept === undefined) return [];
      const acceptedCAs = [{ crt: Buffer.from(certificates.caPem).toString('base64') }];
      return [{ id: 'api', spec: { acceptedCAs, server: pair(kept.apid.certPem, kept.apid.keyPem) } }];
    },
  }),
  resources({
    type: 'EtcdSecrets.secrets.talos.dev',
    owner: 'secrets.EtcdController',
    drafts: (node, { certificates }) => {
      const kept = certificates.keptBy(node.name);
      if (kept === undefined || node.role === 'worker') return [];
      return [{ id: 'etcd', spec: { etcd: pair(kept.etcd.certPem, kept.etcd.keyPem) } }];
    },
  }),
  resources({
    type: 'KubernetesDynamicCerts.secrets.talos.dev',
    owner: 'secrets.KubernetesDynamicCertsController',
    drafts: (node, { certificates }) => {
      const kept = certificates.keptBy(node.name);
      if (kept === undefined || node.role === 'worker') return [];
      return [{ id: 'k8s-dynamic-certs', spec: { apiServer: pair(kept.apiServer.certPem, kept.apiServer.keyPem) } }];
    },
  }),
  resources({
    type: 'OSRootSecrets.secrets.talos.dev',
    owner: 'secrets.RootOSController',
    drafts: (node, cluster) => [
      {
        id: 'os',
        spec: {
          issuingCA: { crt: Buffer.from(cluster.certificates.caPem).toString('base64') },
          certSANIPs: [node.address],
          certSANDNSNames: [node.name],
          token: cluster.secrets.machineToken,
        },
      },
    ],
  }),
];
