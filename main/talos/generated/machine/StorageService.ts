// Original file: proto/machine/storage.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { StorageServiceStatfsRequest as _machine_StorageServiceStatfsRequest, StorageServiceStatfsRequest__Output as _machine_StorageServiceStatfsRequest__Output } from '../machine/StorageServiceStatfsRequest.ts';
import type { StorageServiceStatfsResponse as _machine_StorageServiceStatfsResponse, StorageServiceStatfsResponse__Output as _machine_StorageServiceStatfsResponse__Output } from '../machine/StorageServiceStatfsResponse.ts';

/**
 * Sizes of file systems. Not to be confused with storage.StorageService, which is about disks.
 */
export interface StorageServiceClient extends grpc.Client {
  /**
   * What `df` shows about one mount point.
   */
  Statfs(argument: _machine_StorageServiceStatfsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_machine_StorageServiceStatfsResponse__Output>): grpc.ClientUnaryCall;
  Statfs(argument: _machine_StorageServiceStatfsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_machine_StorageServiceStatfsResponse__Output>): grpc.ClientUnaryCall;
  Statfs(argument: _machine_StorageServiceStatfsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_machine_StorageServiceStatfsResponse__Output>): grpc.ClientUnaryCall;
  Statfs(argument: _machine_StorageServiceStatfsRequest, callback: grpc.requestCallback<_machine_StorageServiceStatfsResponse__Output>): grpc.ClientUnaryCall;
  /**
   * What `df` shows about one mount point.
   */
  statfs(argument: _machine_StorageServiceStatfsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_machine_StorageServiceStatfsResponse__Output>): grpc.ClientUnaryCall;
  statfs(argument: _machine_StorageServiceStatfsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_machine_StorageServiceStatfsResponse__Output>): grpc.ClientUnaryCall;
  statfs(argument: _machine_StorageServiceStatfsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_machine_StorageServiceStatfsResponse__Output>): grpc.ClientUnaryCall;
  statfs(argument: _machine_StorageServiceStatfsRequest, callback: grpc.requestCallback<_machine_StorageServiceStatfsResponse__Output>): grpc.ClientUnaryCall;
  
}

/**
 * Sizes of file systems. Not to be confused with storage.StorageService, which is about disks.
 */
export interface StorageServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * What `df` shows about one mount point.
   */
  Statfs: grpc.handleUnaryCall<_machine_StorageServiceStatfsRequest__Output, _machine_StorageServiceStatfsResponse>;
  
}

export interface StorageServiceDefinition extends grpc.ServiceDefinition {
  Statfs: MethodDefinition<_machine_StorageServiceStatfsRequest, _machine_StorageServiceStatfsResponse, _machine_StorageServiceStatfsRequest__Output, _machine_StorageServiceStatfsResponse__Output>
}
