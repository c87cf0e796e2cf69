// Generated, one piece: types of storage/storage.proto, all in one file as they are declared there.

import type * as grpc from '@grpc/grpc-js';
import type { Long } from '@grpc/proto-loader';
import type { MethodDefinition } from '@grpc/proto-loader';
import type {
  Metadata as _common_Metadata,
  Metadata__Output as _common_Metadata__Output,
} from '../common/common.ts';
import type {
  Empty as _google_protobuf_Empty,
  Empty__Output as _google_protobuf_Empty__Output,
} from '../google/protobuf.ts';

export interface BlockDeviceWipe {
  'metadata'?: (_common_Metadata | null);
}

export interface BlockDeviceWipe__Output {
  'metadata': (_common_Metadata__Output | null);
}

/**
 * FAST removes the signatures, ZEROES overwrites everything.
 */
export const _storage_BlockDeviceWipeDescriptor_Method = {
  FAST: 'FAST',
  ZEROES: 'ZEROES',
} as const;

/**
 * FAST removes the signatures, ZEROES overwrites everything.
 */
export type _storage_BlockDeviceWipeDescriptor_Method =
  | 'FAST'
  | 0
  | 'ZEROES'
  | 1

/**
 * FAST removes the signatures, ZEROES overwrites everything.
 */
export type _storage_BlockDeviceWipeDescriptor_Method__Output = typeof _storage_BlockDeviceWipeDescriptor_Method[keyof typeof _storage_BlockDeviceWipeDescriptor_Method]

/**
 * One device, named without `/dev/`.
 */
export interface BlockDeviceWipeDescriptor {
  'device'?: (string);
  'method'?: (_storage_BlockDeviceWipeDescriptor_Method);
  /**
   * Wipes even what is in use as a volume.
   */
  'skip_volume_check'?: (boolean);
  'drop_partition'?: (boolean);
  'skip_secondary_check'?: (boolean);
}

/**
 * One device, named without `/dev/`.
 */
export interface BlockDeviceWipeDescriptor__Output {
  'device': (string);
  'method': (_storage_BlockDeviceWipeDescriptor_Method__Output);
  /**
   * Wipes even what is in use as a volume.
   */
  'skip_volume_check': (boolean);
  'drop_partition': (boolean);
  'skip_secondary_check': (boolean);
}

export interface BlockDeviceWipeRequest {
  'devices'?: (BlockDeviceWipeDescriptor)[];
}

export interface BlockDeviceWipeRequest__Output {
  'devices': (BlockDeviceWipeDescriptor__Output)[];
}

export interface BlockDeviceWipeResponse {
  'messages'?: (BlockDeviceWipe)[];
}

export interface BlockDeviceWipeResponse__Output {
  'messages': (BlockDeviceWipe__Output)[];
}

export const _storage_Disk_DiskType = {
  UNKNOWN: 'UNKNOWN',
  SSD: 'SSD',
  HDD: 'HDD',
  NVME: 'NVME',
  SD: 'SD',
  CD: 'CD',
} as const;

export type _storage_Disk_DiskType =
  | 'UNKNOWN'
  | 0
  | 'SSD'
  | 1
  | 'HDD'
  | 2
  | 'NVME'
  | 3
  | 'SD'
  | 4
  | 'CD'
  | 5

export type _storage_Disk_DiskType__Output = typeof _storage_Disk_DiskType[keyof typeof _storage_Disk_DiskType]

export interface Disk {
  /**
   * In bytes.
   */
  'size'?: (number | string | Long);
  'model'?: (string);
  'device_name'?: (string);
  'name'?: (string);
  'serial'?: (string);
  'modalias'?: (string);
  'uuid'?: (string);
  'wwid'?: (string);
  'type'?: (_storage_Disk_DiskType);
  'bus_path'?: (string);
  /**
   * Talos is installed on it.
   */
  'system_disk'?: (boolean);
  'subsystem'?: (string);
  'readonly'?: (boolean);
}

export interface Disk__Output {
  /**
   * In bytes.
   */
  'size': (string);
  'model': (string);
  'device_name': (string);
  'name': (string);
  'serial': (string);
  'modalias': (string);
  'uuid': (string);
  'wwid': (string);
  'type': (_storage_Disk_DiskType__Output);
  'bus_path': (string);
  /**
   * Talos is installed on it.
   */
  'system_disk': (boolean);
  'subsystem': (string);
  'readonly': (boolean);
}

export interface Disks {
  'metadata'?: (_common_Metadata | null);
  'disks'?: (Disk)[];
}

export interface Disks__Output {
  'metadata': (_common_Metadata__Output | null);
  'disks': (Disk__Output)[];
}

export interface DisksResponse {
  'messages'?: (Disks)[];
}

export interface DisksResponse__Output {
  'messages': (Disks__Output)[];
}

/**
 * Lists and wipes disks.
 */
export interface StorageServiceClient extends grpc.Client {
  /**
   * Destroys data.
   */
  BlockDeviceWipe(argument: BlockDeviceWipeRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<BlockDeviceWipeResponse__Output>): grpc.ClientUnaryCall;
  BlockDeviceWipe(argument: BlockDeviceWipeRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<BlockDeviceWipeResponse__Output>): grpc.ClientUnaryCall;
  BlockDeviceWipe(argument: BlockDeviceWipeRequest, options: grpc.CallOptions, callback: grpc.requestCallback<BlockDeviceWipeResponse__Output>): grpc.ClientUnaryCall;
  BlockDeviceWipe(argument: BlockDeviceWipeRequest, callback: grpc.requestCallback<BlockDeviceWipeResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Destroys data.
   */
  blockDeviceWipe(argument: BlockDeviceWipeRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<BlockDeviceWipeResponse__Output>): grpc.ClientUnaryCall;
  blockDeviceWipe(argument: BlockDeviceWipeRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<BlockDeviceWipeResponse__Output>): grpc.ClientUnaryCall;
  blockDeviceWipe(argument: BlockDeviceWipeRequest, options: grpc.CallOptions, callback: grpc.requestCallback<BlockDeviceWipeResponse__Output>): grpc.ClientUnaryCall;
  blockDeviceWipe(argument: BlockDeviceWipeRequest, callback: grpc.requestCallback<BlockDeviceWipeResponse__Output>): grpc.ClientUnaryCall;
  
  Disks(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<DisksResponse__Output>): grpc.ClientUnaryCall;
  Disks(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<DisksResponse__Output>): grpc.ClientUnaryCall;
  Disks(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<DisksResponse__Output>): grpc.ClientUnaryCall;
  Disks(argument: _google_protobuf_Empty, callback: grpc.requestCallback<DisksResponse__Output>): grpc.ClientUnaryCall;
  disks(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<DisksResponse__Output>): grpc.ClientUnaryCall;
  disks(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<DisksResponse__Output>): grpc.ClientUnaryCall;
  disks(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<DisksResponse__Output>): grpc.ClientUnaryCall;
  disks(argument: _google_protobuf_Empty, callback: grpc.requestCallback<DisksResponse__Output>): grpc.ClientUnaryCall;
  
}

/**
 * Lists and wipes disks.
 */
export interface StorageServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Destroys data.
   */
  BlockDeviceWipe: grpc.handleUnaryCall<BlockDeviceWipeRequest__Output, BlockDeviceWipeResponse>;
  
  Disks: grpc.handleUnaryCall<_google_protobuf_Empty__Output, DisksResponse>;
  
}

export interface StorageServiceDefinition extends grpc.ServiceDefinition {
  BlockDeviceWipe: MethodDefinition<BlockDeviceWipeRequest, BlockDeviceWipeResponse, BlockDeviceWipeRequest__Output, BlockDeviceWipeResponse__Output>
  Disks: MethodDefinition<_google_protobuf_Empty, DisksResponse, _google_protobuf_Empty__Output, DisksResponse__Output>
}
