import type { VirtualNode } from '../virtual-node.ts';
import { resourceType } from './resource-type.ts';

/** A service that should run and does not, by name. */
const unready = (node: VirtualNode): readonly string[] =>
  node.services
    .list()
    .filter((service) => service.state !== 'Running' || service.healthy === false)
    .map((service) => service.id);

/** The machine itself: stage, services, versions. */
export const runtimeTypes = [
  resourceType({
    type: 'MachineStatuses.runtime.talos.dev',
    namespace: 'runtime',
    owner: 'runtime.MachineStatusController',
    columns: [
      ['Stage', '{.stage}'],
      ['Ready', '{.status.ready}'],
    ],
    drafts: (node) => {
      const waiting = unready(node);
      const stage = node.stage === 'rebooting' ? 'rebooting' : node.stage === 'running' ? 'running' : 'shutting down';
      return [
        {
          id: 'machine',
          spec: {
            stage,
            status: {
              ready: stage === 'running' && waiting.length === 0,
              unmetConditions:
                waiting.length === 0 ? [] : [{ name: 'services', reason: `${waiting.join(', ')} not healthy` }],
            },
          },
        },
      ];
    },
  }),
  resourceType({
    type: 'Services.v1alpha1.talos.dev',
    namespace: 'runtime',
    owner: 'v1alpha1.ServiceController',
    aliases: ['svc'],
    columns: [
      ['Running', '{.running}'],
      ['Healthy', '{.healthy}'],
      ['Health Unknown', '{.unknown}'],
    ],
    drafts: (node) =>
      node.services.list().map((service) => ({
        id: service.id,
        spec: {
          running: service.state === 'Running',
          healthy: service.healthy === true,
          unknown: service.healthy === null,
        },
      })),
  }),
  resourceType({
    type: 'BootIDs.runtime.talos.dev',
    namespace: 'runtime',
    owner: 'runtime.BootIDController',
    columns: [['Boot ID', '{.bootID}']],
    drafts: (node) => [{ id: 'boot-id', spec: { bootID: node.bootId } }],
  }),
  resourceType({
    type: 'Versions.runtime.talos.dev',
    namespace: 'runtime',
    owner: 'runtime.VersionController',
    columns: [
      ['Name', '{.name}'],
      ['Version', '{.version}'],
    ],
    drafts: (node) => [{ id: 'version', spec: { name: 'Talos', version: node.version } }],
  }),
  resourceType({
    type: 'KernelCmdlines.runtime.talos.dev',
    namespace: 'runtime',
    owner: 'runtime.KernelCmdlineController',
    aliases: ['cmdline'],
    columns: [['Cmdline', '{.cmdline}']],
    drafts: () => [
      {
        id: 'cmdline',
        spec: { cmdline: 'talos.platform=metal console=tty0 init_on_alloc=1 slab_nomerge pti=on consoleblank=0' },
      },
    ],
  }),
  resourceType({
    type: 'ExtensionStatuses.runtime.talos.dev',
    namespace: 'runtime',
    owner: 'runtime.ExtensionStatusController',
    aliases: ['extensions'],
    columns: [
      ['Name', '{.metadata.name}'],
      ['Version', '{.metadata.version}'],
    ],
    drafts: (node) =>
      node.role === 'worker'
        ? [
            {
              id: '0',
              spec: {
                image: '0.sqsh',
                metadata: { name: 'qemu-guest-agent', version: '10.2.0', author: 'Sidero Labs' },
              },
            },
          ]
        : [],
  }),
  resourceType({
    type: 'PlatformMetadatas.talos.dev',
    namespace: 'runtime',
    owner: 'network.PlatformConfigController',
    columns: [
      ['Platform', '{.platform}'],
      ['Type', '{.instanceType}'],
      ['Region', '{.region}'],
      ['Zone', '{.zone}'],
    ],
    drafts: (node) => [{ id: 'platformmetadata', spec: { platform: 'metal', hostname: node.name } }],
  }),
  resourceType({
    type: 'SecurityStates.talos.dev',
    namespace: 'runtime',
    owner: 'runtime.SecurityStateController',
    columns: [
      ['SecureBoot', '{.secureBoot}'],
      ['UKISigningKeyFingerprint', '{.ukiSigningKeyFingerprint}'],
      ['PCRSigningKeyFingerprint', '{.pcrSigningKeyFingerprint}'],
      ['SELinuxState', '{.selinuxState}'],
      ['ModuleSignatureEnforced', '{.moduleSignatureEnforced}'],
    ],
    drafts: () => [
      {
        id: 'securitystate',
        spec: { secureBoot: false, selinuxState: 'enabled, permissive', moduleSignatureEnforced: true },
      },
    ],
  }),
  resourceType({
    type: 'TimeStatuses.v1alpha1.talos.dev',
    namespace: 'runtime',
    owner: 'time.SyncController',
    columns: [['Synced', '{.synced}']],
    drafts: () => [{ id: 'node', spec: { synced: true, epoch: 0, syncDisabled: false } }],
  }),
];
