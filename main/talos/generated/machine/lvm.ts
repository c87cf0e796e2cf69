// Generated, one piece: types of machine/lvm.proto, all in one file as they are declared there.

import type * as grpc from '@grpc/grpc-js';
import type { MethodDefinition } from '@grpc/proto-loader';
import type {
  Empty as _google_protobuf_Empty,
  Empty__Output as _google_protobuf_Empty__Output,
} from '../google/protobuf.ts';

/**
 * Removes logical volumes, volume groups and physical volumes.
 */
export interface LVMServiceClient extends grpc.Client {
  LogicalVolumeRemove(argument: LVMServiceLogicalVolumeRemoveRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  LogicalVolumeRemove(argument: LVMServiceLogicalVolumeRemoveRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  LogicalVolumeRemove(argument: LVMServiceLogicalVolumeRemoveRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  LogicalVolumeRemove(argument: LVMServiceLogicalVolumeRemoveRequest, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  logicalVolumeRemove(argument: LVMServiceLogicalVolumeRemoveRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  logicalVolumeRemove(argument: LVMServiceLogicalVolumeRemoveRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  logicalVolumeRemove(argument: LVMServiceLogicalVolumeRemoveRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  logicalVolumeRemove(argument: LVMServiceLogicalVolumeRemoveRequest, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  
  PhysicalVolumeRemove(argument: LVMServicePhysicalVolumeRemoveRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  PhysicalVolumeRemove(argument: LVMServicePhysicalVolumeRemoveRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  PhysicalVolumeRemove(argument: LVMServicePhysicalVolumeRemoveRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  PhysicalVolumeRemove(argument: LVMServicePhysicalVolumeRemoveRequest, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  physicalVolumeRemove(argument: LVMServicePhysicalVolumeRemoveRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  physicalVolumeRemove(argument: LVMServicePhysicalVolumeRemoveRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  physicalVolumeRemove(argument: LVMServicePhysicalVolumeRemoveRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  physicalVolumeRemove(argument: LVMServicePhysicalVolumeRemoveRequest, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  
  /**
   * Removes the group with all logical volumes in it.
   */
  VolumeGroupRemove(argument: LVMServiceVolumeGroupRemoveRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  VolumeGroupRemove(argument: LVMServiceVolumeGroupRemoveRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  VolumeGroupRemove(argument: LVMServiceVolumeGroupRemoveRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  VolumeGroupRemove(argument: LVMServiceVolumeGroupRemoveRequest, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  /**
   * Removes the group with all logical volumes in it.
   */
  volumeGroupRemove(argument: LVMServiceVolumeGroupRemoveRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  volumeGroupRemove(argument: LVMServiceVolumeGroupRemoveRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  volumeGroupRemove(argument: LVMServiceVolumeGroupRemoveRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  volumeGroupRemove(argument: LVMServiceVolumeGroupRemoveRequest, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  
}

/**
 * Removes logical volumes, volume groups and physical volumes.
 */
export interface LVMServiceHandlers extends grpc.UntypedServiceImplementation {
  LogicalVolumeRemove: grpc.handleUnaryCall<LVMServiceLogicalVolumeRemoveRequest__Output, _google_protobuf_Empty>;
  
  PhysicalVolumeRemove: grpc.handleUnaryCall<LVMServicePhysicalVolumeRemoveRequest__Output, _google_protobuf_Empty>;
  
  /**
   * Removes the group with all logical volumes in it.
   */
  VolumeGroupRemove: grpc.handleUnaryCall<LVMServiceVolumeGroupRemoveRequest__Output, _google_protobuf_Empty>;
  
}

export interface LVMServiceDefinition extends grpc.ServiceDefinition {
  LogicalVolumeRemove: MethodDefinition<LVMServiceLogicalVolumeRemoveRequest, _google_protobuf_Empty, LVMServiceLogicalVolumeRemoveRequest__Output, _google_protobuf_Empty__Output>
  PhysicalVolumeRemove: MethodDefinition<LVMServicePhysicalVolumeRemoveRequest, _google_protobuf_Empty, LVMServicePhysicalVolumeRemoveRequest__Output, _google_protobuf_Empty__Output>
  VolumeGroupRemove: MethodDefinition<LVMServiceVolumeGroupRemoveRequest, _google_protobuf_Empty, LVMServiceVolumeGroupRemoveRequest__Output, _google_protobuf_Empty__Output>
}

export interface LVMServiceLogicalVolumeRemoveRequest {
  'volume_group'?: (string);
  'logical_volume'?: (string);
}

export interface LVMServiceLogicalVolumeRemoveRequest__Output {
  'volume_group': (string);
  'logical_volume': (string);
}

export interface LVMServicePhysicalVolumeRemoveRequest {
  'device'?: (string);
}

export interface LVMServicePhysicalVolumeRemoveRequest__Output {
  'device': (string);
}

export interface LVMServiceVolumeGroupRemoveRequest {
  'volume_group'?: (string);
}

export interface LVMServiceVolumeGroupRemoveRequest__Output {
  'volume_group': (string);
}
