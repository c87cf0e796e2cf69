// Generated, one piece: types of machine/md.proto, all in one file as they are declared there.

import type * as grpc from '@grpc/grpc-js';
import type { MethodDefinition } from '@grpc/proto-loader';
import type {
  Empty as _google_protobuf_Empty,
  Empty__Output as _google_protobuf_Empty__Output,
} from '../google/protobuf.ts';

export interface MDDestroyRequest {
  'device'?: (string);
}

export interface MDDestroyRequest__Output {
  'device': (string);
}

/**
 * Destroys arrays.
 */
export interface MDServiceClient extends grpc.Client {
  /**
   * Removes an array. Destroys data.
   */
  Destroy(argument: MDDestroyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  Destroy(argument: MDDestroyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  Destroy(argument: MDDestroyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  Destroy(argument: MDDestroyRequest, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  /**
   * Removes an array. Destroys data.
   */
  destroy(argument: MDDestroyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  destroy(argument: MDDestroyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  destroy(argument: MDDestroyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  destroy(argument: MDDestroyRequest, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  
}

/**
 * Destroys arrays.
 */
export interface MDServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Removes an array. Destroys data.
   */
  Destroy: grpc.handleUnaryCall<MDDestroyRequest__Output, _google_protobuf_Empty>;
  
}

export interface MDServiceDefinition extends grpc.ServiceDefinition {
  Destroy: MethodDefinition<MDDestroyRequest, _google_protobuf_Empty, MDDestroyRequest__Output, _google_protobuf_Empty__Output>
}
