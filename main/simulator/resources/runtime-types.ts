import type { VirtualNode } from '../node/virtual-node.ts';
import { resources } from './resource-type.ts';

/** The schematic of an image factory that the machines with extensions were made from; made up. */
const SCHEMATIC = 'b7d0c1f2a3948576e1f00d2c4b6a8e9753102468ace013579bdf2468ace01357';

/** A service that should run and does not, by name. */
const unready = (node: VirtualNode): readonly string[] =>
  node.services
    .list()
    .filter((service) => service.state !== 'Running' || service.healthy === false)
    .map((service) => service.id);

/** As the resource writes them; one that is off tells nothing. */
const STAGES = {
  ...{ running: 'running', rebooting: 'rebooting', resetting: 'resetting' },
  ...{ 'shutting-down': 'shutting down', off: 'shutting down' },
} as const;

/** The machine itself: stage, services, versions. */
export const runtimeTypes = [
  resources({
    type: 'MachineStatuses.runtime.talos.dev',
    owner: 'runtime.MachineStatusController',
    drafts: (node) => {
      const waiting = unready(node);
      const isBooting = node.stage === 'running' && node.ills.isBootingStill === true;
      const stage = isBooting ? 'booting' : STAGES[node.stage];
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
  resources({
    type: 'Services.v1alpha1.talos.dev',
    owner: 'v1alpha1.ServiceController',
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
  resources({
    type: 'Diagnostics.runtime.talos.dev',
    owner: 'runtime.DiagnosticsController',
    drafts: (node) =>
      (node.ills.diagnostics ?? []).map(({ id, message, details = [] }) => ({ id, spec: { message, details } })),
  }),
  resources({
    type: 'MetaKeys.runtime.talos.dev',
    owner: 'runtime.MetaController',
    drafts: ({ ills: { stagedUpgrade }, machine: { meta } }) =>
      [...new Map([...meta, ...(stagedUpgrade === undefined ? [] : [[7, stagedUpgrade] as const])])].map(
        ([key, value]) => ({ id: `0x${key.toString(16).padStart(2, '0')}`, spec: { value } }),
      ),
  }),
  resources({
    type: 'BootIDs.runtime.talos.dev',
    owner: 'runtime.BootIDController',
    drafts: (node) => [{ id: 'boot-id', spec: { bootID: node.bootId } }],
  }),
  resources({
    type: 'Versions.runtime.talos.dev',
    owner: 'runtime.VersionController',
    drafts: (node) => [{ id: 'version', spec: { name: 'Talos', version: node.version } }],
  }),
  resources({
    type: 'KernelCmdlines.runtime.talos.dev',
    owner: 'runtime.KernelCmdlineController',
    drafts: () => [
      {
        id: 'cmdline',
        spec: { cmdline: 'talos.platform=metal console=tty0 init_on_alloc=1 slab_nomerge pti=on consoleblank=0' },
      },
    ],
  }),
  resources({
    type: 'ExtensionStatuses.runtime.talos.dev',
    owner: 'runtime.ExtensionStatusController',
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
            {
              id: '1',
              spec: { image: '1.sqsh', metadata: { name: 'schematic', version: SCHEMATIC, author: 'Image Factory' } },
            },
          ]
        : [],
  }),
  resources({
    type: 'PlatformMetadatas.talos.dev',
    owner: 'network.PlatformConfigController',
    drafts: (node) => [{ id: 'platformmetadata', spec: { platform: 'metal', hostname: node.name } }],
  }),
  resources({
    type: 'SecurityStates.talos.dev',
    owner: 'runtime.SecurityStateController',
    drafts: () => [
      {
        id: 'securitystate',
        spec: { secureBoot: false, selinuxState: 'enabled, permissive', moduleSignatureEnforced: true },
      },
    ],
  }),
  resources({
    type: 'TimeStatuses.v1alpha1.talos.dev',
    owner: 'time.SyncController',
    drafts: (node) => [
      { id: 'node', spec: { synced: node.fault?.kind !== 'no-time-server', epoch: 0, syncDisabled: false } },
    ],
  }),
];
