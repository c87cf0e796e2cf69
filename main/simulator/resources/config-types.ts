import { machineConfigText } from '../cluster/machine-config-text.ts';
import { resources } from './resource-type.ts';

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
      ['v1alpha1', 'persistent'].map((id) => ({
        id,
        annotations: { 'talos.dev/encoding': 'string' },
        spec: machineConfigText(node, cluster),
      })),
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
