// Generated, one piece: types of time/time.proto, all in one file as they are declared there.

import type * as grpc from '@grpc/grpc-js';
import type { MethodDefinition } from '@grpc/proto-loader';
import type {
  Metadata as _common_Metadata,
  Metadata__Output as _common_Metadata__Output,
} from '../common/common.ts';
import type {
  Empty as _google_protobuf_Empty,
  Empty__Output as _google_protobuf_Empty__Output,
  Timestamp as _google_protobuf_Timestamp,
  Timestamp__Output as _google_protobuf_Timestamp__Output,
} from '../google/protobuf.ts';

export interface Time {
  'metadata'?: (_common_Metadata | null);
  'server'?: (string);
  /**
   * The clock of the node.
   */
  'localtime'?: (_google_protobuf_Timestamp | null);
  /**
   * The clock of the server.
   */
  'remotetime'?: (_google_protobuf_Timestamp | null);
}

export interface Time__Output {
  'metadata': (_common_Metadata__Output | null);
  'server': (string);
  /**
   * The clock of the node.
   */
  'localtime': (_google_protobuf_Timestamp__Output | null);
  /**
   * The clock of the server.
   */
  'remotetime': (_google_protobuf_Timestamp__Output | null);
}

export interface TimeRequest {
  'server'?: (string);
}

export interface TimeRequest__Output {
  'server': (string);
}

export interface TimeResponse {
  'messages'?: (Time)[];
}

export interface TimeResponse__Output {
  'messages': (Time__Output)[];
}

/**
 * Compares the clock of a node with a time server.
 */
export interface TimeServiceClient extends grpc.Client {
  /**
   * Against the time server that the node uses.
   */
  Time(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<TimeResponse__Output>): grpc.ClientUnaryCall;
  Time(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<TimeResponse__Output>): grpc.ClientUnaryCall;
  Time(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<TimeResponse__Output>): grpc.ClientUnaryCall;
  Time(argument: _google_protobuf_Empty, callback: grpc.requestCallback<TimeResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Against the time server that the node uses.
   */
  time(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<TimeResponse__Output>): grpc.ClientUnaryCall;
  time(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<TimeResponse__Output>): grpc.ClientUnaryCall;
  time(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<TimeResponse__Output>): grpc.ClientUnaryCall;
  time(argument: _google_protobuf_Empty, callback: grpc.requestCallback<TimeResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Against the time server in the request.
   */
  TimeCheck(argument: TimeRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<TimeResponse__Output>): grpc.ClientUnaryCall;
  TimeCheck(argument: TimeRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<TimeResponse__Output>): grpc.ClientUnaryCall;
  TimeCheck(argument: TimeRequest, options: grpc.CallOptions, callback: grpc.requestCallback<TimeResponse__Output>): grpc.ClientUnaryCall;
  TimeCheck(argument: TimeRequest, callback: grpc.requestCallback<TimeResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Against the time server in the request.
   */
  timeCheck(argument: TimeRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<TimeResponse__Output>): grpc.ClientUnaryCall;
  timeCheck(argument: TimeRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<TimeResponse__Output>): grpc.ClientUnaryCall;
  timeCheck(argument: TimeRequest, options: grpc.CallOptions, callback: grpc.requestCallback<TimeResponse__Output>): grpc.ClientUnaryCall;
  timeCheck(argument: TimeRequest, callback: grpc.requestCallback<TimeResponse__Output>): grpc.ClientUnaryCall;
  
}

/**
 * Compares the clock of a node with a time server.
 */
export interface TimeServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Against the time server that the node uses.
   */
  Time: grpc.handleUnaryCall<_google_protobuf_Empty__Output, TimeResponse>;
  
  /**
   * Against the time server in the request.
   */
  TimeCheck: grpc.handleUnaryCall<TimeRequest__Output, TimeResponse>;
  
}

export interface TimeServiceDefinition extends grpc.ServiceDefinition {
  Time: MethodDefinition<_google_protobuf_Empty, TimeResponse, _google_protobuf_Empty__Output, TimeResponse__Output>
  TimeCheck: MethodDefinition<TimeRequest, TimeResponse, TimeRequest__Output, TimeResponse__Output>
}
