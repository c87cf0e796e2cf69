/**
 * The resource types of the machine itself: its hardware, configuration, stage and clock. A type a line: full name | default namespace |
 * declared aliases | `sensitive` (needs os:admin) or another flag | print columns. `-` is nothing.
 */
export const MACHINE_TYPES = `
Affiliates.cluster.talos.dev | cluster | - | - | Hostname = {.hostname}; Machine Type = {.machineType}; Addresses = {.addresses}
DiscoveryConfigs.cluster.talos.dev | config | - | sensitive | -
Identities.cluster.talos.dev | cluster | - | - | ID = {.nodeId}
Infos.cluster.talos.dev | cluster | - | - | Cluster ID = {.clusterId}; Cluster Name = {.clusterName}
Members.cluster.talos.dev | cluster | - | - | Hostname = {.hostname}; Machine Type = {.machineType}; OS = {.operatingSystem}; Addresses = {.addresses}
MachineConfigs.config.talos.dev | config | - | sensitive | -
MachineTypes.config.talos.dev | config | - | - | Type = {@}
EtcFileSpecs.files.talos.dev | files | - | sensitive | -
EtcFileStatuses.files.talos.dev | files | - | - | -
CPUCores.hardware.talos.dev | hardware | cpucore, cpucores | - | Socket = {.socket}; Core = {.coreID}; Model = {.modelName}; Logical CPUs = {.logicalCPUs}
MemoryModules.hardware.talos.dev | hardware | memorymodules, ram | - | Manufacturer = {.manufacturer}; Model = {.productName}; SizeMiB = {.sizeMiB}
PCIDevices.hardware.talos.dev | hardware | devices, device | - | Class = {.class}; Subclass = {.subclass}; Vendor = {.vendor}; Product = {.product}
PCIDriverRebindConfigs.runtime.talos.dev | hardware | - | - | Name = {.name}; PCI ID = {.pciID}; TargetDriver = {.targetDriver}
PCIDriverRebindStatuses.runtime.talos.dev | hardware | pcidriverrebinds | - | Name = {.name}; PCI ID = {.pciID}; TargetDriver = {.targetDriver}
PCRStatuses.hardware.talos.dev | hardware | - | - | -
Processors.hardware.talos.dev | hardware | cpus, cpu | - | Manufacturer = {.manufacturer}; Model = {.productName}; Cores = {.coreCount}; Threads = {.threadCount}
SystemInformations.hardware.talos.dev | hardware | systeminformation | - | Manufacturer = {.manufacturer}; ProductName = {.productName}; Version = {.version}; SerialNumber = {.serialnumber}; UUID = {.uuid}; WakeUpType = {.wakeUpType}; SKUNumber = {.skuNumber}
CPUStats.perf.talos.dev | perf | - | - | User = {.cpuTotal.user}; System = {.cpuTotal.system}
MemoryStats.perf.talos.dev | perf | - | - | Used = {.used}; Total = {.total}
APIServiceConfigs.runtime.talos.dev | runtime | - | - | -
BootIDs.runtime.talos.dev | runtime | - | - | Boot ID = {.bootID}
BootedEntries.talos.dev | runtime | - | - | Booted Entry = {.bootedEntry}
DevicesStatuses.runtime.talos.dev | runtime | - | - | Ready = {.ready}
Diagnostics.runtime.talos.dev | runtime | - | - | Message = {.message}
Environments.runtime.talos.dev | runtime | env | - | Variables = {.variables}
EventSinkConfigs.runtime.talos.dev | runtime | - | - | -
ExtensionServiceConfigStatuses.runtime.talos.dev | runtime | - | - | -
ExtensionServiceConfigs.runtime.talos.dev | runtime | - | sensitive | -
ExtensionStatuses.runtime.talos.dev | runtime | extensions | - | Name = {.metadata.name}; Version = {.metadata.version}
ImageFactorySchematics.runtime.talos.dev | runtime | - | - | Schematic ID = {.schematicId}; Flavor = {.flavor}; API URL = {.apiUrl}
KernelCmdlines.runtime.talos.dev | runtime | cmdline | - | Cmdline = {.cmdline}
KernelModuleSpecs.runtime.talos.dev | runtime | - | - | -
KernelModuleStatuses.runtime.talos.dev | runtime | module, modules | - | Type = {.type}; State = {.state}
KernelParamDefaultSpecs.runtime.talos.dev | runtime | - | - | -
KernelParamSpecs.runtime.talos.dev | runtime | - | - | -
KernelParamStatuses.runtime.talos.dev | runtime | sysctls, kernelparameters, kernelparams | - | Current = {.current}; Default = {.default}; Unsupported = {.unsupported}
KmsgLogConfigs.runtime.talos.dev | runtime | - | - | -
LoadedKernelModules.runtime.talos.dev | runtime | - | - | State = {.state}
MachineResetSignals.runtime.talos.dev | runtime | - | - | -
MachineStatuses.runtime.talos.dev | runtime | - | - | Stage = {.stage}; Ready = {.status.ready}
MaintenanceServiceConfigs.runtime.talos.dev | runtime | - | - | -
MaintenanceServiceRequests.runtime.talos.dev | runtime | - | - | -
MetaKeys.runtime.talos.dev | runtime | meta | - | Value = {.value}
MetaLoads.runtime.talos.dev | runtime | - | - | Done = {.done}
MountStatuses.runtime.talos.dev | runtime | mounts | declared-aliases-only | Source = {.source}; Target = {.target}; Filesystem Type = {.filesystemType}
OOMActions.talos.dev | runtime | oomaction, oomactions | sensitive | Time = {.time}; Score = {.score}
PlatformMetadatas.talos.dev | runtime | - | - | Platform = {.platform}; Type = {.instanceType}; Region = {.region}; Zone = {.zone}
RebootRequests.runtime.talos.dev | runtime | - | - | -
SBOMItems.talos.dev | runtime | sbom, sboms | - | Version = {.version}; License = {.license}; Extension = {.extension}
SecurityStates.talos.dev | runtime | - | - | SecureBoot = {.secureBoot}; UKISigningKeyFingerprint = {.ukiSigningKeyFingerprint}; PCRSigningKeyFingerprint = {.pcrSigningKeyFingerprint}; SELinuxState = {.selinuxState}; ModuleSignatureEnforced = {.moduleSignatureEnforced}
ServicePIDs.runtime.talos.dev | runtime | - | - | PID = {.pid}
UnattendedInstallStatuses.runtime.talos.dev | runtime | - | - | Phase = {.phase}
UniqueMachineTokens.runtime.talos.dev | runtime | - | - | Token = {.token}
Versions.runtime.talos.dev | runtime | - | - | Name = {.name}; Version = {.version}
WatchdogTimerConfigs.runtime.talos.dev | runtime | - | - | Device = {.device}; Timeout = {.timeout}
WatchdogTimerStatuses.runtime.talos.dev | runtime | - | - | Device = {.device}; Timeout = {.timeout}
AdjtimeStatuses.v1alpha1.talos.dev | runtime | - | - | Offset = {.offset}; EstError = {.estError}; MaxError = {.maxError}; Status = {.status}; Sync = {.syncStatus}
NTPStatuses.v1alpha1.talos.dev | runtime | - | - | Spike Detected = {.spikeDetected}; Consecutive Spikes = {.consecutiveSpikes}
TimeStatuses.v1alpha1.talos.dev | runtime | - | - | Synced = {.synced}
AcquireConfigSpecs.v1alpha1.talos.dev | runtime | - | - | -
AcquireConfigStatuses.v1alpha1.talos.dev | runtime | - | - | -
Services.v1alpha1.talos.dev | runtime | svc | - | Running = {.running}; Healthy = {.healthy}; Health Unknown = {.unknown}
`;
