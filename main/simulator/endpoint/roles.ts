/*
 * Which roles a node accepts for a method. Written from the server's rule table (docs/talos-behaviour.md), on purpose
 * not shared with the client: a mistake in one of the two shows in a test.
 */

const READ = ['os:admin', 'os:operator', 'os:reader'];
const OPERATE = ['os:admin', 'os:operator'];
const ETCD_READ = [...READ, 'os:etcd:backup'];
const META = ['os:admin', 'os:meta:writer'];
/** What a machine in maintenance mode lets everyone do; on a running node these are for os:admin. */
const MAINTENANCE = ['os:admin', 'os:reader'];

const MACHINE_RULES: readonly (readonly [readonly string[], readonly string[]])[] = [
  [
    READ,
    [
      ...['Containers', 'CPUFreqStats', 'CPUInfo', 'DiskStats', 'Dmesg', 'Events', 'Hostname', 'List', 'DiskUsage'],
      ...['LoadAvg', 'Logs', 'LogsContainers', 'Memory', 'Mounts', 'NetworkDeviceStats', 'Processes', 'ServiceList'],
      ...['Stats', 'SystemStat', 'Version', 'Netstat', 'ImageList'],
    ],
  ],
  [
    OPERATE,
    [
      ...['Reboot', 'Restart', 'ServiceRestart', 'ServiceStart', 'ServiceStop', 'Shutdown', 'PacketCapture'],
      ...['ImagePull', 'EtcdAlarmDisarm', 'EtcdDefragment'],
    ],
  ],
  [ETCD_READ, ['EtcdMemberList', 'EtcdAlarmList', 'EtcdStatus']],
  [[...OPERATE, 'os:etcd:backup'], ['EtcdSnapshot']],
  [META, ['MetaWrite', 'MetaDelete']],
  [MAINTENANCE, ['ApplyConfiguration']],
];

const RULES: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...MACHINE_RULES.flatMap(([roles, names]) =>
    names.map((name) => [`/machine.MachineService/${name}`, roles] as const),
  ),
  ['/machine.ImageService/List', READ],
  ['/machine.ImageService/Pull', OPERATE],
  ['/machine.ImageService/Verify', [...READ, 'os:image:verifier']],
  ['/machine.StorageService/Statfs', READ],
  ['/machine.LVMService/LogicalVolumeRemove', MAINTENANCE],
  ['/machine.LVMService/VolumeGroupRemove', MAINTENANCE],
  ['/machine.LVMService/PhysicalVolumeRemove', MAINTENANCE],
  ['/machine.MDService/Destroy', MAINTENANCE],
  ['/cluster.ClusterService/HealthCheck', READ],
  ['/inspect.InspectService/ControllerRuntimeDependencies', READ],
  ['/storage.StorageService/Disks', READ],
  ['/storage.StorageService/BlockDeviceWipe', MAINTENANCE],
  ['/time.TimeService/Time', READ],
  ['/time.TimeService/TimeCheck', READ],
  ['/cosi.resource.State/Get', READ],
  ['/cosi.resource.State/List', READ],
  ['/cosi.resource.State/Watch', READ],
]);

/** Whether a caller with these roles may call the method. A method without a rule is for os:admin. */
export function mayCall(path: string, roles: readonly string[], maintenance = false): boolean {
  const rule = RULES.get(path) ?? ['os:admin'];
  const accepted = rule === MAINTENANCE && !maintenance ? ['os:admin'] : rule;
  return roles.some((role) => accepted.includes(role));
}

/**
 * Roles of a caller: those of its certificate, or, for one with os:impersonator, those of its `talos-role` metadata.
 */
export function effectiveRoles(certificate: readonly string[], claimed: readonly string[]): readonly string[] {
  return certificate.includes('os:impersonator') && claimed.length > 0 ? claimed : certificate;
}
