// Original file: proto/machine/machine.proto

import type { ResetPartitionSpec as _machine_ResetPartitionSpec, ResetPartitionSpec__Output as _machine_ResetPartitionSpec__Output } from '../machine/ResetPartitionSpec.ts';

// Original file: proto/machine/machine.proto

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
  'system_partitions_to_wipe'?: (_machine_ResetPartitionSpec)[];
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
  'system_partitions_to_wipe': (_machine_ResetPartitionSpec__Output)[];
  'user_disks_to_wipe': (string)[];
  'mode': (_machine_ResetRequest_WipeMode__Output);
}
