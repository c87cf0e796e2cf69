import { machineConfigText } from '../machine-config-text.ts';
import { resourceType } from './resource-type.ts';

/** The machine's configuration and its secrets. */
export const configTypes = [
  resourceType({
    type: 'MachineTypes.config.talos.dev',
    namespace: 'config',
    owner: 'config.MachineTypeController',
    columns: [['Type', '{.}']],
    drafts: (node) => [{ id: 'machine-type', spec: node.role }],
  }),
  resourceType({
    type: 'MachineConfigs.config.talos.dev',
    namespace: 'config',
    owner: 'config.AcquireController',
    columns: [],
    sensitive: true,
    // With annotations the spec is a YAML string that holds the document; without, it would be the document itself.
    drafts: (node, cluster) =>
      ['v1alpha1', 'persistent'].map((id) => ({
        id,
        annotations: { 'talos.dev/encoding': 'string' },
        spec: machineConfigText(node, cluster),
      })),
  }),
  resourceType({
    type: 'OSRootSecrets.secrets.talos.dev',
    namespace: 'secrets',
    owner: 'secrets.RootOSController',
    columns: [],
    sensitive: true,
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
