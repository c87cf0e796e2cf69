// Generated, one piece: types of machine/storage.proto, all in one file as they are declared there.

import type * as grpc from '@grpc/grpc-js';
import type { Long } from '@grpc/proto-loader';
import type { MethodDefinition } from '@grpc/proto-loader';

/**
 * Sizes of file systems. Not to be confused with storage.StorageService, which is about disks.
 */
export interface StorageServiceClient extends grpc.Client {
  /**
   * What `df` shows about one mount point.
   */
  Statfs(argument: StorageServiceStatfsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<StorageServiceStatfsResponse__Output>): grpc.ClientUnaryCall;
  Statfs(argument: StorageServiceStatfsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<StorageServiceStatfsResponse__Output>): grpc.ClientUnaryCall;
  Statfs(argument: StorageServiceStatfsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<StorageServiceStatfsResponse__Output>): grpc.ClientUnaryCall;
  Statfs(argument: StorageServiceStatfsRequest, callback: grpc.requestCallback<StorageServiceStatfsResponse__Output>): grpc.ClientUnaryCall;
  /**
   * What `df` shows about one mount point.
   */
  statfs(argument: StorageServiceStatfsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<StorageServiceStatfsResponse__Output>): grpc.ClientUnaryCall;
  statfs(argument: StorageServiceStatfsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<StorageServiceStatfsResponse__Output>): grpc.ClientUnaryCall;
  statfs(argument: StorageServiceStatfsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<StorageServiceStatfsResponse__Output>): grpc.ClientUnaryCall;
  statfs(argument: StorageServiceStatfsRequest, callback: grpc.requestCallback<StorageServiceStatfsResponse__Output>): grpc.ClientUnaryCall;
  
}

/**
 * Sizes of file systems. Not to be confused with storage.StorageService, which is about disks.
 */
export interface StorageServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * What `df` shows about one mount point.
   */
  Statfs: grpc.handleUnaryCall<StorageServiceStatfsRequest__Output, StorageServiceStatfsResponse>;
  
}

export interface StorageServiceDefinition extends grpc.ServiceDefinition {
  Statfs: MethodDefinition<StorageServiceStatfsRequest, StorageServiceStatfsResponse, StorageServiceStatfsRequest__Output, StorageServiceStatfsResponse__Output>
}

export interface StorageServiceStatfsRequest {
  'path'?: (string);
}

export interface StorageServiceStatfsRequest__Output {
  'path': (string);
}

/**
 * Sizes in bytes.
 */
export interface StorageServiceStatfsResponse {
  'size'?: (number | string | Long);
  'used'?: (number | string | Long);
  'available'?: (number | string | Long);
  'inodes'?: (number | string | Long);
  'inodes_used'?: (number | string | Long);
  'inodes_free'?: (number | string | Long);
}

/**
 * Sizes in bytes.
 */
export interface StorageServiceStatfsResponse__Output {
  'size': (string);
  'used': (string);
  'available': (string);
  'inodes': (string);
  'inodes_used': (string);
  'inodes_free': (string);
}
