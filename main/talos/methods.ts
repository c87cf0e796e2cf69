import type { MethodClass } from '../pool/calls/retry.ts';
import type { MethodPath } from './method-types.ts';

/** How many messages each side sends. */
export type MethodKind = 'unary' | 'server' | 'client' | 'bidi';

/** A role in a client certificate's Organization (docs/talos-behaviour.md §5.10). */
export type TalosRole =
  'os:admin' | 'os:operator' | 'os:reader' | 'os:etcd:backup' | 'os:image:verifier' | 'os:meta:writer';

/** What is known about a method before calling it. */
export interface TalosMethod {
  readonly kind: MethodKind;
  readonly safety: MethodClass;
  /** Any one suffices. Empty: the method does not look at roles (sign-in). */
  readonly roles: readonly TalosRole[];
  /**
   * May bring more than a window of calls holds (files, snapshots, packets): it gets a connection of its own with a large
   * window, fast over long lines and in nobody's way. A kubeconfig or a kernel log is some kilobytes and stays with the calls.
   */
  readonly bulk?: true;
  /** Hands something out, such as a certificate, and changes nothing on the node: it is called like a read. */
  readonly issues?: true;
}

const ADMIN: readonly TalosRole[] = ['os:admin'];
const OPERATOR: readonly TalosRole[] = ['os:admin', 'os:operator'];
const READER: readonly TalosRole[] = ['os:admin', 'os:operator', 'os:reader'];
const ETCD_READER: readonly TalosRole[] = ['os:admin', 'os:operator', 'os:reader', 'os:etcd:backup'];
const ETCD_BACKUP: readonly TalosRole[] = ['os:admin', 'os:operator', 'os:etcd:backup'];
const META_WRITER: readonly TalosRole[] = ['os:admin', 'os:meta:writer'];
const IMAGE_VERIFIER: readonly TalosRole[] = ['os:admin', 'os:operator', 'os:reader', 'os:image:verifier'];
const NO_ROLE: readonly TalosRole[] = [];

/**
 * Every method of proto/, by its full path. Roles follow docs/talos-behaviour.md §1.4. Where the server also accepts
 * `os:reader` only in maintenance mode (applying a configuration, wiping, LVM, MD), this table says admin: that is what a
 * running node demands.
 */
const TABLE = {
  // What a node is and does.
  '/machine.MachineService/Version': { kind: 'unary', safety: 'read', roles: READER },
  '/machine.MachineService/Hostname': { kind: 'unary', safety: 'read', roles: READER },
  '/machine.MachineService/LoadAvg': { kind: 'unary', safety: 'read', roles: READER },
  '/machine.MachineService/SystemStat': { kind: 'unary', safety: 'read', roles: READER },
  '/machine.MachineService/CPUInfo': { kind: 'unary', safety: 'read', roles: READER },
  '/machine.MachineService/CPUFreqStats': { kind: 'unary', safety: 'read', roles: READER },
  '/machine.MachineService/Memory': { kind: 'unary', safety: 'read', roles: READER },
  '/machine.MachineService/DiskStats': { kind: 'unary', safety: 'read', roles: READER },
  '/machine.MachineService/NetworkDeviceStats': { kind: 'unary', safety: 'read', roles: READER },
  '/machine.MachineService/Netstat': { kind: 'unary', safety: 'read', roles: READER },
  '/machine.MachineService/Mounts': { kind: 'unary', safety: 'read', roles: READER },
  '/machine.MachineService/Processes': { kind: 'unary', safety: 'read', roles: READER },
  '/machine.MachineService/Containers': { kind: 'unary', safety: 'read', roles: READER },
  '/machine.MachineService/Stats': { kind: 'unary', safety: 'read', roles: READER },
  '/machine.MachineService/ServiceList': { kind: 'unary', safety: 'read', roles: READER },
  '/machine.MachineService/Events': { kind: 'server', safety: 'read', roles: READER },
  '/machine.MachineService/Logs': { kind: 'server', safety: 'read', roles: READER },
  '/machine.MachineService/LogsContainers': { kind: 'unary', safety: 'read', roles: READER },
  '/machine.MachineService/Dmesg': { kind: 'server', safety: 'read', roles: READER },
  '/machine.MachineService/PacketCapture': { kind: 'server', safety: 'read', roles: OPERATOR, bulk: true },
  '/machine.MachineService/List': { kind: 'server', safety: 'read', roles: READER },
  '/machine.MachineService/DiskUsage': { kind: 'server', safety: 'read', roles: READER },
  '/machine.MachineService/Read': { kind: 'server', safety: 'read', roles: ADMIN, bulk: true },
  '/machine.MachineService/Copy': { kind: 'server', safety: 'read', roles: ADMIN, bulk: true },

  // Each call issues a new certificate, and nothing on the node changes.
  '/machine.MachineService/Kubeconfig': { kind: 'server', safety: 'idempotent', roles: ADMIN, issues: true },
  '/machine.MachineService/GenerateClientConfiguration': {
    kind: 'unary',
    safety: 'idempotent',
    roles: ADMIN,
    issues: true,
  },

  // Changes of a node's state.
  '/machine.MachineService/ApplyConfiguration': { kind: 'unary', safety: 'once', roles: ADMIN },
  '/machine.MachineService/Bootstrap': { kind: 'unary', safety: 'once', roles: ADMIN },
  '/machine.MachineService/Reboot': { kind: 'unary', safety: 'once', roles: OPERATOR },
  '/machine.MachineService/Shutdown': { kind: 'unary', safety: 'once', roles: OPERATOR },
  '/machine.MachineService/Reset': { kind: 'unary', safety: 'once', roles: ADMIN },
  '/machine.MachineService/Rollback': { kind: 'unary', safety: 'once', roles: ADMIN },
  '/machine.MachineService/Upgrade': { kind: 'unary', safety: 'once', roles: ADMIN },
  '/machine.MachineService/Restart': { kind: 'unary', safety: 'once', roles: OPERATOR },
  // Starting or stopping twice would undo what somebody did in between.
  '/machine.MachineService/ServiceStart': { kind: 'unary', safety: 'once', roles: OPERATOR },
  '/machine.MachineService/ServiceStop': { kind: 'unary', safety: 'once', roles: OPERATOR },
  '/machine.MachineService/ServiceRestart': { kind: 'unary', safety: 'once', roles: OPERATOR },
  '/machine.MachineService/MetaWrite': { kind: 'unary', safety: 'once', roles: META_WRITER },
  // The second delete answers NotFound.
  '/machine.MachineService/MetaDelete': { kind: 'unary', safety: 'once', roles: META_WRITER },

  // Etcd.
  '/machine.MachineService/EtcdMemberList': { kind: 'unary', safety: 'read', roles: ETCD_READER },
  '/machine.MachineService/EtcdStatus': { kind: 'unary', safety: 'read', roles: ETCD_READER },
  '/machine.MachineService/EtcdAlarmList': { kind: 'unary', safety: 'read', roles: ETCD_READER },
  '/machine.MachineService/EtcdSnapshot': { kind: 'server', safety: 'read', roles: ETCD_BACKUP, bulk: true },
  '/machine.MachineService/EtcdDowngradeValidate': { kind: 'unary', safety: 'read', roles: ADMIN },
  '/machine.MachineService/EtcdDowngradeEnable': { kind: 'unary', safety: 'once', roles: ADMIN },
  '/machine.MachineService/EtcdDowngradeCancel': { kind: 'unary', safety: 'once', roles: ADMIN },
  // A second disarm could clear an alarm raised after the first; a second defragmentation blocks the member again.
  '/machine.MachineService/EtcdAlarmDisarm': { kind: 'unary', safety: 'once', roles: OPERATOR },
  '/machine.MachineService/EtcdDefragment': { kind: 'unary', safety: 'once', roles: OPERATOR },
  '/machine.MachineService/EtcdForfeitLeadership': { kind: 'unary', safety: 'once', roles: ADMIN },
  '/machine.MachineService/EtcdLeaveCluster': { kind: 'unary', safety: 'once', roles: ADMIN },
  '/machine.MachineService/EtcdRemoveMemberByID': { kind: 'unary', safety: 'once', roles: ADMIN },
  '/machine.MachineService/EtcdRecover': { kind: 'client', safety: 'once', roles: ADMIN },

  // Images. Pulling what is there already ends at once.
  '/machine.MachineService/ImageList': { kind: 'server', safety: 'read', roles: READER },
  '/machine.MachineService/ImagePull': { kind: 'unary', safety: 'idempotent', roles: OPERATOR },
  '/machine.ImageService/List': { kind: 'server', safety: 'read', roles: READER },
  '/machine.ImageService/Pull': { kind: 'server', safety: 'idempotent', roles: OPERATOR },
  '/machine.ImageService/Import': { kind: 'client', safety: 'once', roles: ADMIN },
  '/machine.ImageService/Remove': { kind: 'unary', safety: 'once', roles: ADMIN },
  '/machine.ImageService/Verify': { kind: 'unary', safety: 'read', roles: IMAGE_VERIFIER },

  '/machine.LifecycleService/Install': { kind: 'server', safety: 'once', roles: ADMIN },
  '/machine.LifecycleService/Upgrade': { kind: 'server', safety: 'once', roles: ADMIN },
  '/machine.DebugService/ContainerRun': { kind: 'bidi', safety: 'once', roles: ADMIN },

  // Disks.
  '/machine.StorageService/Statfs': { kind: 'unary', safety: 'read', roles: READER },
  '/storage.StorageService/Disks': { kind: 'unary', safety: 'read', roles: READER },
  '/storage.StorageService/BlockDeviceWipe': { kind: 'unary', safety: 'once', roles: ADMIN },
  '/machine.LVMService/LogicalVolumeRemove': { kind: 'unary', safety: 'once', roles: ADMIN },
  '/machine.LVMService/VolumeGroupRemove': { kind: 'unary', safety: 'once', roles: ADMIN },
  '/machine.LVMService/PhysicalVolumeRemove': { kind: 'unary', safety: 'once', roles: ADMIN },
  '/machine.MDService/Destroy': { kind: 'unary', safety: 'once', roles: ADMIN },

  '/cluster.ClusterService/HealthCheck': { kind: 'server', safety: 'read', roles: READER },
  '/inspect.InspectService/ControllerRuntimeDependencies': { kind: 'unary', safety: 'read', roles: READER },
  '/time.TimeService/Time': { kind: 'unary', safety: 'read', roles: READER },
  '/time.TimeService/TimeCheck': { kind: 'unary', safety: 'read', roles: READER },

  // Resources. The node refuses every write whatever the role; they are here because the API has them.
  '/cosi.resource.State/Get': { kind: 'unary', safety: 'read', roles: READER },
  '/cosi.resource.State/List': { kind: 'server', safety: 'read', roles: READER },
  '/cosi.resource.State/Watch': { kind: 'server', safety: 'read', roles: READER },
  '/cosi.resource.State/Create': { kind: 'unary', safety: 'once', roles: ADMIN },
  '/cosi.resource.State/Update': { kind: 'unary', safety: 'once', roles: ADMIN },
  '/cosi.resource.State/Destroy': { kind: 'unary', safety: 'once', roles: ADMIN },
  '/cosi.resource.State/Teardown': { kind: 'unary', safety: 'once', roles: ADMIN },
  '/cosi.resource.State/TeardownAndDestroy': { kind: 'unary', safety: 'once', roles: ADMIN },

  // Sign-in at Omni, not on a node.
  '/auth.AuthService/RegisterPublicKey': { kind: 'unary', safety: 'once', roles: NO_ROLE },
  '/auth.AuthService/AwaitPublicKeyConfirmation': { kind: 'unary', safety: 'read', roles: NO_ROLE },
  '/auth.AuthService/ConfirmPublicKey': { kind: 'unary', safety: 'once', roles: NO_ROLE },
  '/auth.AuthService/RevokePublicKey': { kind: 'unary', safety: 'once', roles: NO_ROLE },
} as const satisfies Readonly<Record<MethodPath, TalosMethod>>;

/** What is known about every method of proto/, by its full path. */
export const METHODS: Readonly<Record<MethodPath, TalosMethod>> = TABLE;

type Table = typeof TABLE;

/** Methods of these kinds that are called without a permit: they read, or hand something out. */
export type ReadPath<K extends MethodKind = MethodKind> = {
  [P in keyof Table]: Table[P] extends { readonly kind: K } & ({ readonly safety: 'read' } | { readonly issues: true })
    ? P
    : never;
}[keyof Table];

/** Methods of these kinds that change something on a node or beside it: none is called without a permit. */
export type ChangePath<K extends MethodKind = MethodKind> = {
  [P in keyof Table]: P extends ReadPath ? never : Table[P] extends { readonly kind: K } ? P : never;
}[keyof Table];

/** What is known about the method of a path that came from outside, or undefined. */
export function methodOf(path: string): TalosMethod | undefined {
  return Object.hasOwn(METHODS, path) ? METHODS[path as MethodPath] : undefined;
}

/** `Version` of `/machine.MachineService/Version`, as shown to people. */
export function methodName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
