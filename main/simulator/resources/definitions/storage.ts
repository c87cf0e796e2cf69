/**
 * The resource types of disks, volumes, mounts, LVM and RAID. A type a line: full name | default namespace |
 * declared aliases | `sensitive` (needs os:admin) or another flag | print columns. `-` is nothing.
 */
export const STORAGE_TYPES = `
BlockDevices.block.talos.dev | runtime | - | - | Type = {.type}; PartitionName = {.partitionName}; Generation = {.generation}
BlockSymlinks.block.talos.dev | runtime | - | - | -
DiscoveredVolumes.block.talos.dev | runtime | - | - | Type = {.type}; Size = {.pretty_size}; Discovered = {.name}; Label = {.label}; PartitionLabel = {.partition_label}
DiscoveredVolumesStatuses.block.talos.dev | runtime | - | - | Ready = {.ready}
DiscoveryRefreshRequests.block.talos.dev | runtime | - | - | Request = {.request}
DiscoveryRefreshStatuses.block.talos.dev | runtime | - | - | Request = {.request}
Disks.block.talos.dev | runtime | - | - | Size = {.pretty_size}; Read Only = {.readonly}; Transport = {.transport}; Rotational = {.rotational}; WWID = {.wwid}; Model = {.model}; Serial = {.serial}
FSScrubSchedules.block.talos.dev | runtime | - | - | Filesystem = {.filesystem}; Interval = {.interval}; Next Scrub = {.nextScrub}
FSScrubStatuses.block.talos.dev | runtime | - | - | Mountpoint = {.mountpoint}; Interval = {.interval}; Latest start time = {.time}; Latest run duration = {.duration}; Latest status = {.status}
MountRequests.block.talos.dev | runtime | - | - | Volume = {.volumeID}; Parent = {.parentID}; Requesters = {.requesters}
MountStatuses.block.talos.dev | runtime | - | - | Source = {.source}; Target = {.target}; Filesystem = {.filesystem}; Volume = {.spec.volumeID}
SwapStatuses.block.talos.dev | runtime | swap, swaps | - | Device = {.device}; Size = {.sizeHuman}; Used = {.usedHuman}; Priority = {.priority}
SystemDisks.block.talos.dev | runtime | - | - | Disk = {.diskID}
UserDiskConfigStatuses.block.talos.dev | runtime | - | - | Ready = {.ready}
VolumeConfigs.block.talos.dev | runtime | - | sensitive | -
VolumeLifecycles.block.talos.dev | runtime | - | - | -
VolumeMountRequests.block.talos.dev | runtime | - | - | Volume ID = {.volumeID}; Requester = {.requester}
VolumeMountStatuses.block.talos.dev | runtime | - | - | Volume ID = {.volumeID}; Requester = {.requester}; Target = {.target}
VolumeStatuses.block.talos.dev | runtime | - | - | Type = {.type}; Phase = {.phase}; Location = {.location}; Size = {.prettySize}
VolumeTrimSchedules.block.talos.dev | runtime | - | - | Filesystem = {.filesystem}; Interval = {.interval}; Next Trim = {.nextTrim}
ZswapStatuses.block.talos.dev | runtime | - | - | Total Size = {.totalSizeHuman}; Stored Pages = {.storedPages}; Written Back = {.writtenBackPages}; Pool Limit Hit = {.poolLimitHit}
LVMLogicalVolumeSpecs.storage.talos.dev | storage | - | - | VG = {.vgName}; Name = {.name}; Type = {.type}
LVMLogicalVolumeStatuses.storage.talos.dev | storage | lvs | - | Path = {.path}; VG = {.vgName}; Layout = {.layout}; Size = {.prettySize}; Active = {.active}
LVMPhysicalVolumeSpecs.storage.talos.dev | storage | - | - | Device = {.device}; VG = {.vgName}
LVMPhysicalVolumeStatuses.storage.talos.dev | storage | pvs | - | Device = {.device}; VG = {.vgName}; Size = {.prettySize}; Free = {.prettyFree}; Allocatable = {.allocatable}
LVMRefreshRequests.storage.talos.dev | storage | - | - | Request = {.request}
LVMValidationErrors.storage.talos.dev | storage | - | - | VG = {.vgName}; Message = {.message}
LVMVolumeGroupSpecs.storage.talos.dev | storage | - | - | Name = {.name}
LVMVolumeGroupStatuses.storage.talos.dev | storage | vgs | - | Name = {.name}; Permissions = {.permissions}; Size = {.prettySize}; Free = {.prettyFree}; PVs = {.pvCount}; LVs = {.lvCount}
MDArraySpecs.storage.talos.dev | storage | - | - | Level = {.level}
MDArrayStatuses.storage.talos.dev | storage | - | - | Level = {.level}; Status = {.status}; Sync = {.syncAction}; Device = {.device}
MDRefreshRequests.storage.talos.dev | storage | - | - | Request = {.request}
`;
