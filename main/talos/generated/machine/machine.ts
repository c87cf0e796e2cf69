// Generated, one piece: types of machine/machine.proto, all in one file as they are declared there.

import type * as grpc from '@grpc/grpc-js';
import type { Long } from '@grpc/proto-loader';
import type { MethodDefinition } from '@grpc/proto-loader';
import type {
  ContainerDriver as _common_ContainerDriver,
  ContainerDriver__Output as _common_ContainerDriver__Output,
  ContainerdNamespace as _common_ContainerdNamespace,
  ContainerdNamespace__Output as _common_ContainerdNamespace__Output,
  Data as _common_Data,
  Data__Output as _common_Data__Output,
  Error as _common_Error,
  Error__Output as _common_Error__Output,
  Metadata as _common_Metadata,
  Metadata__Output as _common_Metadata__Output,
} from '../common/common.ts';
import type {
  Any as _google_protobuf_Any,
  Any__Output as _google_protobuf_Any__Output,
  Duration as _google_protobuf_Duration,
  Duration__Output as _google_protobuf_Duration__Output,
  Empty as _google_protobuf_Empty,
  Empty__Output as _google_protobuf_Empty__Output,
  Timestamp as _google_protobuf_Timestamp,
  Timestamp__Output as _google_protobuf_Timestamp__Output,
} from '../google/protobuf.ts';

export interface AddressEvent {
  'hostname'?: (string);
  'addresses'?: (string)[];
}

export interface AddressEvent__Output {
  'hostname': (string);
  'addresses': (string)[];
}

/**
 * What was done, or with `dry_run` would be done.
 */
export interface ApplyConfiguration {
  'metadata'?: (_common_Metadata | null);
  'warnings'?: (string)[];
  'mode'?: (_machine_ApplyConfigurationRequest_Mode);
  /**
   * For people: what changes, as a diff.
   */
  'mode_details'?: (string);
}

/**
 * What was done, or with `dry_run` would be done.
 */
export interface ApplyConfiguration__Output {
  'metadata': (_common_Metadata__Output | null);
  'warnings': (string)[];
  'mode': (_machine_ApplyConfigurationRequest_Mode__Output);
  /**
   * For people: what changes, as a diff.
   */
  'mode_details': (string);
}

/**
 * When the change takes effect. REBOOT was removed in 1.14: such nodes answer Unimplemented.
 */
export const _machine_ApplyConfigurationRequest_Mode = {
  REBOOT: 'REBOOT',
  AUTO: 'AUTO',
  NO_REBOOT: 'NO_REBOOT',
  STAGED: 'STAGED',
  TRY: 'TRY',
} as const;

/**
 * When the change takes effect. REBOOT was removed in 1.14: such nodes answer Unimplemented.
 */
export type _machine_ApplyConfigurationRequest_Mode =
  | 'REBOOT'
  | 0
  | 'AUTO'
  | 1
  | 'NO_REBOOT'
  | 2
  | 'STAGED'
  | 3
  | 'TRY'
  | 4

/**
 * When the change takes effect. REBOOT was removed in 1.14: such nodes answer Unimplemented.
 */
export type _machine_ApplyConfigurationRequest_Mode__Output = typeof _machine_ApplyConfigurationRequest_Mode[keyof typeof _machine_ApplyConfigurationRequest_Mode]

/**
 * A new machine config.
 */
export interface ApplyConfigurationRequest {
  /**
   * The whole config as YAML. Holds secrets.
   */
  'data'?: (Buffer | Uint8Array | string);
  'mode'?: (_machine_ApplyConfigurationRequest_Mode);
  'dry_run'?: (boolean);
  /**
   * With TRY the old config returns after this time.
   */
  'try_mode_timeout'?: (_google_protobuf_Duration | null);
}

/**
 * A new machine config.
 */
export interface ApplyConfigurationRequest__Output {
  /**
   * The whole config as YAML. Holds secrets.
   */
  'data': (Buffer);
  'mode': (_machine_ApplyConfigurationRequest_Mode__Output);
  'dry_run': (boolean);
  /**
   * With TRY the old config returns after this time.
   */
  'try_mode_timeout': (_google_protobuf_Duration__Output | null);
}

export interface ApplyConfigurationResponse {
  'messages'?: (ApplyConfiguration)[];
}

export interface ApplyConfigurationResponse__Output {
  'messages': (ApplyConfiguration__Output)[];
}

/**
 * One instruction of the classic Berkeley Packet Filter.
 */
export interface BPFInstruction {
  'op'?: (number);
  'jt'?: (number);
  'jf'?: (number);
  'k'?: (number);
}

/**
 * One instruction of the classic Berkeley Packet Filter.
 */
export interface BPFInstruction__Output {
  'op': (number);
  'jt': (number);
  'jf': (number);
  'k': (number);
}

export interface Bootstrap {
  'metadata'?: (_common_Metadata | null);
}

export interface Bootstrap__Output {
  'metadata': (_common_Metadata__Output | null);
}

/**
 * With `recover_etcd` from the snapshot that was uploaded before.
 */
export interface BootstrapRequest {
  'recover_etcd'?: (boolean);
  'recover_skip_hash_check'?: (boolean);
}

/**
 * With `recover_etcd` from the snapshot that was uploaded before.
 */
export interface BootstrapRequest__Output {
  'recover_etcd': (boolean);
  'recover_skip_hash_check': (boolean);
}

export interface BootstrapResponse {
  'messages'?: (Bootstrap)[];
}

export interface BootstrapResponse__Output {
  'messages': (Bootstrap__Output)[];
}

export interface CNIConfig {
  'name'?: (string);
  'urls'?: (string)[];
}

export interface CNIConfig__Output {
  'name': (string);
  'urls': (string)[];
}

/**
 * The frequency of one CPU and who sets it.
 */
export interface CPUFreqStats {
  'current_frequency'?: (number | string | Long);
  'minimum_frequency'?: (number | string | Long);
  'maximum_frequency'?: (number | string | Long);
  'governor'?: (string);
}

/**
 * The frequency of one CPU and who sets it.
 */
export interface CPUFreqStats__Output {
  'current_frequency': (string);
  'minimum_frequency': (string);
  'maximum_frequency': (string);
  'governor': (string);
}

export interface CPUFreqStatsResponse {
  'messages'?: (CPUsFreqStats)[];
}

export interface CPUFreqStatsResponse__Output {
  'messages': (CPUsFreqStats__Output)[];
}

export interface CPUInfo {
  'processor'?: (number);
  'vendor_id'?: (string);
  'cpu_family'?: (string);
  'model'?: (string);
  'model_name'?: (string);
  'stepping'?: (string);
  'microcode'?: (string);
  'cpu_mhz'?: (number | string);
  'cache_size'?: (string);
  'physical_id'?: (string);
  'siblings'?: (number);
  'core_id'?: (string);
  'cpu_cores'?: (number);
  'apic_id'?: (string);
  'initial_apic_id'?: (string);
  'fpu'?: (string);
  'fpu_exception'?: (string);
  'cpu_id_level'?: (number);
  'wp'?: (string);
  'flags'?: (string)[];
  'bugs'?: (string)[];
  'bogo_mips'?: (number | string);
  'cl_flush_size'?: (number);
  'cache_alignment'?: (number);
  'address_sizes'?: (string);
  'power_management'?: (string);
}

export interface CPUInfo__Output {
  'processor': (number);
  'vendor_id': (string);
  'cpu_family': (string);
  'model': (string);
  'model_name': (string);
  'stepping': (string);
  'microcode': (string);
  'cpu_mhz': (number);
  'cache_size': (string);
  'physical_id': (string);
  'siblings': (number);
  'core_id': (string);
  'cpu_cores': (number);
  'apic_id': (string);
  'initial_apic_id': (string);
  'fpu': (string);
  'fpu_exception': (string);
  'cpu_id_level': (number);
  'wp': (string);
  'flags': (string)[];
  'bugs': (string)[];
  'bogo_mips': (number);
  'cl_flush_size': (number);
  'cache_alignment': (number);
  'address_sizes': (string);
  'power_management': (string);
}

export interface CPUInfoResponse {
  'messages'?: (CPUsInfo)[];
}

export interface CPUInfoResponse__Output {
  'messages': (CPUsInfo__Output)[];
}

/**
 * Seconds since boot that a CPU spent.
 */
export interface CPUStat {
  'user'?: (number | string);
  'nice'?: (number | string);
  'system'?: (number | string);
  'idle'?: (number | string);
  'iowait'?: (number | string);
  'irq'?: (number | string);
  'soft_irq'?: (number | string);
  'steal'?: (number | string);
  'guest'?: (number | string);
  'guest_nice'?: (number | string);
}

/**
 * Seconds since boot that a CPU spent.
 */
export interface CPUStat__Output {
  'user': (number);
  'nice': (number);
  'system': (number);
  'idle': (number);
  'iowait': (number);
  'irq': (number);
  'soft_irq': (number);
  'steal': (number);
  'guest': (number);
  'guest_nice': (number);
}

export interface CPUsFreqStats {
  'metadata'?: (_common_Metadata | null);
  'cpu_freq_stats'?: (CPUFreqStats)[];
}

export interface CPUsFreqStats__Output {
  'metadata': (_common_Metadata__Output | null);
  'cpu_freq_stats': (CPUFreqStats__Output)[];
}

export interface CPUsInfo {
  'metadata'?: (_common_Metadata | null);
  'cpu_info'?: (CPUInfo)[];
}

export interface CPUsInfo__Output {
  'metadata': (_common_Metadata__Output | null);
  'cpu_info': (CPUInfo__Output)[];
}

export interface ClusterConfig {
  'name'?: (string);
  'control_plane'?: (ControlPlaneConfig | null);
  'cluster_network'?: (ClusterNetworkConfig | null);
  'allow_scheduling_on_control_planes'?: (boolean);
}

export interface ClusterConfig__Output {
  'name': (string);
  'control_plane': (ControlPlaneConfig__Output | null);
  'cluster_network': (ClusterNetworkConfig__Output | null);
  'allow_scheduling_on_control_planes': (boolean);
}

export interface ClusterNetworkConfig {
  'dns_domain'?: (string);
  'cni_config'?: (CNIConfig | null);
}

export interface ClusterNetworkConfig__Output {
  'dns_domain': (string);
  'cni_config': (CNIConfig__Output | null);
}

export interface ConfigLoadErrorEvent {
  'error'?: (string);
}

export interface ConfigLoadErrorEvent__Output {
  'error': (string);
}

export interface ConfigValidationErrorEvent {
  'error'?: (string);
}

export interface ConfigValidationErrorEvent__Output {
  'error': (string);
}

/**
 * Only with the feature `pid`.
 */
export interface _machine_ConnectRecord_Process {
  'pid'?: (number);
  'name'?: (string);
}

/**
 * Only with the feature `pid`.
 */
export interface _machine_ConnectRecord_Process__Output {
  'pid': (number);
  'name': (string);
}


export const _machine_ConnectRecord_State = {
  RESERVED: 'RESERVED',
  ESTABLISHED: 'ESTABLISHED',
  SYN_SENT: 'SYN_SENT',
  SYN_RECV: 'SYN_RECV',
  FIN_WAIT1: 'FIN_WAIT1',
  FIN_WAIT2: 'FIN_WAIT2',
  TIME_WAIT: 'TIME_WAIT',
  CLOSE: 'CLOSE',
  CLOSEWAIT: 'CLOSEWAIT',
  LASTACK: 'LASTACK',
  LISTEN: 'LISTEN',
  CLOSING: 'CLOSING',
} as const;

export type _machine_ConnectRecord_State =
  | 'RESERVED'
  | 0
  | 'ESTABLISHED'
  | 1
  | 'SYN_SENT'
  | 2
  | 'SYN_RECV'
  | 3
  | 'FIN_WAIT1'
  | 4
  | 'FIN_WAIT2'
  | 5
  | 'TIME_WAIT'
  | 6
  | 'CLOSE'
  | 7
  | 'CLOSEWAIT'
  | 8
  | 'LASTACK'
  | 9
  | 'LISTEN'
  | 10
  | 'CLOSING'
  | 11

export type _machine_ConnectRecord_State__Output = typeof _machine_ConnectRecord_State[keyof typeof _machine_ConnectRecord_State]


export const _machine_ConnectRecord_TimerActive = {
  OFF: 'OFF',
  ON: 'ON',
  KEEPALIVE: 'KEEPALIVE',
  TIMEWAIT: 'TIMEWAIT',
  PROBE: 'PROBE',
} as const;

export type _machine_ConnectRecord_TimerActive =
  | 'OFF'
  | 0
  | 'ON'
  | 1
  | 'KEEPALIVE'
  | 2
  | 'TIMEWAIT'
  | 3
  | 'PROBE'
  | 4

export type _machine_ConnectRecord_TimerActive__Output = typeof _machine_ConnectRecord_TimerActive[keyof typeof _machine_ConnectRecord_TimerActive]

/**
 * One socket.
 */
export interface ConnectRecord {
  'l4proto'?: (string);
  'localip'?: (string);
  'localport'?: (number);
  'remoteip'?: (string);
  'remoteport'?: (number);
  'state'?: (_machine_ConnectRecord_State);
  'txqueue'?: (number | string | Long);
  'rxqueue'?: (number | string | Long);
  'tr'?: (_machine_ConnectRecord_TimerActive);
  'timerwhen'?: (number | string | Long);
  'retrnsmt'?: (number | string | Long);
  'uid'?: (number);
  'timeout'?: (number | string | Long);
  'inode'?: (number | string | Long);
  'ref'?: (number | string | Long);
  'pointer'?: (number | string | Long);
  'process'?: (_machine_ConnectRecord_Process | null);
  'netns'?: (string);
}

/**
 * One socket.
 */
export interface ConnectRecord__Output {
  'l4proto': (string);
  'localip': (string);
  'localport': (number);
  'remoteip': (string);
  'remoteport': (number);
  'state': (_machine_ConnectRecord_State__Output);
  'txqueue': (string);
  'rxqueue': (string);
  'tr': (_machine_ConnectRecord_TimerActive__Output);
  'timerwhen': (string);
  'retrnsmt': (string);
  'uid': (number);
  'timeout': (string);
  'inode': (string);
  'ref': (string);
  'pointer': (string);
  'process': (_machine_ConnectRecord_Process__Output | null);
  'netns': (string);
}

export interface Container {
  'metadata'?: (_common_Metadata | null);
  'containers'?: (ContainerInfo)[];
}

export interface Container__Output {
  'metadata': (_common_Metadata__Output | null);
  'containers': (ContainerInfo__Output)[];
}

/**
 * A container or the sandbox of a pod.
 */
export interface ContainerInfo {
  'namespace'?: (string);
  'id'?: (string);
  'image'?: (string);
  'pid'?: (number);
  'status'?: (string);
  'pod_id'?: (string);
  'name'?: (string);
  'network_namespace'?: (string);
  'internal_id'?: (string);
  'uid'?: (string);
}

/**
 * A container or the sandbox of a pod.
 */
export interface ContainerInfo__Output {
  'namespace': (string);
  'id': (string);
  'image': (string);
  'pid': (number);
  'status': (string);
  'pod_id': (string);
  'name': (string);
  'network_namespace': (string);
  'internal_id': (string);
  'uid': (string);
}

/**
 * Namespace `system` with CONTAINERD, or `k8s.io` with CRI.
 */
export interface ContainersRequest {
  'namespace'?: (string);
  'driver'?: (_common_ContainerDriver);
}

/**
 * Namespace `system` with CONTAINERD, or `k8s.io` with CRI.
 */
export interface ContainersRequest__Output {
  'namespace': (string);
  'driver': (_common_ContainerDriver__Output);
}

export interface ContainersResponse {
  'messages'?: (Container)[];
}

export interface ContainersResponse__Output {
  'messages': (Container__Output)[];
}

export interface ControlPlaneConfig {
  'endpoint'?: (string);
}

export interface ControlPlaneConfig__Output {
  'endpoint': (string);
}

export interface CopyRequest {
  'root_path'?: (string);
}

export interface CopyRequest__Output {
  'root_path': (string);
}

export interface DHCPOptionsConfig {
  'route_metric'?: (number);
}

export interface DHCPOptionsConfig__Output {
  'route_metric': (number);
}

/**
 * Counters of one disk since boot; a sector is 512 bytes.
 */
export interface DiskStat {
  'name'?: (string);
  'read_completed'?: (number | string | Long);
  'read_merged'?: (number | string | Long);
  'read_sectors'?: (number | string | Long);
  'read_time_ms'?: (number | string | Long);
  'write_completed'?: (number | string | Long);
  'write_merged'?: (number | string | Long);
  'write_sectors'?: (number | string | Long);
  'write_time_ms'?: (number | string | Long);
  'io_in_progress'?: (number | string | Long);
  'io_time_ms'?: (number | string | Long);
  'io_time_weighted_ms'?: (number | string | Long);
  'discard_completed'?: (number | string | Long);
  'discard_merged'?: (number | string | Long);
  'discard_sectors'?: (number | string | Long);
  'discard_time_ms'?: (number | string | Long);
}

/**
 * Counters of one disk since boot; a sector is 512 bytes.
 */
export interface DiskStat__Output {
  'name': (string);
  'read_completed': (string);
  'read_merged': (string);
  'read_sectors': (string);
  'read_time_ms': (string);
  'write_completed': (string);
  'write_merged': (string);
  'write_sectors': (string);
  'write_time_ms': (string);
  'io_in_progress': (string);
  'io_time_ms': (string);
  'io_time_weighted_ms': (string);
  'discard_completed': (string);
  'discard_merged': (string);
  'discard_sectors': (string);
  'discard_time_ms': (string);
}

export interface DiskStats {
  'metadata'?: (_common_Metadata | null);
  'total'?: (DiskStat | null);
  'devices'?: (DiskStat)[];
}

export interface DiskStats__Output {
  'metadata': (_common_Metadata__Output | null);
  'total': (DiskStat__Output | null);
  'devices': (DiskStat__Output)[];
}

export interface DiskStatsResponse {
  'messages'?: (DiskStats)[];
}

export interface DiskStatsResponse__Output {
  'messages': (DiskStats__Output)[];
}

export interface DiskUsageInfo {
  'metadata'?: (_common_Metadata | null);
  'name'?: (string);
  'size'?: (number | string | Long);
  'error'?: (string);
  'relative_name'?: (string);
}

export interface DiskUsageInfo__Output {
  'metadata': (_common_Metadata__Output | null);
  'name': (string);
  'size': (string);
  'error': (string);
  'relative_name': (string);
}

/**
 * Which folders to add up.
 */
export interface DiskUsageRequest {
  'recursion_depth'?: (number);
  'all'?: (boolean);
  /**
   * In bytes: nothing smaller; if negative, nothing larger.
   */
  'threshold'?: (number | string | Long);
  'paths'?: (string)[];
}

/**
 * Which folders to add up.
 */
export interface DiskUsageRequest__Output {
  'recursion_depth': (number);
  'all': (boolean);
  /**
   * In bytes: nothing smaller; if negative, nothing larger.
   */
  'threshold': (string);
  'paths': (string)[];
}

export interface DmesgRequest {
  'follow'?: (boolean);
  /**
   * Only what comes from now on.
   */
  'tail'?: (boolean);
}

export interface DmesgRequest__Output {
  'follow': (boolean);
  /**
   * Only what comes from now on.
   */
  'tail': (boolean);
}

export interface EtcdAlarm {
  'metadata'?: (_common_Metadata | null);
  'member_alarms'?: (EtcdMemberAlarm)[];
}

export interface EtcdAlarm__Output {
  'metadata': (_common_Metadata__Output | null);
  'member_alarms': (EtcdMemberAlarm__Output)[];
}

export interface EtcdAlarmDisarm {
  'metadata'?: (_common_Metadata | null);
  'member_alarms'?: (EtcdMemberAlarm)[];
}

export interface EtcdAlarmDisarm__Output {
  'metadata': (_common_Metadata__Output | null);
  'member_alarms': (EtcdMemberAlarm__Output)[];
}

export interface EtcdAlarmDisarmResponse {
  'messages'?: (EtcdAlarmDisarm)[];
}

export interface EtcdAlarmDisarmResponse__Output {
  'messages': (EtcdAlarmDisarm__Output)[];
}

export interface EtcdAlarmListResponse {
  'messages'?: (EtcdAlarm)[];
}

export interface EtcdAlarmListResponse__Output {
  'messages': (EtcdAlarm__Output)[];
}

export interface EtcdClusterDowngrade {
  'cluster_version'?: (string);
}

export interface EtcdClusterDowngrade__Output {
  'cluster_version': (string);
}

export interface EtcdDefragment {
  'metadata'?: (_common_Metadata | null);
}

export interface EtcdDefragment__Output {
  'metadata': (_common_Metadata__Output | null);
}

export interface EtcdDefragmentResponse {
  'messages'?: (EtcdDefragment)[];
}

export interface EtcdDefragmentResponse__Output {
  'messages': (EtcdDefragment__Output)[];
}

export interface EtcdDowngradeCancel {
  'metadata'?: (_common_Metadata | null);
  'cluster_downgrade'?: (EtcdClusterDowngrade | null);
}

export interface EtcdDowngradeCancel__Output {
  'metadata': (_common_Metadata__Output | null);
  'cluster_downgrade': (EtcdClusterDowngrade__Output | null);
}

export interface EtcdDowngradeCancelResponse {
  'messages'?: (EtcdDowngradeCancel)[];
}

export interface EtcdDowngradeCancelResponse__Output {
  'messages': (EtcdDowngradeCancel__Output)[];
}

export interface EtcdDowngradeEnable {
  'metadata'?: (_common_Metadata | null);
  'cluster_downgrade'?: (EtcdClusterDowngrade | null);
}

export interface EtcdDowngradeEnable__Output {
  'metadata': (_common_Metadata__Output | null);
  'cluster_downgrade': (EtcdClusterDowngrade__Output | null);
}

export interface EtcdDowngradeEnableRequest {
  'version'?: (string);
}

export interface EtcdDowngradeEnableRequest__Output {
  'version': (string);
}

export interface EtcdDowngradeEnableResponse {
  'messages'?: (EtcdDowngradeEnable)[];
}

export interface EtcdDowngradeEnableResponse__Output {
  'messages': (EtcdDowngradeEnable__Output)[];
}

export interface EtcdDowngradeValidate {
  'metadata'?: (_common_Metadata | null);
  'cluster_downgrade'?: (EtcdClusterDowngrade | null);
}

export interface EtcdDowngradeValidate__Output {
  'metadata': (_common_Metadata__Output | null);
  'cluster_downgrade': (EtcdClusterDowngrade__Output | null);
}

export interface EtcdDowngradeValidateRequest {
  /**
   * MAJOR.MINOR.
   */
  'version'?: (string);
}

export interface EtcdDowngradeValidateRequest__Output {
  /**
   * MAJOR.MINOR.
   */
  'version': (string);
}

export interface EtcdDowngradeValidateResponse {
  'messages'?: (EtcdDowngradeValidate)[];
}

export interface EtcdDowngradeValidateResponse__Output {
  'messages': (EtcdDowngradeValidate__Output)[];
}

export interface EtcdForfeitLeadership {
  'metadata'?: (_common_Metadata | null);
  /**
   * The new leader.
   */
  'member'?: (string);
}

export interface EtcdForfeitLeadership__Output {
  'metadata': (_common_Metadata__Output | null);
  /**
   * The new leader.
   */
  'member': (string);
}

export interface EtcdForfeitLeadershipRequest {
}

export interface EtcdForfeitLeadershipRequest__Output {
}

export interface EtcdForfeitLeadershipResponse {
  'messages'?: (EtcdForfeitLeadership)[];
}

export interface EtcdForfeitLeadershipResponse__Output {
  'messages': (EtcdForfeitLeadership__Output)[];
}

export interface EtcdLeaveCluster {
  'metadata'?: (_common_Metadata | null);
}

export interface EtcdLeaveCluster__Output {
  'metadata': (_common_Metadata__Output | null);
}

export interface EtcdLeaveClusterRequest {
}

export interface EtcdLeaveClusterRequest__Output {
}

export interface EtcdLeaveClusterResponse {
  'messages'?: (EtcdLeaveCluster)[];
}

export interface EtcdLeaveClusterResponse__Output {
  'messages': (EtcdLeaveCluster__Output)[];
}

export interface EtcdMember {
  'id'?: (number | string | Long);
  'hostname'?: (string);
  'peer_urls'?: (string)[];
  'client_urls'?: (string)[];
  /**
   * It does not vote yet.
   */
  'is_learner'?: (boolean);
}

export interface EtcdMember__Output {
  'id': (string);
  'hostname': (string);
  'peer_urls': (string)[];
  'client_urls': (string)[];
  /**
   * It does not vote yet.
   */
  'is_learner': (boolean);
}

export const _machine_EtcdMemberAlarm_AlarmType = {
  NONE: 'NONE',
  NOSPACE: 'NOSPACE',
  CORRUPT: 'CORRUPT',
} as const;

export type _machine_EtcdMemberAlarm_AlarmType =
  | 'NONE'
  | 0
  | 'NOSPACE'
  | 1
  | 'CORRUPT'
  | 2

export type _machine_EtcdMemberAlarm_AlarmType__Output = typeof _machine_EtcdMemberAlarm_AlarmType[keyof typeof _machine_EtcdMemberAlarm_AlarmType]

/**
 * NOSPACE: the database is full and refuses writes. CORRUPT: members disagree.
 */
export interface EtcdMemberAlarm {
  'member_id'?: (number | string | Long);
  'alarm'?: (_machine_EtcdMemberAlarm_AlarmType);
}

/**
 * NOSPACE: the database is full and refuses writes. CORRUPT: members disagree.
 */
export interface EtcdMemberAlarm__Output {
  'member_id': (string);
  'alarm': (_machine_EtcdMemberAlarm_AlarmType__Output);
}

export interface EtcdMemberListRequest {
  /**
   * What this member believes, without asking the others.
   */
  'query_local'?: (boolean);
}

export interface EtcdMemberListRequest__Output {
  /**
   * What this member believes, without asking the others.
   */
  'query_local': (boolean);
}

export interface EtcdMemberListResponse {
  'messages'?: (EtcdMembers)[];
}

export interface EtcdMemberListResponse__Output {
  'messages': (EtcdMembers__Output)[];
}

/**
 * How one member stands; sizes in bytes.
 */
export interface EtcdMemberStatus {
  'protocol_version'?: (string);
  'db_size'?: (number | string | Long);
  'db_size_in_use'?: (number | string | Long);
  /**
   * The member id of the leader.
   */
  'leader'?: (number | string | Long);
  'raft_index'?: (number | string | Long);
  'raft_term'?: (number | string | Long);
  'raft_applied_index'?: (number | string | Long);
  'errors'?: (string)[];
  'is_learner'?: (boolean);
  'member_id'?: (number | string | Long);
  'storage_version'?: (string);
}

/**
 * How one member stands; sizes in bytes.
 */
export interface EtcdMemberStatus__Output {
  'protocol_version': (string);
  'db_size': (string);
  'db_size_in_use': (string);
  /**
   * The member id of the leader.
   */
  'leader': (string);
  'raft_index': (string);
  'raft_term': (string);
  'raft_applied_index': (string);
  'errors': (string)[];
  'is_learner': (boolean);
  'member_id': (string);
  'storage_version': (string);
}

export interface EtcdMembers {
  'metadata'?: (_common_Metadata | null);
  'legacy_members'?: (string)[];
  'members'?: (EtcdMember)[];
}

export interface EtcdMembers__Output {
  'metadata': (_common_Metadata__Output | null);
  'legacy_members': (string)[];
  'members': (EtcdMember__Output)[];
}

export interface EtcdRecover {
  'metadata'?: (_common_Metadata | null);
}

export interface EtcdRecover__Output {
  'metadata': (_common_Metadata__Output | null);
}

export interface EtcdRecoverResponse {
  'messages'?: (EtcdRecover)[];
}

export interface EtcdRecoverResponse__Output {
  'messages': (EtcdRecover__Output)[];
}

export interface EtcdRemoveMember {
  'metadata'?: (_common_Metadata | null);
}

export interface EtcdRemoveMember__Output {
  'metadata': (_common_Metadata__Output | null);
}

export interface EtcdRemoveMemberByID {
  'metadata'?: (_common_Metadata | null);
}

export interface EtcdRemoveMemberByID__Output {
  'metadata': (_common_Metadata__Output | null);
}

export interface EtcdRemoveMemberByIDRequest {
  /**
   * All 64 bits count: a string in our code, 16 hexadecimal digits for people.
   */
  'member_id'?: (number | string | Long);
}

export interface EtcdRemoveMemberByIDRequest__Output {
  /**
   * All 64 bits count: a string in our code, 16 hexadecimal digits for people.
   */
  'member_id': (string);
}

export interface EtcdRemoveMemberByIDResponse {
  'messages'?: (EtcdRemoveMemberByID)[];
}

export interface EtcdRemoveMemberByIDResponse__Output {
  'messages': (EtcdRemoveMemberByID__Output)[];
}

/**
 * No method uses it any more; its numbers stay known.
 */
export interface EtcdRemoveMemberRequest {
  'member'?: (string);
}

/**
 * No method uses it any more; its numbers stay known.
 */
export interface EtcdRemoveMemberRequest__Output {
  'member': (string);
}

export interface EtcdRemoveMemberResponse {
  'messages'?: (EtcdRemoveMember)[];
}

export interface EtcdRemoveMemberResponse__Output {
  'messages': (EtcdRemoveMember__Output)[];
}

export interface EtcdSnapshotRequest {
}

export interface EtcdSnapshotRequest__Output {
}

export interface EtcdStatus {
  'metadata'?: (_common_Metadata | null);
  'member_status'?: (EtcdMemberStatus | null);
}

export interface EtcdStatus__Output {
  'metadata': (_common_Metadata__Output | null);
  'member_status': (EtcdMemberStatus__Output | null);
}

export interface EtcdStatusResponse {
  'messages'?: (EtcdStatus)[];
}

export interface EtcdStatusResponse__Output {
  'messages': (EtcdStatus__Output)[];
}

/**
 * Something happened on the node.
 */
export interface Event {
  'metadata'?: (_common_Metadata | null);
  /**
   * One of the …Event messages here, with a type URL of its own: `talos/runtime/machine.SequenceEvent`.
   * Unknown ones are skipped.
   */
  'data'?: (_google_protobuf_Any | null);
  /**
   * Ordered by time.
   */
  'id'?: (string);
  /**
   * Which request caused it.
   */
  'actor_id'?: (string);
}

/**
 * Something happened on the node.
 */
export interface Event__Output {
  'metadata': (_common_Metadata__Output | null);
  /**
   * One of the …Event messages here, with a type URL of its own: `talos/runtime/machine.SequenceEvent`.
   * Unknown ones are skipped.
   */
  'data': (_google_protobuf_Any__Output | null);
  /**
   * Ordered by time.
   */
  'id': (string);
  /**
   * Which request caused it.
   */
  'actor_id': (string);
}

/**
 * Which past events to send first; new ones always follow.
 */
export interface EventsRequest {
  /**
   * The last so many; below 0 all of them.
   */
  'tail_events'?: (number);
  /**
   * Those after this id.
   */
  'tail_id'?: (string);
  /**
   * Those of the last so many seconds.
   */
  'tail_seconds'?: (number);
  'with_actor_id'?: (string);
}

/**
 * Which past events to send first; new ones always follow.
 */
export interface EventsRequest__Output {
  /**
   * The last so many; below 0 all of them.
   */
  'tail_events': (number);
  /**
   * Those after this id.
   */
  'tail_id': (string);
  /**
   * Those of the last so many seconds.
   */
  'tail_seconds': (number);
  'with_actor_id': (string);
}

export interface FeaturesInfo {
  /**
   * Roles are checked; always true in current versions.
   */
  'rbac'?: (boolean);
}

export interface FeaturesInfo__Output {
  /**
   * Roles are checked; always true in current versions.
   */
  'rbac': (boolean);
}

/**
 * One entry of a folder.
 */
export interface FileInfo {
  'metadata'?: (_common_Metadata | null);
  'name'?: (string);
  'size'?: (number | string | Long);
  /**
   * Type and permission bits as Go writes them (fs.FileMode).
   */
  'mode'?: (number);
  /**
   * Seconds since 1970.
   */
  'modified'?: (number | string | Long);
  'is_dir'?: (boolean);
  /**
   * Why this entry could not be read; the others follow.
   */
  'error'?: (string);
  'link'?: (string);
  /**
   * Below `root`.
   */
  'relative_name'?: (string);
  'uid'?: (number);
  'gid'?: (number);
  'xattrs'?: (Xattr)[];
}

/**
 * One entry of a folder.
 */
export interface FileInfo__Output {
  'metadata': (_common_Metadata__Output | null);
  'name': (string);
  'size': (string);
  /**
   * Type and permission bits as Go writes them (fs.FileMode).
   */
  'mode': (number);
  /**
   * Seconds since 1970.
   */
  'modified': (string);
  'is_dir': (boolean);
  /**
   * Why this entry could not be read; the others follow.
   */
  'error': (string);
  'link': (string);
  /**
   * Below `root`.
   */
  'relative_name': (string);
  'uid': (number);
  'gid': (number);
  'xattrs': (Xattr__Output)[];
}

/**
 * The new credentials, separately and as a talosconfig without endpoints. Secret.
 */
export interface GenerateClientConfiguration {
  'metadata'?: (_common_Metadata | null);
  'ca'?: (Buffer | Uint8Array | string);
  'crt'?: (Buffer | Uint8Array | string);
  'key'?: (Buffer | Uint8Array | string);
  'talosconfig'?: (Buffer | Uint8Array | string);
}

/**
 * The new credentials, separately and as a talosconfig without endpoints. Secret.
 */
export interface GenerateClientConfiguration__Output {
  'metadata': (_common_Metadata__Output | null);
  'ca': (Buffer);
  'crt': (Buffer);
  'key': (Buffer);
  'talosconfig': (Buffer);
}

/**
 * Who the new certificate is for and how long it lasts.
 */
export interface GenerateClientConfigurationRequest {
  /**
   * Such as os:reader.
   */
  'roles'?: (string)[];
  'crt_ttl'?: (_google_protobuf_Duration | null);
}

/**
 * Who the new certificate is for and how long it lasts.
 */
export interface GenerateClientConfigurationRequest__Output {
  /**
   * Such as os:reader.
   */
  'roles': (string)[];
  'crt_ttl': (_google_protobuf_Duration__Output | null);
}

export interface GenerateClientConfigurationResponse {
  'messages'?: (GenerateClientConfiguration)[];
}

export interface GenerateClientConfigurationResponse__Output {
  'messages': (GenerateClientConfiguration__Output)[];
}

export interface Hostname {
  'metadata'?: (_common_Metadata | null);
  'hostname'?: (string);
}

export interface Hostname__Output {
  'metadata': (_common_Metadata__Output | null);
  'hostname': (string);
}

export interface HostnameResponse {
  'messages'?: (Hostname)[];
}

export interface HostnameResponse__Output {
  'messages': (Hostname__Output)[];
}

export interface ImageListRequest {
  'namespace'?: (_common_ContainerdNamespace);
}

export interface ImageListRequest__Output {
  'namespace': (_common_ContainerdNamespace__Output);
}

export interface ImageListResponse {
  'metadata'?: (_common_Metadata | null);
  'name'?: (string);
  'digest'?: (string);
  'size'?: (number | string | Long);
  'created_at'?: (_google_protobuf_Timestamp | null);
}

export interface ImageListResponse__Output {
  'metadata': (_common_Metadata__Output | null);
  'name': (string);
  'digest': (string);
  'size': (string);
  'created_at': (_google_protobuf_Timestamp__Output | null);
}

export interface ImagePull {
  'metadata'?: (_common_Metadata | null);
}

export interface ImagePull__Output {
  'metadata': (_common_Metadata__Output | null);
}

export interface ImagePullRequest {
  'namespace'?: (_common_ContainerdNamespace);
  'reference'?: (string);
}

export interface ImagePullRequest__Output {
  'namespace': (_common_ContainerdNamespace__Output);
  'reference': (string);
}

export interface ImagePullResponse {
  'messages'?: (ImagePull)[];
}

export interface ImagePullResponse__Output {
  'messages': (ImagePull__Output)[];
}

export interface InstallConfig {
  'install_disk'?: (string);
  'install_image'?: (string);
}

export interface InstallConfig__Output {
  'install_disk': (string);
  'install_image': (string);
}

export const _machine_ListRequest_Type = {
  REGULAR: 'REGULAR',
  DIRECTORY: 'DIRECTORY',
  SYMLINK: 'SYMLINK',
} as const;

export type _machine_ListRequest_Type =
  | 'REGULAR'
  | 0
  | 'DIRECTORY'
  | 1
  | 'SYMLINK'
  | 2

export type _machine_ListRequest_Type__Output = typeof _machine_ListRequest_Type[keyof typeof _machine_ListRequest_Type]

/**
 * Which part of the file system to list.
 */
export interface ListRequest {
  'root'?: (string);
  'recurse'?: (boolean);
  /**
   * How many levels below `root`, with `recurse`.
   */
  'recursion_depth'?: (number);
  /**
   * Empty means all.
   */
  'types'?: (_machine_ListRequest_Type)[];
  'report_xattrs'?: (boolean);
}

/**
 * Which part of the file system to list.
 */
export interface ListRequest__Output {
  'root': (string);
  'recurse': (boolean);
  /**
   * How many levels below `root`, with `recurse`.
   */
  'recursion_depth': (number);
  /**
   * Empty means all.
   */
  'types': (_machine_ListRequest_Type__Output)[];
  'report_xattrs': (boolean);
}

export interface LoadAvg {
  'metadata'?: (_common_Metadata | null);
  'load1'?: (number | string);
  'load5'?: (number | string);
  'load15'?: (number | string);
}

export interface LoadAvg__Output {
  'metadata': (_common_Metadata__Output | null);
  'load1': (number);
  'load5': (number);
  'load15': (number);
}

export interface LoadAvgResponse {
  'messages'?: (LoadAvg)[];
}

export interface LoadAvgResponse__Output {
  'messages': (LoadAvg__Output)[];
}

export interface LogsContainer {
  'metadata'?: (_common_Metadata | null);
  'ids'?: (string)[];
}

export interface LogsContainer__Output {
  'metadata': (_common_Metadata__Output | null);
  'ids': (string)[];
}

export interface LogsContainersResponse {
  'messages'?: (LogsContainer)[];
}

export interface LogsContainersResponse__Output {
  'messages': (LogsContainer__Output)[];
}

/**
 * For a service of Talos: namespace `system`, CONTAINERD. For a pod: `k8s.io`, CRI, id `namespace/pod:container`.
 */
export interface LogsRequest {
  'namespace'?: (string);
  'id'?: (string);
  'driver'?: (_common_ContainerDriver);
  'follow'?: (boolean);
  /**
   * The last so many lines first; below 0 all of them.
   */
  'tail_lines'?: (number);
}

/**
 * For a service of Talos: namespace `system`, CONTAINERD. For a pod: `k8s.io`, CRI, id `namespace/pod:container`.
 */
export interface LogsRequest__Output {
  'namespace': (string);
  'id': (string);
  'driver': (_common_ContainerDriver__Output);
  'follow': (boolean);
  /**
   * The last so many lines first; below 0 all of them.
   */
  'tail_lines': (number);
}

export const _machine_MachineConfig_MachineType = {
  TYPE_UNKNOWN: 'TYPE_UNKNOWN',
  TYPE_INIT: 'TYPE_INIT',
  TYPE_CONTROL_PLANE: 'TYPE_CONTROL_PLANE',
  TYPE_WORKER: 'TYPE_WORKER',
} as const;

export type _machine_MachineConfig_MachineType =
  | 'TYPE_UNKNOWN'
  | 0
  | 'TYPE_INIT'
  | 1
  | 'TYPE_CONTROL_PLANE'
  | 2
  | 'TYPE_WORKER'
  | 3

export type _machine_MachineConfig_MachineType__Output = typeof _machine_MachineConfig_MachineType[keyof typeof _machine_MachineConfig_MachineType]

/**
 * From here to ClusterConfig: parts of a request that Talos removed in 1.13. No method uses them.
 */
export interface MachineConfig {
  'type'?: (_machine_MachineConfig_MachineType);
  'install_config'?: (InstallConfig | null);
  'network_config'?: (NetworkConfig | null);
  'kubernetes_version'?: (string);
}

/**
 * From here to ClusterConfig: parts of a request that Talos removed in 1.13. No method uses them.
 */
export interface MachineConfig__Output {
  'type': (_machine_MachineConfig_MachineType__Output);
  'install_config': (InstallConfig__Output | null);
  'network_config': (NetworkConfig__Output | null);
  'kubernetes_version': (string);
}

/**
 * Everything about one machine. Served by every node; some methods exist on control plane nodes only.
 * An answer is a list `messages` because an endpoint could once ask several nodes; we ask one, so it has one entry.
 */
export interface MachineServiceClient extends grpc.Client {
  /**
   * Replaces the machine config; with `dry_run` only says what would change.
   */
  ApplyConfiguration(argument: ApplyConfigurationRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<ApplyConfigurationResponse__Output>): grpc.ClientUnaryCall;
  ApplyConfiguration(argument: ApplyConfigurationRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<ApplyConfigurationResponse__Output>): grpc.ClientUnaryCall;
  ApplyConfiguration(argument: ApplyConfigurationRequest, options: grpc.CallOptions, callback: grpc.requestCallback<ApplyConfigurationResponse__Output>): grpc.ClientUnaryCall;
  ApplyConfiguration(argument: ApplyConfigurationRequest, callback: grpc.requestCallback<ApplyConfigurationResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Replaces the machine config; with `dry_run` only says what would change.
   */
  applyConfiguration(argument: ApplyConfigurationRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<ApplyConfigurationResponse__Output>): grpc.ClientUnaryCall;
  applyConfiguration(argument: ApplyConfigurationRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<ApplyConfigurationResponse__Output>): grpc.ClientUnaryCall;
  applyConfiguration(argument: ApplyConfigurationRequest, options: grpc.CallOptions, callback: grpc.requestCallback<ApplyConfigurationResponse__Output>): grpc.ClientUnaryCall;
  applyConfiguration(argument: ApplyConfigurationRequest, callback: grpc.requestCallback<ApplyConfigurationResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Starts etcd on the first control plane node. Once in the life of a cluster.
   */
  Bootstrap(argument: BootstrapRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<BootstrapResponse__Output>): grpc.ClientUnaryCall;
  Bootstrap(argument: BootstrapRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<BootstrapResponse__Output>): grpc.ClientUnaryCall;
  Bootstrap(argument: BootstrapRequest, options: grpc.CallOptions, callback: grpc.requestCallback<BootstrapResponse__Output>): grpc.ClientUnaryCall;
  Bootstrap(argument: BootstrapRequest, callback: grpc.requestCallback<BootstrapResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Starts etcd on the first control plane node. Once in the life of a cluster.
   */
  bootstrap(argument: BootstrapRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<BootstrapResponse__Output>): grpc.ClientUnaryCall;
  bootstrap(argument: BootstrapRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<BootstrapResponse__Output>): grpc.ClientUnaryCall;
  bootstrap(argument: BootstrapRequest, options: grpc.CallOptions, callback: grpc.requestCallback<BootstrapResponse__Output>): grpc.ClientUnaryCall;
  bootstrap(argument: BootstrapRequest, callback: grpc.requestCallback<BootstrapResponse__Output>): grpc.ClientUnaryCall;
  
  CPUFreqStats(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<CPUFreqStatsResponse__Output>): grpc.ClientUnaryCall;
  CPUFreqStats(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<CPUFreqStatsResponse__Output>): grpc.ClientUnaryCall;
  CPUFreqStats(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<CPUFreqStatsResponse__Output>): grpc.ClientUnaryCall;
  CPUFreqStats(argument: _google_protobuf_Empty, callback: grpc.requestCallback<CPUFreqStatsResponse__Output>): grpc.ClientUnaryCall;
  cpuFreqStats(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<CPUFreqStatsResponse__Output>): grpc.ClientUnaryCall;
  cpuFreqStats(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<CPUFreqStatsResponse__Output>): grpc.ClientUnaryCall;
  cpuFreqStats(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<CPUFreqStatsResponse__Output>): grpc.ClientUnaryCall;
  cpuFreqStats(argument: _google_protobuf_Empty, callback: grpc.requestCallback<CPUFreqStatsResponse__Output>): grpc.ClientUnaryCall;
  
  CPUInfo(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<CPUInfoResponse__Output>): grpc.ClientUnaryCall;
  CPUInfo(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<CPUInfoResponse__Output>): grpc.ClientUnaryCall;
  CPUInfo(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<CPUInfoResponse__Output>): grpc.ClientUnaryCall;
  CPUInfo(argument: _google_protobuf_Empty, callback: grpc.requestCallback<CPUInfoResponse__Output>): grpc.ClientUnaryCall;
  cpuInfo(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<CPUInfoResponse__Output>): grpc.ClientUnaryCall;
  cpuInfo(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<CPUInfoResponse__Output>): grpc.ClientUnaryCall;
  cpuInfo(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<CPUInfoResponse__Output>): grpc.ClientUnaryCall;
  cpuInfo(argument: _google_protobuf_Empty, callback: grpc.requestCallback<CPUInfoResponse__Output>): grpc.ClientUnaryCall;
  
  Containers(argument: ContainersRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<ContainersResponse__Output>): grpc.ClientUnaryCall;
  Containers(argument: ContainersRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<ContainersResponse__Output>): grpc.ClientUnaryCall;
  Containers(argument: ContainersRequest, options: grpc.CallOptions, callback: grpc.requestCallback<ContainersResponse__Output>): grpc.ClientUnaryCall;
  Containers(argument: ContainersRequest, callback: grpc.requestCallback<ContainersResponse__Output>): grpc.ClientUnaryCall;
  containers(argument: ContainersRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<ContainersResponse__Output>): grpc.ClientUnaryCall;
  containers(argument: ContainersRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<ContainersResponse__Output>): grpc.ClientUnaryCall;
  containers(argument: ContainersRequest, options: grpc.CallOptions, callback: grpc.requestCallback<ContainersResponse__Output>): grpc.ClientUnaryCall;
  containers(argument: ContainersRequest, callback: grpc.requestCallback<ContainersResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * A file or folder as .tar.gz. May hold secrets.
   */
  Copy(argument: CopyRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_common_Data__Output>;
  Copy(argument: CopyRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_common_Data__Output>;
  /**
   * A file or folder as .tar.gz. May hold secrets.
   */
  copy(argument: CopyRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_common_Data__Output>;
  copy(argument: CopyRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_common_Data__Output>;
  
  DiskStats(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<DiskStatsResponse__Output>): grpc.ClientUnaryCall;
  DiskStats(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<DiskStatsResponse__Output>): grpc.ClientUnaryCall;
  DiskStats(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<DiskStatsResponse__Output>): grpc.ClientUnaryCall;
  DiskStats(argument: _google_protobuf_Empty, callback: grpc.requestCallback<DiskStatsResponse__Output>): grpc.ClientUnaryCall;
  diskStats(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<DiskStatsResponse__Output>): grpc.ClientUnaryCall;
  diskStats(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<DiskStatsResponse__Output>): grpc.ClientUnaryCall;
  diskStats(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<DiskStatsResponse__Output>): grpc.ClientUnaryCall;
  diskStats(argument: _google_protobuf_Empty, callback: grpc.requestCallback<DiskStatsResponse__Output>): grpc.ClientUnaryCall;
  
  DiskUsage(argument: DiskUsageRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<DiskUsageInfo__Output>;
  DiskUsage(argument: DiskUsageRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<DiskUsageInfo__Output>;
  diskUsage(argument: DiskUsageRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<DiskUsageInfo__Output>;
  diskUsage(argument: DiskUsageRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<DiskUsageInfo__Output>;
  
  /**
   * Kernel messages.
   */
  Dmesg(argument: DmesgRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_common_Data__Output>;
  Dmesg(argument: DmesgRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_common_Data__Output>;
  /**
   * Kernel messages.
   */
  dmesg(argument: DmesgRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_common_Data__Output>;
  dmesg(argument: DmesgRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_common_Data__Output>;
  
  EtcdAlarmDisarm(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdAlarmDisarmResponse__Output>): grpc.ClientUnaryCall;
  EtcdAlarmDisarm(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<EtcdAlarmDisarmResponse__Output>): grpc.ClientUnaryCall;
  EtcdAlarmDisarm(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdAlarmDisarmResponse__Output>): grpc.ClientUnaryCall;
  EtcdAlarmDisarm(argument: _google_protobuf_Empty, callback: grpc.requestCallback<EtcdAlarmDisarmResponse__Output>): grpc.ClientUnaryCall;
  etcdAlarmDisarm(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdAlarmDisarmResponse__Output>): grpc.ClientUnaryCall;
  etcdAlarmDisarm(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<EtcdAlarmDisarmResponse__Output>): grpc.ClientUnaryCall;
  etcdAlarmDisarm(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdAlarmDisarmResponse__Output>): grpc.ClientUnaryCall;
  etcdAlarmDisarm(argument: _google_protobuf_Empty, callback: grpc.requestCallback<EtcdAlarmDisarmResponse__Output>): grpc.ClientUnaryCall;
  
  EtcdAlarmList(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdAlarmListResponse__Output>): grpc.ClientUnaryCall;
  EtcdAlarmList(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<EtcdAlarmListResponse__Output>): grpc.ClientUnaryCall;
  EtcdAlarmList(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdAlarmListResponse__Output>): grpc.ClientUnaryCall;
  EtcdAlarmList(argument: _google_protobuf_Empty, callback: grpc.requestCallback<EtcdAlarmListResponse__Output>): grpc.ClientUnaryCall;
  etcdAlarmList(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdAlarmListResponse__Output>): grpc.ClientUnaryCall;
  etcdAlarmList(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<EtcdAlarmListResponse__Output>): grpc.ClientUnaryCall;
  etcdAlarmList(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdAlarmListResponse__Output>): grpc.ClientUnaryCall;
  etcdAlarmList(argument: _google_protobuf_Empty, callback: grpc.requestCallback<EtcdAlarmListResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * The member does not answer until it is done.
   */
  EtcdDefragment(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdDefragmentResponse__Output>): grpc.ClientUnaryCall;
  EtcdDefragment(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<EtcdDefragmentResponse__Output>): grpc.ClientUnaryCall;
  EtcdDefragment(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdDefragmentResponse__Output>): grpc.ClientUnaryCall;
  EtcdDefragment(argument: _google_protobuf_Empty, callback: grpc.requestCallback<EtcdDefragmentResponse__Output>): grpc.ClientUnaryCall;
  /**
   * The member does not answer until it is done.
   */
  etcdDefragment(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdDefragmentResponse__Output>): grpc.ClientUnaryCall;
  etcdDefragment(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<EtcdDefragmentResponse__Output>): grpc.ClientUnaryCall;
  etcdDefragment(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdDefragmentResponse__Output>): grpc.ClientUnaryCall;
  etcdDefragment(argument: _google_protobuf_Empty, callback: grpc.requestCallback<EtcdDefragmentResponse__Output>): grpc.ClientUnaryCall;
  
  EtcdDowngradeCancel(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdDowngradeCancelResponse__Output>): grpc.ClientUnaryCall;
  EtcdDowngradeCancel(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<EtcdDowngradeCancelResponse__Output>): grpc.ClientUnaryCall;
  EtcdDowngradeCancel(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdDowngradeCancelResponse__Output>): grpc.ClientUnaryCall;
  EtcdDowngradeCancel(argument: _google_protobuf_Empty, callback: grpc.requestCallback<EtcdDowngradeCancelResponse__Output>): grpc.ClientUnaryCall;
  etcdDowngradeCancel(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdDowngradeCancelResponse__Output>): grpc.ClientUnaryCall;
  etcdDowngradeCancel(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<EtcdDowngradeCancelResponse__Output>): grpc.ClientUnaryCall;
  etcdDowngradeCancel(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdDowngradeCancelResponse__Output>): grpc.ClientUnaryCall;
  etcdDowngradeCancel(argument: _google_protobuf_Empty, callback: grpc.requestCallback<EtcdDowngradeCancelResponse__Output>): grpc.ClientUnaryCall;
  
  EtcdDowngradeEnable(argument: EtcdDowngradeEnableRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdDowngradeEnableResponse__Output>): grpc.ClientUnaryCall;
  EtcdDowngradeEnable(argument: EtcdDowngradeEnableRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<EtcdDowngradeEnableResponse__Output>): grpc.ClientUnaryCall;
  EtcdDowngradeEnable(argument: EtcdDowngradeEnableRequest, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdDowngradeEnableResponse__Output>): grpc.ClientUnaryCall;
  EtcdDowngradeEnable(argument: EtcdDowngradeEnableRequest, callback: grpc.requestCallback<EtcdDowngradeEnableResponse__Output>): grpc.ClientUnaryCall;
  etcdDowngradeEnable(argument: EtcdDowngradeEnableRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdDowngradeEnableResponse__Output>): grpc.ClientUnaryCall;
  etcdDowngradeEnable(argument: EtcdDowngradeEnableRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<EtcdDowngradeEnableResponse__Output>): grpc.ClientUnaryCall;
  etcdDowngradeEnable(argument: EtcdDowngradeEnableRequest, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdDowngradeEnableResponse__Output>): grpc.ClientUnaryCall;
  etcdDowngradeEnable(argument: EtcdDowngradeEnableRequest, callback: grpc.requestCallback<EtcdDowngradeEnableResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Changes nothing.
   */
  EtcdDowngradeValidate(argument: EtcdDowngradeValidateRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdDowngradeValidateResponse__Output>): grpc.ClientUnaryCall;
  EtcdDowngradeValidate(argument: EtcdDowngradeValidateRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<EtcdDowngradeValidateResponse__Output>): grpc.ClientUnaryCall;
  EtcdDowngradeValidate(argument: EtcdDowngradeValidateRequest, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdDowngradeValidateResponse__Output>): grpc.ClientUnaryCall;
  EtcdDowngradeValidate(argument: EtcdDowngradeValidateRequest, callback: grpc.requestCallback<EtcdDowngradeValidateResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Changes nothing.
   */
  etcdDowngradeValidate(argument: EtcdDowngradeValidateRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdDowngradeValidateResponse__Output>): grpc.ClientUnaryCall;
  etcdDowngradeValidate(argument: EtcdDowngradeValidateRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<EtcdDowngradeValidateResponse__Output>): grpc.ClientUnaryCall;
  etcdDowngradeValidate(argument: EtcdDowngradeValidateRequest, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdDowngradeValidateResponse__Output>): grpc.ClientUnaryCall;
  etcdDowngradeValidate(argument: EtcdDowngradeValidateRequest, callback: grpc.requestCallback<EtcdDowngradeValidateResponse__Output>): grpc.ClientUnaryCall;
  
  EtcdForfeitLeadership(argument: EtcdForfeitLeadershipRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdForfeitLeadershipResponse__Output>): grpc.ClientUnaryCall;
  EtcdForfeitLeadership(argument: EtcdForfeitLeadershipRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<EtcdForfeitLeadershipResponse__Output>): grpc.ClientUnaryCall;
  EtcdForfeitLeadership(argument: EtcdForfeitLeadershipRequest, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdForfeitLeadershipResponse__Output>): grpc.ClientUnaryCall;
  EtcdForfeitLeadership(argument: EtcdForfeitLeadershipRequest, callback: grpc.requestCallback<EtcdForfeitLeadershipResponse__Output>): grpc.ClientUnaryCall;
  etcdForfeitLeadership(argument: EtcdForfeitLeadershipRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdForfeitLeadershipResponse__Output>): grpc.ClientUnaryCall;
  etcdForfeitLeadership(argument: EtcdForfeitLeadershipRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<EtcdForfeitLeadershipResponse__Output>): grpc.ClientUnaryCall;
  etcdForfeitLeadership(argument: EtcdForfeitLeadershipRequest, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdForfeitLeadershipResponse__Output>): grpc.ClientUnaryCall;
  etcdForfeitLeadership(argument: EtcdForfeitLeadershipRequest, callback: grpc.requestCallback<EtcdForfeitLeadershipResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * The node itself leaves. Do it before a node is removed.
   */
  EtcdLeaveCluster(argument: EtcdLeaveClusterRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdLeaveClusterResponse__Output>): grpc.ClientUnaryCall;
  EtcdLeaveCluster(argument: EtcdLeaveClusterRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<EtcdLeaveClusterResponse__Output>): grpc.ClientUnaryCall;
  EtcdLeaveCluster(argument: EtcdLeaveClusterRequest, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdLeaveClusterResponse__Output>): grpc.ClientUnaryCall;
  EtcdLeaveCluster(argument: EtcdLeaveClusterRequest, callback: grpc.requestCallback<EtcdLeaveClusterResponse__Output>): grpc.ClientUnaryCall;
  /**
   * The node itself leaves. Do it before a node is removed.
   */
  etcdLeaveCluster(argument: EtcdLeaveClusterRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdLeaveClusterResponse__Output>): grpc.ClientUnaryCall;
  etcdLeaveCluster(argument: EtcdLeaveClusterRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<EtcdLeaveClusterResponse__Output>): grpc.ClientUnaryCall;
  etcdLeaveCluster(argument: EtcdLeaveClusterRequest, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdLeaveClusterResponse__Output>): grpc.ClientUnaryCall;
  etcdLeaveCluster(argument: EtcdLeaveClusterRequest, callback: grpc.requestCallback<EtcdLeaveClusterResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Control plane only, as everything about etcd.
   */
  EtcdMemberList(argument: EtcdMemberListRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdMemberListResponse__Output>): grpc.ClientUnaryCall;
  EtcdMemberList(argument: EtcdMemberListRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<EtcdMemberListResponse__Output>): grpc.ClientUnaryCall;
  EtcdMemberList(argument: EtcdMemberListRequest, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdMemberListResponse__Output>): grpc.ClientUnaryCall;
  EtcdMemberList(argument: EtcdMemberListRequest, callback: grpc.requestCallback<EtcdMemberListResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Control plane only, as everything about etcd.
   */
  etcdMemberList(argument: EtcdMemberListRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdMemberListResponse__Output>): grpc.ClientUnaryCall;
  etcdMemberList(argument: EtcdMemberListRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<EtcdMemberListResponse__Output>): grpc.ClientUnaryCall;
  etcdMemberList(argument: EtcdMemberListRequest, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdMemberListResponse__Output>): grpc.ClientUnaryCall;
  etcdMemberList(argument: EtcdMemberListRequest, callback: grpc.requestCallback<EtcdMemberListResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Uploads a snapshot in pieces of 4 KiB, before Bootstrap with `recover_etcd`.
   */
  EtcdRecover(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdRecoverResponse__Output>): grpc.ClientWritableStream<_common_Data>;
  EtcdRecover(metadata: grpc.Metadata, callback: grpc.requestCallback<EtcdRecoverResponse__Output>): grpc.ClientWritableStream<_common_Data>;
  EtcdRecover(options: grpc.CallOptions, callback: grpc.requestCallback<EtcdRecoverResponse__Output>): grpc.ClientWritableStream<_common_Data>;
  EtcdRecover(callback: grpc.requestCallback<EtcdRecoverResponse__Output>): grpc.ClientWritableStream<_common_Data>;
  /**
   * Uploads a snapshot in pieces of 4 KiB, before Bootstrap with `recover_etcd`.
   */
  etcdRecover(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdRecoverResponse__Output>): grpc.ClientWritableStream<_common_Data>;
  etcdRecover(metadata: grpc.Metadata, callback: grpc.requestCallback<EtcdRecoverResponse__Output>): grpc.ClientWritableStream<_common_Data>;
  etcdRecover(options: grpc.CallOptions, callback: grpc.requestCallback<EtcdRecoverResponse__Output>): grpc.ClientWritableStream<_common_Data>;
  etcdRecover(callback: grpc.requestCallback<EtcdRecoverResponse__Output>): grpc.ClientWritableStream<_common_Data>;
  
  /**
   * Removes another member. Can cost the quorum.
   */
  EtcdRemoveMemberByID(argument: EtcdRemoveMemberByIDRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdRemoveMemberByIDResponse__Output>): grpc.ClientUnaryCall;
  EtcdRemoveMemberByID(argument: EtcdRemoveMemberByIDRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<EtcdRemoveMemberByIDResponse__Output>): grpc.ClientUnaryCall;
  EtcdRemoveMemberByID(argument: EtcdRemoveMemberByIDRequest, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdRemoveMemberByIDResponse__Output>): grpc.ClientUnaryCall;
  EtcdRemoveMemberByID(argument: EtcdRemoveMemberByIDRequest, callback: grpc.requestCallback<EtcdRemoveMemberByIDResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Removes another member. Can cost the quorum.
   */
  etcdRemoveMemberById(argument: EtcdRemoveMemberByIDRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdRemoveMemberByIDResponse__Output>): grpc.ClientUnaryCall;
  etcdRemoveMemberById(argument: EtcdRemoveMemberByIDRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<EtcdRemoveMemberByIDResponse__Output>): grpc.ClientUnaryCall;
  etcdRemoveMemberById(argument: EtcdRemoveMemberByIDRequest, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdRemoveMemberByIDResponse__Output>): grpc.ClientUnaryCall;
  etcdRemoveMemberById(argument: EtcdRemoveMemberByIDRequest, callback: grpc.requestCallback<EtcdRemoveMemberByIDResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * The database, followed by its SHA-256: the size modulo 512 is 32. Holds the secrets of the cluster.
   */
  EtcdSnapshot(argument: EtcdSnapshotRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_common_Data__Output>;
  EtcdSnapshot(argument: EtcdSnapshotRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_common_Data__Output>;
  /**
   * The database, followed by its SHA-256: the size modulo 512 is 32. Holds the secrets of the cluster.
   */
  etcdSnapshot(argument: EtcdSnapshotRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_common_Data__Output>;
  etcdSnapshot(argument: EtcdSnapshotRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_common_Data__Output>;
  
  EtcdStatus(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdStatusResponse__Output>): grpc.ClientUnaryCall;
  EtcdStatus(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<EtcdStatusResponse__Output>): grpc.ClientUnaryCall;
  EtcdStatus(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdStatusResponse__Output>): grpc.ClientUnaryCall;
  EtcdStatus(argument: _google_protobuf_Empty, callback: grpc.requestCallback<EtcdStatusResponse__Output>): grpc.ClientUnaryCall;
  etcdStatus(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdStatusResponse__Output>): grpc.ClientUnaryCall;
  etcdStatus(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<EtcdStatusResponse__Output>): grpc.ClientUnaryCall;
  etcdStatus(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<EtcdStatusResponse__Output>): grpc.ClientUnaryCall;
  etcdStatus(argument: _google_protobuf_Empty, callback: grpc.requestCallback<EtcdStatusResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * First an empty message: the stream stands. Then what happens on the node, for as long as the call lives.
   */
  Events(argument: EventsRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<Event__Output>;
  Events(argument: EventsRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<Event__Output>;
  /**
   * First an empty message: the stream stands. Then what happens on the node, for as long as the call lives.
   */
  events(argument: EventsRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<Event__Output>;
  events(argument: EventsRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<Event__Output>;
  
  /**
   * Control plane only. Issues a new client certificate for the given roles.
   */
  GenerateClientConfiguration(argument: GenerateClientConfigurationRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<GenerateClientConfigurationResponse__Output>): grpc.ClientUnaryCall;
  GenerateClientConfiguration(argument: GenerateClientConfigurationRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<GenerateClientConfigurationResponse__Output>): grpc.ClientUnaryCall;
  GenerateClientConfiguration(argument: GenerateClientConfigurationRequest, options: grpc.CallOptions, callback: grpc.requestCallback<GenerateClientConfigurationResponse__Output>): grpc.ClientUnaryCall;
  GenerateClientConfiguration(argument: GenerateClientConfigurationRequest, callback: grpc.requestCallback<GenerateClientConfigurationResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Control plane only. Issues a new client certificate for the given roles.
   */
  generateClientConfiguration(argument: GenerateClientConfigurationRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<GenerateClientConfigurationResponse__Output>): grpc.ClientUnaryCall;
  generateClientConfiguration(argument: GenerateClientConfigurationRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<GenerateClientConfigurationResponse__Output>): grpc.ClientUnaryCall;
  generateClientConfiguration(argument: GenerateClientConfigurationRequest, options: grpc.CallOptions, callback: grpc.requestCallback<GenerateClientConfigurationResponse__Output>): grpc.ClientUnaryCall;
  generateClientConfiguration(argument: GenerateClientConfigurationRequest, callback: grpc.requestCallback<GenerateClientConfigurationResponse__Output>): grpc.ClientUnaryCall;
  
  Hostname(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<HostnameResponse__Output>): grpc.ClientUnaryCall;
  Hostname(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<HostnameResponse__Output>): grpc.ClientUnaryCall;
  Hostname(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<HostnameResponse__Output>): grpc.ClientUnaryCall;
  Hostname(argument: _google_protobuf_Empty, callback: grpc.requestCallback<HostnameResponse__Output>): grpc.ClientUnaryCall;
  hostname(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<HostnameResponse__Output>): grpc.ClientUnaryCall;
  hostname(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<HostnameResponse__Output>): grpc.ClientUnaryCall;
  hostname(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<HostnameResponse__Output>): grpc.ClientUnaryCall;
  hostname(argument: _google_protobuf_Empty, callback: grpc.requestCallback<HostnameResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * For Talos up to 1.12; newer nodes have ImageService.List.
   * @deprecated
   */
  ImageList(argument: ImageListRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<ImageListResponse__Output>;
  ImageList(argument: ImageListRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<ImageListResponse__Output>;
  /**
   * For Talos up to 1.12; newer nodes have ImageService.List.
   * @deprecated
   */
  imageList(argument: ImageListRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<ImageListResponse__Output>;
  imageList(argument: ImageListRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<ImageListResponse__Output>;
  
  /**
   * For Talos up to 1.12; newer nodes have ImageService.Pull.
   * @deprecated
   */
  ImagePull(argument: ImagePullRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<ImagePullResponse__Output>): grpc.ClientUnaryCall;
  ImagePull(argument: ImagePullRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<ImagePullResponse__Output>): grpc.ClientUnaryCall;
  ImagePull(argument: ImagePullRequest, options: grpc.CallOptions, callback: grpc.requestCallback<ImagePullResponse__Output>): grpc.ClientUnaryCall;
  ImagePull(argument: ImagePullRequest, callback: grpc.requestCallback<ImagePullResponse__Output>): grpc.ClientUnaryCall;
  /**
   * For Talos up to 1.12; newer nodes have ImageService.Pull.
   * @deprecated
   */
  imagePull(argument: ImagePullRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<ImagePullResponse__Output>): grpc.ClientUnaryCall;
  imagePull(argument: ImagePullRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<ImagePullResponse__Output>): grpc.ClientUnaryCall;
  imagePull(argument: ImagePullRequest, options: grpc.CallOptions, callback: grpc.requestCallback<ImagePullResponse__Output>): grpc.ClientUnaryCall;
  imagePull(argument: ImagePullRequest, callback: grpc.requestCallback<ImagePullResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Control plane only. A .tar.gz with one entry `kubeconfig`, whose end marks are missing.
   * Issues a new certificate each time.
   */
  Kubeconfig(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_common_Data__Output>;
  Kubeconfig(argument: _google_protobuf_Empty, options?: grpc.CallOptions): grpc.ClientReadableStream<_common_Data__Output>;
  /**
   * Control plane only. A .tar.gz with one entry `kubeconfig`, whose end marks are missing.
   * Issues a new certificate each time.
   */
  kubeconfig(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_common_Data__Output>;
  kubeconfig(argument: _google_protobuf_Empty, options?: grpc.CallOptions): grpc.ClientReadableStream<_common_Data__Output>;
  
  /**
   * A folder, one message for each entry. An entry may carry an error instead of facts.
   */
  List(argument: ListRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<FileInfo__Output>;
  List(argument: ListRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<FileInfo__Output>;
  /**
   * A folder, one message for each entry. An entry may carry an error instead of facts.
   */
  list(argument: ListRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<FileInfo__Output>;
  list(argument: ListRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<FileInfo__Output>;
  
  LoadAvg(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<LoadAvgResponse__Output>): grpc.ClientUnaryCall;
  LoadAvg(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<LoadAvgResponse__Output>): grpc.ClientUnaryCall;
  LoadAvg(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<LoadAvgResponse__Output>): grpc.ClientUnaryCall;
  LoadAvg(argument: _google_protobuf_Empty, callback: grpc.requestCallback<LoadAvgResponse__Output>): grpc.ClientUnaryCall;
  loadAvg(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<LoadAvgResponse__Output>): grpc.ClientUnaryCall;
  loadAvg(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<LoadAvgResponse__Output>): grpc.ClientUnaryCall;
  loadAvg(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<LoadAvgResponse__Output>): grpc.ClientUnaryCall;
  loadAvg(argument: _google_protobuf_Empty, callback: grpc.requestCallback<LoadAvgResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * The log of a service or of a container, with `follow` for as long as the call lives.
   */
  Logs(argument: LogsRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_common_Data__Output>;
  Logs(argument: LogsRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_common_Data__Output>;
  /**
   * The log of a service or of a container, with `follow` for as long as the call lives.
   */
  logs(argument: LogsRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_common_Data__Output>;
  logs(argument: LogsRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_common_Data__Output>;
  
  /**
   * Ids that have a log.
   */
  LogsContainers(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<LogsContainersResponse__Output>): grpc.ClientUnaryCall;
  LogsContainers(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<LogsContainersResponse__Output>): grpc.ClientUnaryCall;
  LogsContainers(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<LogsContainersResponse__Output>): grpc.ClientUnaryCall;
  LogsContainers(argument: _google_protobuf_Empty, callback: grpc.requestCallback<LogsContainersResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Ids that have a log.
   */
  logsContainers(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<LogsContainersResponse__Output>): grpc.ClientUnaryCall;
  logsContainers(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<LogsContainersResponse__Output>): grpc.ClientUnaryCall;
  logsContainers(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<LogsContainersResponse__Output>): grpc.ClientUnaryCall;
  logsContainers(argument: _google_protobuf_Empty, callback: grpc.requestCallback<LogsContainersResponse__Output>): grpc.ClientUnaryCall;
  
  Memory(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<MemoryResponse__Output>): grpc.ClientUnaryCall;
  Memory(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<MemoryResponse__Output>): grpc.ClientUnaryCall;
  Memory(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<MemoryResponse__Output>): grpc.ClientUnaryCall;
  Memory(argument: _google_protobuf_Empty, callback: grpc.requestCallback<MemoryResponse__Output>): grpc.ClientUnaryCall;
  memory(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<MemoryResponse__Output>): grpc.ClientUnaryCall;
  memory(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<MemoryResponse__Output>): grpc.ClientUnaryCall;
  memory(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<MemoryResponse__Output>): grpc.ClientUnaryCall;
  memory(argument: _google_protobuf_Empty, callback: grpc.requestCallback<MemoryResponse__Output>): grpc.ClientUnaryCall;
  
  MetaDelete(argument: MetaDeleteRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<MetaDeleteResponse__Output>): grpc.ClientUnaryCall;
  MetaDelete(argument: MetaDeleteRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<MetaDeleteResponse__Output>): grpc.ClientUnaryCall;
  MetaDelete(argument: MetaDeleteRequest, options: grpc.CallOptions, callback: grpc.requestCallback<MetaDeleteResponse__Output>): grpc.ClientUnaryCall;
  MetaDelete(argument: MetaDeleteRequest, callback: grpc.requestCallback<MetaDeleteResponse__Output>): grpc.ClientUnaryCall;
  metaDelete(argument: MetaDeleteRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<MetaDeleteResponse__Output>): grpc.ClientUnaryCall;
  metaDelete(argument: MetaDeleteRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<MetaDeleteResponse__Output>): grpc.ClientUnaryCall;
  metaDelete(argument: MetaDeleteRequest, options: grpc.CallOptions, callback: grpc.requestCallback<MetaDeleteResponse__Output>): grpc.ClientUnaryCall;
  metaDelete(argument: MetaDeleteRequest, callback: grpc.requestCallback<MetaDeleteResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Writes a key of the META partition.
   */
  MetaWrite(argument: MetaWriteRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<MetaWriteResponse__Output>): grpc.ClientUnaryCall;
  MetaWrite(argument: MetaWriteRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<MetaWriteResponse__Output>): grpc.ClientUnaryCall;
  MetaWrite(argument: MetaWriteRequest, options: grpc.CallOptions, callback: grpc.requestCallback<MetaWriteResponse__Output>): grpc.ClientUnaryCall;
  MetaWrite(argument: MetaWriteRequest, callback: grpc.requestCallback<MetaWriteResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Writes a key of the META partition.
   */
  metaWrite(argument: MetaWriteRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<MetaWriteResponse__Output>): grpc.ClientUnaryCall;
  metaWrite(argument: MetaWriteRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<MetaWriteResponse__Output>): grpc.ClientUnaryCall;
  metaWrite(argument: MetaWriteRequest, options: grpc.CallOptions, callback: grpc.requestCallback<MetaWriteResponse__Output>): grpc.ClientUnaryCall;
  metaWrite(argument: MetaWriteRequest, callback: grpc.requestCallback<MetaWriteResponse__Output>): grpc.ClientUnaryCall;
  
  Mounts(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<MountsResponse__Output>): grpc.ClientUnaryCall;
  Mounts(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<MountsResponse__Output>): grpc.ClientUnaryCall;
  Mounts(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<MountsResponse__Output>): grpc.ClientUnaryCall;
  Mounts(argument: _google_protobuf_Empty, callback: grpc.requestCallback<MountsResponse__Output>): grpc.ClientUnaryCall;
  mounts(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<MountsResponse__Output>): grpc.ClientUnaryCall;
  mounts(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<MountsResponse__Output>): grpc.ClientUnaryCall;
  mounts(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<MountsResponse__Output>): grpc.ClientUnaryCall;
  mounts(argument: _google_protobuf_Empty, callback: grpc.requestCallback<MountsResponse__Output>): grpc.ClientUnaryCall;
  
  Netstat(argument: NetstatRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<NetstatResponse__Output>): grpc.ClientUnaryCall;
  Netstat(argument: NetstatRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<NetstatResponse__Output>): grpc.ClientUnaryCall;
  Netstat(argument: NetstatRequest, options: grpc.CallOptions, callback: grpc.requestCallback<NetstatResponse__Output>): grpc.ClientUnaryCall;
  Netstat(argument: NetstatRequest, callback: grpc.requestCallback<NetstatResponse__Output>): grpc.ClientUnaryCall;
  netstat(argument: NetstatRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<NetstatResponse__Output>): grpc.ClientUnaryCall;
  netstat(argument: NetstatRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<NetstatResponse__Output>): grpc.ClientUnaryCall;
  netstat(argument: NetstatRequest, options: grpc.CallOptions, callback: grpc.requestCallback<NetstatResponse__Output>): grpc.ClientUnaryCall;
  netstat(argument: NetstatRequest, callback: grpc.requestCallback<NetstatResponse__Output>): grpc.ClientUnaryCall;
  
  NetworkDeviceStats(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<NetworkDeviceStatsResponse__Output>): grpc.ClientUnaryCall;
  NetworkDeviceStats(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<NetworkDeviceStatsResponse__Output>): grpc.ClientUnaryCall;
  NetworkDeviceStats(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<NetworkDeviceStatsResponse__Output>): grpc.ClientUnaryCall;
  NetworkDeviceStats(argument: _google_protobuf_Empty, callback: grpc.requestCallback<NetworkDeviceStatsResponse__Output>): grpc.ClientUnaryCall;
  networkDeviceStats(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<NetworkDeviceStatsResponse__Output>): grpc.ClientUnaryCall;
  networkDeviceStats(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<NetworkDeviceStatsResponse__Output>): grpc.ClientUnaryCall;
  networkDeviceStats(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<NetworkDeviceStatsResponse__Output>): grpc.ClientUnaryCall;
  networkDeviceStats(argument: _google_protobuf_Empty, callback: grpc.requestCallback<NetworkDeviceStatsResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * A pcap file that grows while the call lives. May show secrets in transit.
   */
  PacketCapture(argument: PacketCaptureRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_common_Data__Output>;
  PacketCapture(argument: PacketCaptureRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_common_Data__Output>;
  /**
   * A pcap file that grows while the call lives. May show secrets in transit.
   */
  packetCapture(argument: PacketCaptureRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_common_Data__Output>;
  packetCapture(argument: PacketCaptureRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_common_Data__Output>;
  
  Processes(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<ProcessesResponse__Output>): grpc.ClientUnaryCall;
  Processes(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<ProcessesResponse__Output>): grpc.ClientUnaryCall;
  Processes(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<ProcessesResponse__Output>): grpc.ClientUnaryCall;
  Processes(argument: _google_protobuf_Empty, callback: grpc.requestCallback<ProcessesResponse__Output>): grpc.ClientUnaryCall;
  processes(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<ProcessesResponse__Output>): grpc.ClientUnaryCall;
  processes(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<ProcessesResponse__Output>): grpc.ClientUnaryCall;
  processes(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<ProcessesResponse__Output>): grpc.ClientUnaryCall;
  processes(argument: _google_protobuf_Empty, callback: grpc.requestCallback<ProcessesResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * A regular file. May hold secrets.
   */
  Read(argument: ReadRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_common_Data__Output>;
  Read(argument: ReadRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_common_Data__Output>;
  /**
   * A regular file. May hold secrets.
   */
  read(argument: ReadRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_common_Data__Output>;
  read(argument: ReadRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_common_Data__Output>;
  
  /**
   * Outage of the node.
   */
  Reboot(argument: RebootRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<RebootResponse__Output>): grpc.ClientUnaryCall;
  Reboot(argument: RebootRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<RebootResponse__Output>): grpc.ClientUnaryCall;
  Reboot(argument: RebootRequest, options: grpc.CallOptions, callback: grpc.requestCallback<RebootResponse__Output>): grpc.ClientUnaryCall;
  Reboot(argument: RebootRequest, callback: grpc.requestCallback<RebootResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Outage of the node.
   */
  reboot(argument: RebootRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<RebootResponse__Output>): grpc.ClientUnaryCall;
  reboot(argument: RebootRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<RebootResponse__Output>): grpc.ClientUnaryCall;
  reboot(argument: RebootRequest, options: grpc.CallOptions, callback: grpc.requestCallback<RebootResponse__Output>): grpc.ClientUnaryCall;
  reboot(argument: RebootRequest, callback: grpc.requestCallback<RebootResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Wipes the node. Destroys data; cannot be undone.
   */
  Reset(argument: ResetRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<ResetResponse__Output>): grpc.ClientUnaryCall;
  Reset(argument: ResetRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<ResetResponse__Output>): grpc.ClientUnaryCall;
  Reset(argument: ResetRequest, options: grpc.CallOptions, callback: grpc.requestCallback<ResetResponse__Output>): grpc.ClientUnaryCall;
  Reset(argument: ResetRequest, callback: grpc.requestCallback<ResetResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Wipes the node. Destroys data; cannot be undone.
   */
  reset(argument: ResetRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<ResetResponse__Output>): grpc.ClientUnaryCall;
  reset(argument: ResetRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<ResetResponse__Output>): grpc.ClientUnaryCall;
  reset(argument: ResetRequest, options: grpc.CallOptions, callback: grpc.requestCallback<ResetResponse__Output>): grpc.ClientUnaryCall;
  reset(argument: ResetRequest, callback: grpc.requestCallback<ResetResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Restarts one container.
   */
  Restart(argument: RestartRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<RestartResponse__Output>): grpc.ClientUnaryCall;
  Restart(argument: RestartRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<RestartResponse__Output>): grpc.ClientUnaryCall;
  Restart(argument: RestartRequest, options: grpc.CallOptions, callback: grpc.requestCallback<RestartResponse__Output>): grpc.ClientUnaryCall;
  Restart(argument: RestartRequest, callback: grpc.requestCallback<RestartResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Restarts one container.
   */
  restart(argument: RestartRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<RestartResponse__Output>): grpc.ClientUnaryCall;
  restart(argument: RestartRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<RestartResponse__Output>): grpc.ClientUnaryCall;
  restart(argument: RestartRequest, options: grpc.CallOptions, callback: grpc.requestCallback<RestartResponse__Output>): grpc.ClientUnaryCall;
  restart(argument: RestartRequest, callback: grpc.requestCallback<RestartResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Boots the version before the last upgrade.
   */
  Rollback(argument: RollbackRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<RollbackResponse__Output>): grpc.ClientUnaryCall;
  Rollback(argument: RollbackRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<RollbackResponse__Output>): grpc.ClientUnaryCall;
  Rollback(argument: RollbackRequest, options: grpc.CallOptions, callback: grpc.requestCallback<RollbackResponse__Output>): grpc.ClientUnaryCall;
  Rollback(argument: RollbackRequest, callback: grpc.requestCallback<RollbackResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Boots the version before the last upgrade.
   */
  rollback(argument: RollbackRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<RollbackResponse__Output>): grpc.ClientUnaryCall;
  rollback(argument: RollbackRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<RollbackResponse__Output>): grpc.ClientUnaryCall;
  rollback(argument: RollbackRequest, options: grpc.CallOptions, callback: grpc.requestCallback<RollbackResponse__Output>): grpc.ClientUnaryCall;
  rollback(argument: RollbackRequest, callback: grpc.requestCallback<RollbackResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * The services of Talos with their state, health and last events.
   */
  ServiceList(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<ServiceListResponse__Output>): grpc.ClientUnaryCall;
  ServiceList(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<ServiceListResponse__Output>): grpc.ClientUnaryCall;
  ServiceList(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<ServiceListResponse__Output>): grpc.ClientUnaryCall;
  ServiceList(argument: _google_protobuf_Empty, callback: grpc.requestCallback<ServiceListResponse__Output>): grpc.ClientUnaryCall;
  /**
   * The services of Talos with their state, health and last events.
   */
  serviceList(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<ServiceListResponse__Output>): grpc.ClientUnaryCall;
  serviceList(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<ServiceListResponse__Output>): grpc.ClientUnaryCall;
  serviceList(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<ServiceListResponse__Output>): grpc.ClientUnaryCall;
  serviceList(argument: _google_protobuf_Empty, callback: grpc.requestCallback<ServiceListResponse__Output>): grpc.ClientUnaryCall;
  
  ServiceRestart(argument: ServiceRestartRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<ServiceRestartResponse__Output>): grpc.ClientUnaryCall;
  ServiceRestart(argument: ServiceRestartRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<ServiceRestartResponse__Output>): grpc.ClientUnaryCall;
  ServiceRestart(argument: ServiceRestartRequest, options: grpc.CallOptions, callback: grpc.requestCallback<ServiceRestartResponse__Output>): grpc.ClientUnaryCall;
  ServiceRestart(argument: ServiceRestartRequest, callback: grpc.requestCallback<ServiceRestartResponse__Output>): grpc.ClientUnaryCall;
  serviceRestart(argument: ServiceRestartRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<ServiceRestartResponse__Output>): grpc.ClientUnaryCall;
  serviceRestart(argument: ServiceRestartRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<ServiceRestartResponse__Output>): grpc.ClientUnaryCall;
  serviceRestart(argument: ServiceRestartRequest, options: grpc.CallOptions, callback: grpc.requestCallback<ServiceRestartResponse__Output>): grpc.ClientUnaryCall;
  serviceRestart(argument: ServiceRestartRequest, callback: grpc.requestCallback<ServiceRestartResponse__Output>): grpc.ClientUnaryCall;
  
  ServiceStart(argument: ServiceStartRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<ServiceStartResponse__Output>): grpc.ClientUnaryCall;
  ServiceStart(argument: ServiceStartRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<ServiceStartResponse__Output>): grpc.ClientUnaryCall;
  ServiceStart(argument: ServiceStartRequest, options: grpc.CallOptions, callback: grpc.requestCallback<ServiceStartResponse__Output>): grpc.ClientUnaryCall;
  ServiceStart(argument: ServiceStartRequest, callback: grpc.requestCallback<ServiceStartResponse__Output>): grpc.ClientUnaryCall;
  serviceStart(argument: ServiceStartRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<ServiceStartResponse__Output>): grpc.ClientUnaryCall;
  serviceStart(argument: ServiceStartRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<ServiceStartResponse__Output>): grpc.ClientUnaryCall;
  serviceStart(argument: ServiceStartRequest, options: grpc.CallOptions, callback: grpc.requestCallback<ServiceStartResponse__Output>): grpc.ClientUnaryCall;
  serviceStart(argument: ServiceStartRequest, callback: grpc.requestCallback<ServiceStartResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Takes effect at once. Some services refuse it.
   */
  ServiceStop(argument: ServiceStopRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<ServiceStopResponse__Output>): grpc.ClientUnaryCall;
  ServiceStop(argument: ServiceStopRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<ServiceStopResponse__Output>): grpc.ClientUnaryCall;
  ServiceStop(argument: ServiceStopRequest, options: grpc.CallOptions, callback: grpc.requestCallback<ServiceStopResponse__Output>): grpc.ClientUnaryCall;
  ServiceStop(argument: ServiceStopRequest, callback: grpc.requestCallback<ServiceStopResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Takes effect at once. Some services refuse it.
   */
  serviceStop(argument: ServiceStopRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<ServiceStopResponse__Output>): grpc.ClientUnaryCall;
  serviceStop(argument: ServiceStopRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<ServiceStopResponse__Output>): grpc.ClientUnaryCall;
  serviceStop(argument: ServiceStopRequest, options: grpc.CallOptions, callback: grpc.requestCallback<ServiceStopResponse__Output>): grpc.ClientUnaryCall;
  serviceStop(argument: ServiceStopRequest, callback: grpc.requestCallback<ServiceStopResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Outage of the node until somebody switches it on.
   */
  Shutdown(argument: ShutdownRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<ShutdownResponse__Output>): grpc.ClientUnaryCall;
  Shutdown(argument: ShutdownRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<ShutdownResponse__Output>): grpc.ClientUnaryCall;
  Shutdown(argument: ShutdownRequest, options: grpc.CallOptions, callback: grpc.requestCallback<ShutdownResponse__Output>): grpc.ClientUnaryCall;
  Shutdown(argument: ShutdownRequest, callback: grpc.requestCallback<ShutdownResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Outage of the node until somebody switches it on.
   */
  shutdown(argument: ShutdownRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<ShutdownResponse__Output>): grpc.ClientUnaryCall;
  shutdown(argument: ShutdownRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<ShutdownResponse__Output>): grpc.ClientUnaryCall;
  shutdown(argument: ShutdownRequest, options: grpc.CallOptions, callback: grpc.requestCallback<ShutdownResponse__Output>): grpc.ClientUnaryCall;
  shutdown(argument: ShutdownRequest, callback: grpc.requestCallback<ShutdownResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Memory and CPU time of each container.
   */
  Stats(argument: StatsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<StatsResponse__Output>): grpc.ClientUnaryCall;
  Stats(argument: StatsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<StatsResponse__Output>): grpc.ClientUnaryCall;
  Stats(argument: StatsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<StatsResponse__Output>): grpc.ClientUnaryCall;
  Stats(argument: StatsRequest, callback: grpc.requestCallback<StatsResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Memory and CPU time of each container.
   */
  stats(argument: StatsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<StatsResponse__Output>): grpc.ClientUnaryCall;
  stats(argument: StatsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<StatsResponse__Output>): grpc.ClientUnaryCall;
  stats(argument: StatsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<StatsResponse__Output>): grpc.ClientUnaryCall;
  stats(argument: StatsRequest, callback: grpc.requestCallback<StatsResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Counters of the kernel since boot; the use of the CPUs is the difference of two answers.
   */
  SystemStat(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<SystemStatResponse__Output>): grpc.ClientUnaryCall;
  SystemStat(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<SystemStatResponse__Output>): grpc.ClientUnaryCall;
  SystemStat(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<SystemStatResponse__Output>): grpc.ClientUnaryCall;
  SystemStat(argument: _google_protobuf_Empty, callback: grpc.requestCallback<SystemStatResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Counters of the kernel since boot; the use of the CPUs is the difference of two answers.
   */
  systemStat(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<SystemStatResponse__Output>): grpc.ClientUnaryCall;
  systemStat(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<SystemStatResponse__Output>): grpc.ClientUnaryCall;
  systemStat(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<SystemStatResponse__Output>): grpc.ClientUnaryCall;
  systemStat(argument: _google_protobuf_Empty, callback: grpc.requestCallback<SystemStatResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * For Talos up to 1.12; newer nodes have LifecycleService.Upgrade.
   * @deprecated
   */
  Upgrade(argument: UpgradeRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<UpgradeResponse__Output>): grpc.ClientUnaryCall;
  Upgrade(argument: UpgradeRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<UpgradeResponse__Output>): grpc.ClientUnaryCall;
  Upgrade(argument: UpgradeRequest, options: grpc.CallOptions, callback: grpc.requestCallback<UpgradeResponse__Output>): grpc.ClientUnaryCall;
  Upgrade(argument: UpgradeRequest, callback: grpc.requestCallback<UpgradeResponse__Output>): grpc.ClientUnaryCall;
  /**
   * For Talos up to 1.12; newer nodes have LifecycleService.Upgrade.
   * @deprecated
   */
  upgrade(argument: UpgradeRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<UpgradeResponse__Output>): grpc.ClientUnaryCall;
  upgrade(argument: UpgradeRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<UpgradeResponse__Output>): grpc.ClientUnaryCall;
  upgrade(argument: UpgradeRequest, options: grpc.CallOptions, callback: grpc.requestCallback<UpgradeResponse__Output>): grpc.ClientUnaryCall;
  upgrade(argument: UpgradeRequest, callback: grpc.requestCallback<UpgradeResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * The version of Talos, and whether roles are checked.
   */
  Version(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<VersionResponse__Output>): grpc.ClientUnaryCall;
  Version(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<VersionResponse__Output>): grpc.ClientUnaryCall;
  Version(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<VersionResponse__Output>): grpc.ClientUnaryCall;
  Version(argument: _google_protobuf_Empty, callback: grpc.requestCallback<VersionResponse__Output>): grpc.ClientUnaryCall;
  /**
   * The version of Talos, and whether roles are checked.
   */
  version(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<VersionResponse__Output>): grpc.ClientUnaryCall;
  version(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<VersionResponse__Output>): grpc.ClientUnaryCall;
  version(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<VersionResponse__Output>): grpc.ClientUnaryCall;
  version(argument: _google_protobuf_Empty, callback: grpc.requestCallback<VersionResponse__Output>): grpc.ClientUnaryCall;
  
}

/**
 * Everything about one machine. Served by every node; some methods exist on control plane nodes only.
 * An answer is a list `messages` because an endpoint could once ask several nodes; we ask one, so it has one entry.
 */
export interface MachineServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Replaces the machine config; with `dry_run` only says what would change.
   */
  ApplyConfiguration: grpc.handleUnaryCall<ApplyConfigurationRequest__Output, ApplyConfigurationResponse>;
  
  /**
   * Starts etcd on the first control plane node. Once in the life of a cluster.
   */
  Bootstrap: grpc.handleUnaryCall<BootstrapRequest__Output, BootstrapResponse>;
  
  CPUFreqStats: grpc.handleUnaryCall<_google_protobuf_Empty__Output, CPUFreqStatsResponse>;
  
  CPUInfo: grpc.handleUnaryCall<_google_protobuf_Empty__Output, CPUInfoResponse>;
  
  Containers: grpc.handleUnaryCall<ContainersRequest__Output, ContainersResponse>;
  
  /**
   * A file or folder as .tar.gz. May hold secrets.
   */
  Copy: grpc.handleServerStreamingCall<CopyRequest__Output, _common_Data>;
  
  DiskStats: grpc.handleUnaryCall<_google_protobuf_Empty__Output, DiskStatsResponse>;
  
  DiskUsage: grpc.handleServerStreamingCall<DiskUsageRequest__Output, DiskUsageInfo>;
  
  /**
   * Kernel messages.
   */
  Dmesg: grpc.handleServerStreamingCall<DmesgRequest__Output, _common_Data>;
  
  EtcdAlarmDisarm: grpc.handleUnaryCall<_google_protobuf_Empty__Output, EtcdAlarmDisarmResponse>;
  
  EtcdAlarmList: grpc.handleUnaryCall<_google_protobuf_Empty__Output, EtcdAlarmListResponse>;
  
  /**
   * The member does not answer until it is done.
   */
  EtcdDefragment: grpc.handleUnaryCall<_google_protobuf_Empty__Output, EtcdDefragmentResponse>;
  
  EtcdDowngradeCancel: grpc.handleUnaryCall<_google_protobuf_Empty__Output, EtcdDowngradeCancelResponse>;
  
  EtcdDowngradeEnable: grpc.handleUnaryCall<EtcdDowngradeEnableRequest__Output, EtcdDowngradeEnableResponse>;
  
  /**
   * Changes nothing.
   */
  EtcdDowngradeValidate: grpc.handleUnaryCall<EtcdDowngradeValidateRequest__Output, EtcdDowngradeValidateResponse>;
  
  EtcdForfeitLeadership: grpc.handleUnaryCall<EtcdForfeitLeadershipRequest__Output, EtcdForfeitLeadershipResponse>;
  
  /**
   * The node itself leaves. Do it before a node is removed.
   */
  EtcdLeaveCluster: grpc.handleUnaryCall<EtcdLeaveClusterRequest__Output, EtcdLeaveClusterResponse>;
  
  /**
   * Control plane only, as everything about etcd.
   */
  EtcdMemberList: grpc.handleUnaryCall<EtcdMemberListRequest__Output, EtcdMemberListResponse>;
  
  /**
   * Uploads a snapshot in pieces of 4 KiB, before Bootstrap with `recover_etcd`.
   */
  EtcdRecover: grpc.handleClientStreamingCall<_common_Data__Output, EtcdRecoverResponse>;
  
  /**
   * Removes another member. Can cost the quorum.
   */
  EtcdRemoveMemberByID: grpc.handleUnaryCall<EtcdRemoveMemberByIDRequest__Output, EtcdRemoveMemberByIDResponse>;
  
  /**
   * The database, followed by its SHA-256: the size modulo 512 is 32. Holds the secrets of the cluster.
   */
  EtcdSnapshot: grpc.handleServerStreamingCall<EtcdSnapshotRequest__Output, _common_Data>;
  
  EtcdStatus: grpc.handleUnaryCall<_google_protobuf_Empty__Output, EtcdStatusResponse>;
  
  /**
   * First an empty message: the stream stands. Then what happens on the node, for as long as the call lives.
   */
  Events: grpc.handleServerStreamingCall<EventsRequest__Output, Event>;
  
  /**
   * Control plane only. Issues a new client certificate for the given roles.
   */
  GenerateClientConfiguration: grpc.handleUnaryCall<GenerateClientConfigurationRequest__Output, GenerateClientConfigurationResponse>;
  
  Hostname: grpc.handleUnaryCall<_google_protobuf_Empty__Output, HostnameResponse>;
  
  /**
   * For Talos up to 1.12; newer nodes have ImageService.List.
   */
  ImageList: grpc.handleServerStreamingCall<ImageListRequest__Output, ImageListResponse>;
  
  /**
   * For Talos up to 1.12; newer nodes have ImageService.Pull.
   */
  ImagePull: grpc.handleUnaryCall<ImagePullRequest__Output, ImagePullResponse>;
  
  /**
   * Control plane only. A .tar.gz with one entry `kubeconfig`, whose end marks are missing.
   * Issues a new certificate each time.
   */
  Kubeconfig: grpc.handleServerStreamingCall<_google_protobuf_Empty__Output, _common_Data>;
  
  /**
   * A folder, one message for each entry. An entry may carry an error instead of facts.
   */
  List: grpc.handleServerStreamingCall<ListRequest__Output, FileInfo>;
  
  LoadAvg: grpc.handleUnaryCall<_google_protobuf_Empty__Output, LoadAvgResponse>;
  
  /**
   * The log of a service or of a container, with `follow` for as long as the call lives.
   */
  Logs: grpc.handleServerStreamingCall<LogsRequest__Output, _common_Data>;
  
  /**
   * Ids that have a log.
   */
  LogsContainers: grpc.handleUnaryCall<_google_protobuf_Empty__Output, LogsContainersResponse>;
  
  Memory: grpc.handleUnaryCall<_google_protobuf_Empty__Output, MemoryResponse>;
  
  MetaDelete: grpc.handleUnaryCall<MetaDeleteRequest__Output, MetaDeleteResponse>;
  
  /**
   * Writes a key of the META partition.
   */
  MetaWrite: grpc.handleUnaryCall<MetaWriteRequest__Output, MetaWriteResponse>;
  
  Mounts: grpc.handleUnaryCall<_google_protobuf_Empty__Output, MountsResponse>;
  
  Netstat: grpc.handleUnaryCall<NetstatRequest__Output, NetstatResponse>;
  
  NetworkDeviceStats: grpc.handleUnaryCall<_google_protobuf_Empty__Output, NetworkDeviceStatsResponse>;
  
  /**
   * A pcap file that grows while the call lives. May show secrets in transit.
   */
  PacketCapture: grpc.handleServerStreamingCall<PacketCaptureRequest__Output, _common_Data>;
  
  Processes: grpc.handleUnaryCall<_google_protobuf_Empty__Output, ProcessesResponse>;
  
  /**
   * A regular file. May hold secrets.
   */
  Read: grpc.handleServerStreamingCall<ReadRequest__Output, _common_Data>;
  
  /**
   * Outage of the node.
   */
  Reboot: grpc.handleUnaryCall<RebootRequest__Output, RebootResponse>;
  
  /**
   * Wipes the node. Destroys data; cannot be undone.
   */
  Reset: grpc.handleUnaryCall<ResetRequest__Output, ResetResponse>;
  
  /**
   * Restarts one container.
   */
  Restart: grpc.handleUnaryCall<RestartRequest__Output, RestartResponse>;
  
  /**
   * Boots the version before the last upgrade.
   */
  Rollback: grpc.handleUnaryCall<RollbackRequest__Output, RollbackResponse>;
  
  /**
   * The services of Talos with their state, health and last events.
   */
  ServiceList: grpc.handleUnaryCall<_google_protobuf_Empty__Output, ServiceListResponse>;
  
  ServiceRestart: grpc.handleUnaryCall<ServiceRestartRequest__Output, ServiceRestartResponse>;
  
  ServiceStart: grpc.handleUnaryCall<ServiceStartRequest__Output, ServiceStartResponse>;
  
  /**
   * Takes effect at once. Some services refuse it.
   */
  ServiceStop: grpc.handleUnaryCall<ServiceStopRequest__Output, ServiceStopResponse>;
  
  /**
   * Outage of the node until somebody switches it on.
   */
  Shutdown: grpc.handleUnaryCall<ShutdownRequest__Output, ShutdownResponse>;
  
  /**
   * Memory and CPU time of each container.
   */
  Stats: grpc.handleUnaryCall<StatsRequest__Output, StatsResponse>;
  
  /**
   * Counters of the kernel since boot; the use of the CPUs is the difference of two answers.
   */
  SystemStat: grpc.handleUnaryCall<_google_protobuf_Empty__Output, SystemStatResponse>;
  
  /**
   * For Talos up to 1.12; newer nodes have LifecycleService.Upgrade.
   */
  Upgrade: grpc.handleUnaryCall<UpgradeRequest__Output, UpgradeResponse>;
  
  /**
   * The version of Talos, and whether roles are checked.
   */
  Version: grpc.handleUnaryCall<_google_protobuf_Empty__Output, VersionResponse>;
  
}

export interface MachineServiceDefinition extends grpc.ServiceDefinition {
  ApplyConfiguration: MethodDefinition<ApplyConfigurationRequest, ApplyConfigurationResponse, ApplyConfigurationRequest__Output, ApplyConfigurationResponse__Output>
  Bootstrap: MethodDefinition<BootstrapRequest, BootstrapResponse, BootstrapRequest__Output, BootstrapResponse__Output>
  CPUFreqStats: MethodDefinition<_google_protobuf_Empty, CPUFreqStatsResponse, _google_protobuf_Empty__Output, CPUFreqStatsResponse__Output>
  CPUInfo: MethodDefinition<_google_protobuf_Empty, CPUInfoResponse, _google_protobuf_Empty__Output, CPUInfoResponse__Output>
  Containers: MethodDefinition<ContainersRequest, ContainersResponse, ContainersRequest__Output, ContainersResponse__Output>
  Copy: MethodDefinition<CopyRequest, _common_Data, CopyRequest__Output, _common_Data__Output>
  DiskStats: MethodDefinition<_google_protobuf_Empty, DiskStatsResponse, _google_protobuf_Empty__Output, DiskStatsResponse__Output>
  DiskUsage: MethodDefinition<DiskUsageRequest, DiskUsageInfo, DiskUsageRequest__Output, DiskUsageInfo__Output>
  Dmesg: MethodDefinition<DmesgRequest, _common_Data, DmesgRequest__Output, _common_Data__Output>
  EtcdAlarmDisarm: MethodDefinition<_google_protobuf_Empty, EtcdAlarmDisarmResponse, _google_protobuf_Empty__Output, EtcdAlarmDisarmResponse__Output>
  EtcdAlarmList: MethodDefinition<_google_protobuf_Empty, EtcdAlarmListResponse, _google_protobuf_Empty__Output, EtcdAlarmListResponse__Output>
  EtcdDefragment: MethodDefinition<_google_protobuf_Empty, EtcdDefragmentResponse, _google_protobuf_Empty__Output, EtcdDefragmentResponse__Output>
  EtcdDowngradeCancel: MethodDefinition<_google_protobuf_Empty, EtcdDowngradeCancelResponse, _google_protobuf_Empty__Output, EtcdDowngradeCancelResponse__Output>
  EtcdDowngradeEnable: MethodDefinition<EtcdDowngradeEnableRequest, EtcdDowngradeEnableResponse, EtcdDowngradeEnableRequest__Output, EtcdDowngradeEnableResponse__Output>
  EtcdDowngradeValidate: MethodDefinition<EtcdDowngradeValidateRequest, EtcdDowngradeValidateResponse, EtcdDowngradeValidateRequest__Output, EtcdDowngradeValidateResponse__Output>
  EtcdForfeitLeadership: MethodDefinition<EtcdForfeitLeadershipRequest, EtcdForfeitLeadershipResponse, EtcdForfeitLeadershipRequest__Output, EtcdForfeitLeadershipResponse__Output>
  EtcdLeaveCluster: MethodDefinition<EtcdLeaveClusterRequest, EtcdLeaveClusterResponse, EtcdLeaveClusterRequest__Output, EtcdLeaveClusterResponse__Output>
  EtcdMemberList: MethodDefinition<EtcdMemberListRequest, EtcdMemberListResponse, EtcdMemberListRequest__Output, EtcdMemberListResponse__Output>
  EtcdRecover: MethodDefinition<_common_Data, EtcdRecoverResponse, _common_Data__Output, EtcdRecoverResponse__Output>
  EtcdRemoveMemberByID: MethodDefinition<EtcdRemoveMemberByIDRequest, EtcdRemoveMemberByIDResponse, EtcdRemoveMemberByIDRequest__Output, EtcdRemoveMemberByIDResponse__Output>
  EtcdSnapshot: MethodDefinition<EtcdSnapshotRequest, _common_Data, EtcdSnapshotRequest__Output, _common_Data__Output>
  EtcdStatus: MethodDefinition<_google_protobuf_Empty, EtcdStatusResponse, _google_protobuf_Empty__Output, EtcdStatusResponse__Output>
  Events: MethodDefinition<EventsRequest, Event, EventsRequest__Output, Event__Output>
  GenerateClientConfiguration: MethodDefinition<GenerateClientConfigurationRequest, GenerateClientConfigurationResponse, GenerateClientConfigurationRequest__Output, GenerateClientConfigurationResponse__Output>
  Hostname: MethodDefinition<_google_protobuf_Empty, HostnameResponse, _google_protobuf_Empty__Output, HostnameResponse__Output>
  ImageList: MethodDefinition<ImageListRequest, ImageListResponse, ImageListRequest__Output, ImageListResponse__Output>
  ImagePull: MethodDefinition<ImagePullRequest, ImagePullResponse, ImagePullRequest__Output, ImagePullResponse__Output>
  Kubeconfig: MethodDefinition<_google_protobuf_Empty, _common_Data, _google_protobuf_Empty__Output, _common_Data__Output>
  List: MethodDefinition<ListRequest, FileInfo, ListRequest__Output, FileInfo__Output>
  LoadAvg: MethodDefinition<_google_protobuf_Empty, LoadAvgResponse, _google_protobuf_Empty__Output, LoadAvgResponse__Output>
  Logs: MethodDefinition<LogsRequest, _common_Data, LogsRequest__Output, _common_Data__Output>
  LogsContainers: MethodDefinition<_google_protobuf_Empty, LogsContainersResponse, _google_protobuf_Empty__Output, LogsContainersResponse__Output>
  Memory: MethodDefinition<_google_protobuf_Empty, MemoryResponse, _google_protobuf_Empty__Output, MemoryResponse__Output>
  MetaDelete: MethodDefinition<MetaDeleteRequest, MetaDeleteResponse, MetaDeleteRequest__Output, MetaDeleteResponse__Output>
  MetaWrite: MethodDefinition<MetaWriteRequest, MetaWriteResponse, MetaWriteRequest__Output, MetaWriteResponse__Output>
  Mounts: MethodDefinition<_google_protobuf_Empty, MountsResponse, _google_protobuf_Empty__Output, MountsResponse__Output>
  Netstat: MethodDefinition<NetstatRequest, NetstatResponse, NetstatRequest__Output, NetstatResponse__Output>
  NetworkDeviceStats: MethodDefinition<_google_protobuf_Empty, NetworkDeviceStatsResponse, _google_protobuf_Empty__Output, NetworkDeviceStatsResponse__Output>
  PacketCapture: MethodDefinition<PacketCaptureRequest, _common_Data, PacketCaptureRequest__Output, _common_Data__Output>
  Processes: MethodDefinition<_google_protobuf_Empty, ProcessesResponse, _google_protobuf_Empty__Output, ProcessesResponse__Output>
  Read: MethodDefinition<ReadRequest, _common_Data, ReadRequest__Output, _common_Data__Output>
  Reboot: MethodDefinition<RebootRequest, RebootResponse, RebootRequest__Output, RebootResponse__Output>
  Reset: MethodDefinition<ResetRequest, ResetResponse, ResetRequest__Output, ResetResponse__Output>
  Restart: MethodDefinition<RestartRequest, RestartResponse, RestartRequest__Output, RestartResponse__Output>
  Rollback: MethodDefinition<RollbackRequest, RollbackResponse, RollbackRequest__Output, RollbackResponse__Output>
  ServiceList: MethodDefinition<_google_protobuf_Empty, ServiceListResponse, _google_protobuf_Empty__Output, ServiceListResponse__Output>
  ServiceRestart: MethodDefinition<ServiceRestartRequest, ServiceRestartResponse, ServiceRestartRequest__Output, ServiceRestartResponse__Output>
  ServiceStart: MethodDefinition<ServiceStartRequest, ServiceStartResponse, ServiceStartRequest__Output, ServiceStartResponse__Output>
  ServiceStop: MethodDefinition<ServiceStopRequest, ServiceStopResponse, ServiceStopRequest__Output, ServiceStopResponse__Output>
  Shutdown: MethodDefinition<ShutdownRequest, ShutdownResponse, ShutdownRequest__Output, ShutdownResponse__Output>
  Stats: MethodDefinition<StatsRequest, StatsResponse, StatsRequest__Output, StatsResponse__Output>
  SystemStat: MethodDefinition<_google_protobuf_Empty, SystemStatResponse, _google_protobuf_Empty__Output, SystemStatResponse__Output>
  Upgrade: MethodDefinition<UpgradeRequest, UpgradeResponse, UpgradeRequest__Output, UpgradeResponse__Output>
  Version: MethodDefinition<_google_protobuf_Empty, VersionResponse, _google_protobuf_Empty__Output, VersionResponse__Output>
}

export const _machine_MachineStatusEvent_MachineStage = {
  UNKNOWN: 'UNKNOWN',
  BOOTING: 'BOOTING',
  INSTALLING: 'INSTALLING',
  MAINTENANCE: 'MAINTENANCE',
  RUNNING: 'RUNNING',
  REBOOTING: 'REBOOTING',
  SHUTTING_DOWN: 'SHUTTING_DOWN',
  RESETTING: 'RESETTING',
  UPGRADING: 'UPGRADING',
} as const;

export type _machine_MachineStatusEvent_MachineStage =
  | 'UNKNOWN'
  | 0
  | 'BOOTING'
  | 1
  | 'INSTALLING'
  | 2
  | 'MAINTENANCE'
  | 3
  | 'RUNNING'
  | 4
  | 'REBOOTING'
  | 5
  | 'SHUTTING_DOWN'
  | 6
  | 'RESETTING'
  | 7
  | 'UPGRADING'
  | 8

export type _machine_MachineStatusEvent_MachineStage__Output = typeof _machine_MachineStatusEvent_MachineStage[keyof typeof _machine_MachineStatusEvent_MachineStage]

export interface _machine_MachineStatusEvent_MachineStatus {
  'ready'?: (boolean);
  'unmet_conditions'?: (_machine_MachineStatusEvent_MachineStatus_UnmetCondition)[];
}

export interface _machine_MachineStatusEvent_MachineStatus__Output {
  'ready': (boolean);
  'unmet_conditions': (_machine_MachineStatusEvent_MachineStatus_UnmetCondition__Output)[];
}

/**
 * Why it is not ready.
 */
export interface _machine_MachineStatusEvent_MachineStatus_UnmetCondition {
  'name'?: (string);
  'reason'?: (string);
}

/**
 * Why it is not ready.
 */
export interface _machine_MachineStatusEvent_MachineStatus_UnmetCondition__Output {
  'name': (string);
  'reason': (string);
}

/**
 * The stage of the machine, and what it waits for.
 */
export interface MachineStatusEvent {
  'stage'?: (_machine_MachineStatusEvent_MachineStage);
  'status'?: (_machine_MachineStatusEvent_MachineStatus | null);
}

/**
 * The stage of the machine, and what it waits for.
 */
export interface MachineStatusEvent__Output {
  'stage': (_machine_MachineStatusEvent_MachineStage__Output);
  'status': (_machine_MachineStatusEvent_MachineStatus__Output | null);
}

/**
 * The lines of /proc/meminfo in KiB. Used = memtotal - memfree - cached - buffers.
 */
export interface MemInfo {
  'memtotal'?: (number | string | Long);
  'memfree'?: (number | string | Long);
  'memavailable'?: (number | string | Long);
  'buffers'?: (number | string | Long);
  'cached'?: (number | string | Long);
  'swapcached'?: (number | string | Long);
  'active'?: (number | string | Long);
  'inactive'?: (number | string | Long);
  'activeanon'?: (number | string | Long);
  'inactiveanon'?: (number | string | Long);
  'activefile'?: (number | string | Long);
  'inactivefile'?: (number | string | Long);
  'unevictable'?: (number | string | Long);
  'mlocked'?: (number | string | Long);
  'swaptotal'?: (number | string | Long);
  'swapfree'?: (number | string | Long);
  'dirty'?: (number | string | Long);
  'writeback'?: (number | string | Long);
  'anonpages'?: (number | string | Long);
  'mapped'?: (number | string | Long);
  'shmem'?: (number | string | Long);
  'slab'?: (number | string | Long);
  'sreclaimable'?: (number | string | Long);
  'sunreclaim'?: (number | string | Long);
  'kernelstack'?: (number | string | Long);
  'pagetables'?: (number | string | Long);
  'nfsunstable'?: (number | string | Long);
  'bounce'?: (number | string | Long);
  'writebacktmp'?: (number | string | Long);
  'commitlimit'?: (number | string | Long);
  'committedas'?: (number | string | Long);
  'vmalloctotal'?: (number | string | Long);
  'vmallocused'?: (number | string | Long);
  'vmallocchunk'?: (number | string | Long);
  'hardwarecorrupted'?: (number | string | Long);
  'anonhugepages'?: (number | string | Long);
  'shmemhugepages'?: (number | string | Long);
  'shmempmdmapped'?: (number | string | Long);
  'cmatotal'?: (number | string | Long);
  'cmafree'?: (number | string | Long);
  'hugepagestotal'?: (number | string | Long);
  'hugepagesfree'?: (number | string | Long);
  'hugepagesrsvd'?: (number | string | Long);
  'hugepagessurp'?: (number | string | Long);
  'hugepagesize'?: (number | string | Long);
  'directmap4k'?: (number | string | Long);
  'directmap2m'?: (number | string | Long);
  'directmap1g'?: (number | string | Long);
}

/**
 * The lines of /proc/meminfo in KiB. Used = memtotal - memfree - cached - buffers.
 */
export interface MemInfo__Output {
  'memtotal': (string);
  'memfree': (string);
  'memavailable': (string);
  'buffers': (string);
  'cached': (string);
  'swapcached': (string);
  'active': (string);
  'inactive': (string);
  'activeanon': (string);
  'inactiveanon': (string);
  'activefile': (string);
  'inactivefile': (string);
  'unevictable': (string);
  'mlocked': (string);
  'swaptotal': (string);
  'swapfree': (string);
  'dirty': (string);
  'writeback': (string);
  'anonpages': (string);
  'mapped': (string);
  'shmem': (string);
  'slab': (string);
  'sreclaimable': (string);
  'sunreclaim': (string);
  'kernelstack': (string);
  'pagetables': (string);
  'nfsunstable': (string);
  'bounce': (string);
  'writebacktmp': (string);
  'commitlimit': (string);
  'committedas': (string);
  'vmalloctotal': (string);
  'vmallocused': (string);
  'vmallocchunk': (string);
  'hardwarecorrupted': (string);
  'anonhugepages': (string);
  'shmemhugepages': (string);
  'shmempmdmapped': (string);
  'cmatotal': (string);
  'cmafree': (string);
  'hugepagestotal': (string);
  'hugepagesfree': (string);
  'hugepagesrsvd': (string);
  'hugepagessurp': (string);
  'hugepagesize': (string);
  'directmap4k': (string);
  'directmap2m': (string);
  'directmap1g': (string);
}

export interface Memory {
  'metadata'?: (_common_Metadata | null);
  'meminfo'?: (MemInfo | null);
}

export interface Memory__Output {
  'metadata': (_common_Metadata__Output | null);
  'meminfo': (MemInfo__Output | null);
}

export interface MemoryResponse {
  'messages'?: (Memory)[];
}

export interface MemoryResponse__Output {
  'messages': (Memory__Output)[];
}

export interface MetaDelete {
  'metadata'?: (_common_Metadata | null);
}

export interface MetaDelete__Output {
  'metadata': (_common_Metadata__Output | null);
}

export interface MetaDeleteRequest {
  'key'?: (number);
}

export interface MetaDeleteRequest__Output {
  'key': (number);
}

export interface MetaDeleteResponse {
  'messages'?: (MetaDelete)[];
}

export interface MetaDeleteResponse__Output {
  'messages': (MetaDelete__Output)[];
}

export interface MetaWrite {
  'metadata'?: (_common_Metadata | null);
}

export interface MetaWrite__Output {
  'metadata': (_common_Metadata__Output | null);
}

/**
 * Keys are 0 to 255.
 */
export interface MetaWriteRequest {
  'key'?: (number);
  'value'?: (Buffer | Uint8Array | string);
}

/**
 * Keys are 0 to 255.
 */
export interface MetaWriteRequest__Output {
  'key': (number);
  'value': (Buffer);
}

export interface MetaWriteResponse {
  'messages'?: (MetaWrite)[];
}

export interface MetaWriteResponse__Output {
  'messages': (MetaWrite__Output)[];
}

/**
 * One mounted file system, sizes in bytes.
 */
export interface MountStat {
  'filesystem'?: (string);
  'size'?: (number | string | Long);
  'available'?: (number | string | Long);
  'mounted_on'?: (string);
}

/**
 * One mounted file system, sizes in bytes.
 */
export interface MountStat__Output {
  'filesystem': (string);
  'size': (string);
  'available': (string);
  'mounted_on': (string);
}

export interface Mounts {
  'metadata'?: (_common_Metadata | null);
  'stats'?: (MountStat)[];
}

export interface Mounts__Output {
  'metadata': (_common_Metadata__Output | null);
  'stats': (MountStat__Output)[];
}

export interface MountsResponse {
  'messages'?: (Mounts)[];
}

export interface MountsResponse__Output {
  'messages': (Mounts__Output)[];
}

/**
 * Counters of one interface since boot.
 */
export interface NetDev {
  'name'?: (string);
  'rx_bytes'?: (number | string | Long);
  'rx_packets'?: (number | string | Long);
  'rx_errors'?: (number | string | Long);
  'rx_dropped'?: (number | string | Long);
  'rx_fifo'?: (number | string | Long);
  'rx_frame'?: (number | string | Long);
  'rx_compressed'?: (number | string | Long);
  'rx_multicast'?: (number | string | Long);
  'tx_bytes'?: (number | string | Long);
  'tx_packets'?: (number | string | Long);
  'tx_errors'?: (number | string | Long);
  'tx_dropped'?: (number | string | Long);
  'tx_fifo'?: (number | string | Long);
  'tx_collisions'?: (number | string | Long);
  'tx_carrier'?: (number | string | Long);
  'tx_compressed'?: (number | string | Long);
}

/**
 * Counters of one interface since boot.
 */
export interface NetDev__Output {
  'name': (string);
  'rx_bytes': (string);
  'rx_packets': (string);
  'rx_errors': (string);
  'rx_dropped': (string);
  'rx_fifo': (string);
  'rx_frame': (string);
  'rx_compressed': (string);
  'rx_multicast': (string);
  'tx_bytes': (string);
  'tx_packets': (string);
  'tx_errors': (string);
  'tx_dropped': (string);
  'tx_fifo': (string);
  'tx_collisions': (string);
  'tx_carrier': (string);
  'tx_compressed': (string);
}

export interface Netstat {
  'metadata'?: (_common_Metadata | null);
  'connectrecord'?: (ConnectRecord)[];
}

export interface Netstat__Output {
  'metadata': (_common_Metadata__Output | null);
  'connectrecord': (ConnectRecord__Output)[];
}

export interface _machine_NetstatRequest_Feature {
  'pid'?: (boolean);
}

export interface _machine_NetstatRequest_Feature__Output {
  'pid': (boolean);
}


export const _machine_NetstatRequest_Filter = {
  ALL: 'ALL',
  CONNECTED: 'CONNECTED',
  LISTENING: 'LISTENING',
} as const;

export type _machine_NetstatRequest_Filter =
  | 'ALL'
  | 0
  | 'CONNECTED'
  | 1
  | 'LISTENING'
  | 2

export type _machine_NetstatRequest_Filter__Output = typeof _machine_NetstatRequest_Filter[keyof typeof _machine_NetstatRequest_Filter]

export interface _machine_NetstatRequest_L4proto {
  'tcp'?: (boolean);
  'tcp6'?: (boolean);
  'udp'?: (boolean);
  'udp6'?: (boolean);
  'udplite'?: (boolean);
  'udplite6'?: (boolean);
  'raw'?: (boolean);
  'raw6'?: (boolean);
}

export interface _machine_NetstatRequest_L4proto__Output {
  'tcp': (boolean);
  'tcp6': (boolean);
  'udp': (boolean);
  'udp6': (boolean);
  'udplite': (boolean);
  'udplite6': (boolean);
  'raw': (boolean);
  'raw6': (boolean);
}

/**
 * In which network namespaces: of the host, of some pods, of all.
 */
export interface _machine_NetstatRequest_NetNS {
  'hostnetwork'?: (boolean);
  'netns'?: (string)[];
  'allnetns'?: (boolean);
}

/**
 * In which network namespaces: of the host, of some pods, of all.
 */
export interface _machine_NetstatRequest_NetNS__Output {
  'hostnetwork': (boolean);
  'netns': (string)[];
  'allnetns': (boolean);
}

/**
 * Which sockets to list.
 */
export interface NetstatRequest {
  'filter'?: (_machine_NetstatRequest_Filter);
  'feature'?: (_machine_NetstatRequest_Feature | null);
  'l4proto'?: (_machine_NetstatRequest_L4proto | null);
  'netns'?: (_machine_NetstatRequest_NetNS | null);
}

/**
 * Which sockets to list.
 */
export interface NetstatRequest__Output {
  'filter': (_machine_NetstatRequest_Filter__Output);
  'feature': (_machine_NetstatRequest_Feature__Output | null);
  'l4proto': (_machine_NetstatRequest_L4proto__Output | null);
  'netns': (_machine_NetstatRequest_NetNS__Output | null);
}

export interface NetstatResponse {
  'messages'?: (Netstat)[];
}

export interface NetstatResponse__Output {
  'messages': (Netstat__Output)[];
}

export interface NetworkConfig {
  'hostname'?: (string);
  'interfaces'?: (NetworkDeviceConfig)[];
}

export interface NetworkConfig__Output {
  'hostname': (string);
  'interfaces': (NetworkDeviceConfig__Output)[];
}

export interface NetworkDeviceConfig {
  'interface'?: (string);
  'cidr'?: (string);
  'mtu'?: (number);
  'dhcp'?: (boolean);
  'ignore'?: (boolean);
  'dhcp_options'?: (DHCPOptionsConfig | null);
  'routes'?: (RouteConfig)[];
}

export interface NetworkDeviceConfig__Output {
  'interface': (string);
  'cidr': (string);
  'mtu': (number);
  'dhcp': (boolean);
  'ignore': (boolean);
  'dhcp_options': (DHCPOptionsConfig__Output | null);
  'routes': (RouteConfig__Output)[];
}

export interface NetworkDeviceStats {
  'metadata'?: (_common_Metadata | null);
  'total'?: (NetDev | null);
  'devices'?: (NetDev)[];
}

export interface NetworkDeviceStats__Output {
  'metadata': (_common_Metadata__Output | null);
  'total': (NetDev__Output | null);
  'devices': (NetDev__Output)[];
}

export interface NetworkDeviceStatsResponse {
  'messages'?: (NetworkDeviceStats)[];
}

export interface NetworkDeviceStatsResponse__Output {
  'messages': (NetworkDeviceStats__Output)[];
}

/**
 * What to capture. Filters are compiled by the caller.
 */
export interface PacketCaptureRequest {
  'interface'?: (string);
  'promiscuous'?: (boolean);
  /**
   * Bytes of each packet.
   */
  'snap_len'?: (number);
  'bpf_filter'?: (BPFInstruction)[];
}

/**
 * What to capture. Filters are compiled by the caller.
 */
export interface PacketCaptureRequest__Output {
  'interface': (string);
  'promiscuous': (boolean);
  /**
   * Bytes of each packet.
   */
  'snap_len': (number);
  'bpf_filter': (BPFInstruction__Output)[];
}

export const _machine_PhaseEvent_Action = {
  START: 'START',
  STOP: 'STOP',
} as const;

export type _machine_PhaseEvent_Action =
  | 'START'
  | 0
  | 'STOP'
  | 1

export type _machine_PhaseEvent_Action__Output = typeof _machine_PhaseEvent_Action[keyof typeof _machine_PhaseEvent_Action]

/**
 * A phase of a sequence.
 */
export interface PhaseEvent {
  'phase'?: (string);
  'action'?: (_machine_PhaseEvent_Action);
}

/**
 * A phase of a sequence.
 */
export interface PhaseEvent__Output {
  'phase': (string);
  'action': (_machine_PhaseEvent_Action__Output);
}

export interface PlatformInfo {
  /**
   * metal, aws, container …
   */
  'name'?: (string);
  'mode'?: (string);
}

export interface PlatformInfo__Output {
  /**
   * metal, aws, container …
   */
  'name': (string);
  'mode': (string);
}

export interface Process {
  'metadata'?: (_common_Metadata | null);
  'processes'?: (ProcessInfo)[];
}

export interface Process__Output {
  'metadata': (_common_Metadata__Output | null);
  'processes': (ProcessInfo__Output)[];
}

/**
 * One process; memory in bytes, time in seconds.
 */
export interface ProcessInfo {
  'pid'?: (number);
  'ppid'?: (number);
  'state'?: (string);
  'threads'?: (number);
  'cpu_time'?: (number | string);
  'virtual_memory'?: (number | string | Long);
  'resident_memory'?: (number | string | Long);
  'command'?: (string);
  'executable'?: (string);
  'args'?: (string);
  'label'?: (string);
}

/**
 * One process; memory in bytes, time in seconds.
 */
export interface ProcessInfo__Output {
  'pid': (number);
  'ppid': (number);
  'state': (string);
  'threads': (number);
  'cpu_time': (number);
  'virtual_memory': (string);
  'resident_memory': (string);
  'command': (string);
  'executable': (string);
  'args': (string);
  'label': (string);
}

export interface ProcessesResponse {
  'messages'?: (Process)[];
}

export interface ProcessesResponse__Output {
  'messages': (Process__Output)[];
}

export interface ReadRequest {
  'path'?: (string);
}

export interface ReadRequest__Output {
  'path': (string);
}

export interface Reboot {
  'metadata'?: (_common_Metadata | null);
  /**
   * Marks the events that this reboot causes.
   */
  'actor_id'?: (string);
}

export interface Reboot__Output {
  'metadata': (_common_Metadata__Output | null);
  /**
   * Marks the events that this reboot causes.
   */
  'actor_id': (string);
}

export const _machine_RebootRequest_Mode = {
  DEFAULT: 'DEFAULT',
  POWERCYCLE: 'POWERCYCLE',
  FORCE: 'FORCE',
} as const;

export type _machine_RebootRequest_Mode =
  | 'DEFAULT'
  | 0
  | 'POWERCYCLE'
  | 1
  | 'FORCE'
  | 2

export type _machine_RebootRequest_Mode__Output = typeof _machine_RebootRequest_Mode[keyof typeof _machine_RebootRequest_Mode]

export interface RebootRequest {
  'mode'?: (_machine_RebootRequest_Mode);
}

export interface RebootRequest__Output {
  'mode': (_machine_RebootRequest_Mode__Output);
}

export interface RebootResponse {
  'messages'?: (Reboot)[];
}

export interface RebootResponse__Output {
  'messages': (Reboot__Output)[];
}

export interface Reset {
  'metadata'?: (_common_Metadata | null);
  'actor_id'?: (string);
}

export interface Reset__Output {
  'metadata': (_common_Metadata__Output | null);
  'actor_id': (string);
}

export interface ResetPartitionSpec {
  'label'?: (string);
  'wipe'?: (boolean);
}

export interface ResetPartitionSpec__Output {
  'label': (string);
  'wipe': (boolean);
}

/**
 * ALL is the default: Talos and all user disks.
 */
export const _machine_ResetRequest_WipeMode = {
  ALL: 'ALL',
  SYSTEM_DISK: 'SYSTEM_DISK',
  USER_DISKS: 'USER_DISKS',
} as const;

/**
 * ALL is the default: Talos and all user disks.
 */
export type _machine_ResetRequest_WipeMode =
  | 'ALL'
  | 0
  | 'SYSTEM_DISK'
  | 1
  | 'USER_DISKS'
  | 2

/**
 * ALL is the default: Talos and all user disks.
 */
export type _machine_ResetRequest_WipeMode__Output = typeof _machine_ResetRequest_WipeMode[keyof typeof _machine_ResetRequest_WipeMode]

/**
 * How much of the node is wiped.
 */
export interface ResetRequest {
  /**
   * Leave etcd and drain first.
   */
  'graceful'?: (boolean);
  /**
   * Otherwise the node powers off.
   */
  'reboot'?: (boolean);
  /**
   * Only these instead of the whole system disk.
   */
  'system_partitions_to_wipe'?: (ResetPartitionSpec)[];
  'user_disks_to_wipe'?: (string)[];
  'mode'?: (_machine_ResetRequest_WipeMode);
}

/**
 * How much of the node is wiped.
 */
export interface ResetRequest__Output {
  /**
   * Leave etcd and drain first.
   */
  'graceful': (boolean);
  /**
   * Otherwise the node powers off.
   */
  'reboot': (boolean);
  /**
   * Only these instead of the whole system disk.
   */
  'system_partitions_to_wipe': (ResetPartitionSpec__Output)[];
  'user_disks_to_wipe': (string)[];
  'mode': (_machine_ResetRequest_WipeMode__Output);
}

export interface ResetResponse {
  'messages'?: (Reset)[];
}

export interface ResetResponse__Output {
  'messages': (Reset__Output)[];
}

export interface Restart {
  'metadata'?: (_common_Metadata | null);
}

export interface Restart__Output {
  'metadata': (_common_Metadata__Output | null);
}

export interface RestartEvent {
  /**
   * The command of the reboot system call.
   */
  'cmd'?: (number | string | Long);
}

export interface RestartEvent__Output {
  /**
   * The command of the reboot system call.
   */
  'cmd': (string);
}

export interface RestartRequest {
  'namespace'?: (string);
  'id'?: (string);
  'driver'?: (_common_ContainerDriver);
}

export interface RestartRequest__Output {
  'namespace': (string);
  'id': (string);
  'driver': (_common_ContainerDriver__Output);
}

export interface RestartResponse {
  'messages'?: (Restart)[];
}

export interface RestartResponse__Output {
  'messages': (Restart__Output)[];
}

export interface Rollback {
  'metadata'?: (_common_Metadata | null);
}

export interface Rollback__Output {
  'metadata': (_common_Metadata__Output | null);
}

export interface RollbackRequest {
}

export interface RollbackRequest__Output {
}

export interface RollbackResponse {
  'messages'?: (Rollback)[];
}

export interface RollbackResponse__Output {
  'messages': (Rollback__Output)[];
}

export interface RouteConfig {
  'network'?: (string);
  'gateway'?: (string);
  'metric'?: (number);
}

export interface RouteConfig__Output {
  'network': (string);
  'gateway': (string);
  'metric': (number);
}

export const _machine_SequenceEvent_Action = {
  NOOP: 'NOOP',
  START: 'START',
  STOP: 'STOP',
} as const;

export type _machine_SequenceEvent_Action =
  | 'NOOP'
  | 0
  | 'START'
  | 1
  | 'STOP'
  | 2

export type _machine_SequenceEvent_Action__Output = typeof _machine_SequenceEvent_Action[keyof typeof _machine_SequenceEvent_Action]

/**
 * A sequence (boot, reboot, upgrade …) began, ended or failed.
 */
export interface SequenceEvent {
  'sequence'?: (string);
  'action'?: (_machine_SequenceEvent_Action);
  'error'?: (_common_Error | null);
}

/**
 * A sequence (boot, reboot, upgrade …) began, ended or failed.
 */
export interface SequenceEvent__Output {
  'sequence': (string);
  'action': (_machine_SequenceEvent_Action__Output);
  'error': (_common_Error__Output | null);
}

export interface ServiceEvent {
  'msg'?: (string);
  'state'?: (string);
  'ts'?: (_google_protobuf_Timestamp | null);
}

export interface ServiceEvent__Output {
  'msg': (string);
  'state': (string);
  'ts': (_google_protobuf_Timestamp__Output | null);
}

export interface ServiceEvents {
  'events'?: (ServiceEvent)[];
}

export interface ServiceEvents__Output {
  'events': (ServiceEvent__Output)[];
}

/**
 * What the last health check said; `unknown` for a service without one.
 */
export interface ServiceHealth {
  'unknown'?: (boolean);
  'healthy'?: (boolean);
  'last_message'?: (string);
  'last_change'?: (_google_protobuf_Timestamp | null);
}

/**
 * What the last health check said; `unknown` for a service without one.
 */
export interface ServiceHealth__Output {
  'unknown': (boolean);
  'healthy': (boolean);
  'last_message': (string);
  'last_change': (_google_protobuf_Timestamp__Output | null);
}

/**
 * One service of Talos.
 */
export interface ServiceInfo {
  'id'?: (string);
  /**
   * Waiting, Running, Finished, Failed …
   */
  'state'?: (string);
  'events'?: (ServiceEvents | null);
  'health'?: (ServiceHealth | null);
}

/**
 * One service of Talos.
 */
export interface ServiceInfo__Output {
  'id': (string);
  /**
   * Waiting, Running, Finished, Failed …
   */
  'state': (string);
  'events': (ServiceEvents__Output | null);
  'health': (ServiceHealth__Output | null);
}

export interface ServiceList {
  'metadata'?: (_common_Metadata | null);
  'services'?: (ServiceInfo)[];
}

export interface ServiceList__Output {
  'metadata': (_common_Metadata__Output | null);
  'services': (ServiceInfo__Output)[];
}

export interface ServiceListResponse {
  'messages'?: (ServiceList)[];
}

export interface ServiceListResponse__Output {
  'messages': (ServiceList__Output)[];
}

export interface ServiceRestart {
  'metadata'?: (_common_Metadata | null);
  'resp'?: (string);
}

export interface ServiceRestart__Output {
  'metadata': (_common_Metadata__Output | null);
  'resp': (string);
}

export interface ServiceRestartRequest {
  'id'?: (string);
}

export interface ServiceRestartRequest__Output {
  'id': (string);
}

export interface ServiceRestartResponse {
  'messages'?: (ServiceRestart)[];
}

export interface ServiceRestartResponse__Output {
  'messages': (ServiceRestart__Output)[];
}

export interface ServiceStart {
  'metadata'?: (_common_Metadata | null);
  /**
   * One sentence for people.
   */
  'resp'?: (string);
}

export interface ServiceStart__Output {
  'metadata': (_common_Metadata__Output | null);
  /**
   * One sentence for people.
   */
  'resp': (string);
}

export interface ServiceStartRequest {
  'id'?: (string);
}

export interface ServiceStartRequest__Output {
  'id': (string);
}

export interface ServiceStartResponse {
  'messages'?: (ServiceStart)[];
}

export interface ServiceStartResponse__Output {
  'messages': (ServiceStart__Output)[];
}

export const _machine_ServiceStateEvent_Action = {
  INITIALIZED: 'INITIALIZED',
  PREPARING: 'PREPARING',
  WAITING: 'WAITING',
  RUNNING: 'RUNNING',
  STOPPING: 'STOPPING',
  FINISHED: 'FINISHED',
  FAILED: 'FAILED',
  SKIPPED: 'SKIPPED',
  STARTING: 'STARTING',
} as const;

export type _machine_ServiceStateEvent_Action =
  | 'INITIALIZED'
  | 0
  | 'PREPARING'
  | 1
  | 'WAITING'
  | 2
  | 'RUNNING'
  | 3
  | 'STOPPING'
  | 4
  | 'FINISHED'
  | 5
  | 'FAILED'
  | 6
  | 'SKIPPED'
  | 7
  | 'STARTING'
  | 8

export type _machine_ServiceStateEvent_Action__Output = typeof _machine_ServiceStateEvent_Action[keyof typeof _machine_ServiceStateEvent_Action]

/**
 * A service changed its state.
 */
export interface ServiceStateEvent {
  'service'?: (string);
  'action'?: (_machine_ServiceStateEvent_Action);
  'message'?: (string);
  'health'?: (ServiceHealth | null);
}

/**
 * A service changed its state.
 */
export interface ServiceStateEvent__Output {
  'service': (string);
  'action': (_machine_ServiceStateEvent_Action__Output);
  'message': (string);
  'health': (ServiceHealth__Output | null);
}

export interface ServiceStop {
  'metadata'?: (_common_Metadata | null);
  'resp'?: (string);
}

export interface ServiceStop__Output {
  'metadata': (_common_Metadata__Output | null);
  'resp': (string);
}

export interface ServiceStopRequest {
  'id'?: (string);
}

export interface ServiceStopRequest__Output {
  'id': (string);
}

export interface ServiceStopResponse {
  'messages'?: (ServiceStop)[];
}

export interface ServiceStopResponse__Output {
  'messages': (ServiceStop__Output)[];
}

export interface Shutdown {
  'metadata'?: (_common_Metadata | null);
  'actor_id'?: (string);
}

export interface Shutdown__Output {
  'metadata': (_common_Metadata__Output | null);
  'actor_id': (string);
}

/**
 * With `force` without draining.
 */
export interface ShutdownRequest {
  'force'?: (boolean);
}

/**
 * With `force` without draining.
 */
export interface ShutdownRequest__Output {
  'force': (boolean);
}

export interface ShutdownResponse {
  'messages'?: (Shutdown)[];
}

export interface ShutdownResponse__Output {
  'messages': (Shutdown__Output)[];
}

/**
 * Soft interrupts since boot.
 */
export interface SoftIRQStat {
  'hi'?: (number | string | Long);
  'timer'?: (number | string | Long);
  'net_tx'?: (number | string | Long);
  'net_rx'?: (number | string | Long);
  'block'?: (number | string | Long);
  'block_io_poll'?: (number | string | Long);
  'tasklet'?: (number | string | Long);
  'sched'?: (number | string | Long);
  'hrtimer'?: (number | string | Long);
  'rcu'?: (number | string | Long);
}

/**
 * Soft interrupts since boot.
 */
export interface SoftIRQStat__Output {
  'hi': (string);
  'timer': (string);
  'net_tx': (string);
  'net_rx': (string);
  'block': (string);
  'block_io_poll': (string);
  'tasklet': (string);
  'sched': (string);
  'hrtimer': (string);
  'rcu': (string);
}

export interface Stat {
  'namespace'?: (string);
  'id'?: (string);
  /**
   * In bytes.
   */
  'memory_usage'?: (number | string | Long);
  /**
   * CPU time since the container began.
   */
  'cpu_usage'?: (number | string | Long);
  'pod_id'?: (string);
  'name'?: (string);
}

export interface Stat__Output {
  'namespace': (string);
  'id': (string);
  /**
   * In bytes.
   */
  'memory_usage': (string);
  /**
   * CPU time since the container began.
   */
  'cpu_usage': (string);
  'pod_id': (string);
  'name': (string);
}

export interface Stats {
  'metadata'?: (_common_Metadata | null);
  'stats'?: (Stat)[];
}

export interface Stats__Output {
  'metadata': (_common_Metadata__Output | null);
  'stats': (Stat__Output)[];
}

export interface StatsRequest {
  'namespace'?: (string);
  'driver'?: (_common_ContainerDriver);
}

export interface StatsRequest__Output {
  'namespace': (string);
  'driver': (_common_ContainerDriver__Output);
}

export interface StatsResponse {
  'messages'?: (Stats)[];
}

export interface StatsResponse__Output {
  'messages': (Stats__Output)[];
}

/**
 * The lines of /proc/stat.
 */
export interface SystemStat {
  'metadata'?: (_common_Metadata | null);
  /**
   * Seconds since 1970.
   */
  'boot_time'?: (number | string | Long);
  'cpu_total'?: (CPUStat | null);
  'cpu'?: (CPUStat)[];
  'irq_total'?: (number | string | Long);
  'irq'?: (number | string | Long)[];
  'context_switches'?: (number | string | Long);
  'process_created'?: (number | string | Long);
  'process_running'?: (number | string | Long);
  'process_blocked'?: (number | string | Long);
  'soft_irq_total'?: (number | string | Long);
  'soft_irq'?: (SoftIRQStat | null);
}

/**
 * The lines of /proc/stat.
 */
export interface SystemStat__Output {
  'metadata': (_common_Metadata__Output | null);
  /**
   * Seconds since 1970.
   */
  'boot_time': (string);
  'cpu_total': (CPUStat__Output | null);
  'cpu': (CPUStat__Output)[];
  'irq_total': (string);
  'irq': (string)[];
  'context_switches': (string);
  'process_created': (string);
  'process_running': (string);
  'process_blocked': (string);
  'soft_irq_total': (string);
  'soft_irq': (SoftIRQStat__Output | null);
}

export interface SystemStatResponse {
  'messages'?: (SystemStat)[];
}

export interface SystemStatResponse__Output {
  'messages': (SystemStat__Output)[];
}

export const _machine_TaskEvent_Action = {
  START: 'START',
  STOP: 'STOP',
} as const;

export type _machine_TaskEvent_Action =
  | 'START'
  | 0
  | 'STOP'
  | 1

export type _machine_TaskEvent_Action__Output = typeof _machine_TaskEvent_Action[keyof typeof _machine_TaskEvent_Action]

/**
 * A task of a phase.
 */
export interface TaskEvent {
  'task'?: (string);
  'action'?: (_machine_TaskEvent_Action);
}

/**
 * A task of a phase.
 */
export interface TaskEvent__Output {
  'task': (string);
  'action': (_machine_TaskEvent_Action__Output);
}

export interface Upgrade {
  'metadata'?: (_common_Metadata | null);
  'ack'?: (string);
  'actor_id'?: (string);
}

export interface Upgrade__Output {
  'metadata': (_common_Metadata__Output | null);
  'ack': (string);
  'actor_id': (string);
}

export const _machine_UpgradeRequest_RebootMode = {
  DEFAULT: 'DEFAULT',
  POWERCYCLE: 'POWERCYCLE',
} as const;

export type _machine_UpgradeRequest_RebootMode =
  | 'DEFAULT'
  | 0
  | 'POWERCYCLE'
  | 1

export type _machine_UpgradeRequest_RebootMode__Output = typeof _machine_UpgradeRequest_RebootMode[keyof typeof _machine_UpgradeRequest_RebootMode]

export interface UpgradeRequest {
  /**
   * The installer image.
   */
  'image'?: (string);
  'preserve'?: (boolean);
  /**
   * Install at the next boot.
   */
  'stage'?: (boolean);
  'force'?: (boolean);
  'reboot_mode'?: (_machine_UpgradeRequest_RebootMode);
}

export interface UpgradeRequest__Output {
  /**
   * The installer image.
   */
  'image': (string);
  'preserve': (boolean);
  /**
   * Install at the next boot.
   */
  'stage': (boolean);
  'force': (boolean);
  'reboot_mode': (_machine_UpgradeRequest_RebootMode__Output);
}

export interface UpgradeResponse {
  'messages'?: (Upgrade)[];
}

export interface UpgradeResponse__Output {
  'messages': (Upgrade__Output)[];
}

/**
 * What runs on the node.
 */
export interface Version {
  'metadata'?: (_common_Metadata | null);
  'version'?: (VersionInfo | null);
  'platform'?: (PlatformInfo | null);
  'features'?: (FeaturesInfo | null);
}

/**
 * What runs on the node.
 */
export interface Version__Output {
  'metadata': (_common_Metadata__Output | null);
  'version': (VersionInfo__Output | null);
  'platform': (PlatformInfo__Output | null);
  'features': (FeaturesInfo__Output | null);
}

export interface VersionInfo {
  /**
   * `v1.15.0`.
   */
  'tag'?: (string);
  'sha'?: (string);
  'built'?: (string);
  'go_version'?: (string);
  'os'?: (string);
  'arch'?: (string);
}

export interface VersionInfo__Output {
  /**
   * `v1.15.0`.
   */
  'tag': (string);
  'sha': (string);
  'built': (string);
  'go_version': (string);
  'os': (string);
  'arch': (string);
}

export interface VersionResponse {
  'messages'?: (Version)[];
}

export interface VersionResponse__Output {
  'messages': (Version__Output)[];
}

export interface Xattr {
  'name'?: (string);
  'data'?: (Buffer | Uint8Array | string);
}

export interface Xattr__Output {
  'name': (string);
  'data': (Buffer);
}
