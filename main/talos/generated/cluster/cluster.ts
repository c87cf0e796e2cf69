// Generated, one piece: types of cluster/cluster.proto, all in one file as they are declared there.

import type * as grpc from '@grpc/grpc-js';
import type { MethodDefinition } from '@grpc/proto-loader';
import type {
  Metadata as _common_Metadata,
  Metadata__Output as _common_Metadata__Output,
} from '../common/common.ts';
import type {
  Duration as _google_protobuf_Duration,
  Duration__Output as _google_protobuf_Duration__Output,
} from '../google/protobuf.ts';

/**
 * The nodes that should be there; empty means: as the cluster itself discovered them.
 */
export interface ClusterInfo {
  'control_plane_nodes'?: (string)[];
  'worker_nodes'?: (string)[];
  'force_endpoint'?: (string);
}

/**
 * The nodes that should be there; empty means: as the cluster itself discovered them.
 */
export interface ClusterInfo__Output {
  'control_plane_nodes': (string)[];
  'worker_nodes': (string)[];
  'force_endpoint': (string);
}

/**
 * Runs the health checks on a node.
 */
export interface ClusterServiceClient extends grpc.Client {
  /**
   * Runs the checks one after another and tells about each; ends with an error when the time is over.
   */
  HealthCheck(argument: HealthCheckRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<HealthCheckProgress__Output>;
  HealthCheck(argument: HealthCheckRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<HealthCheckProgress__Output>;
  /**
   * Runs the checks one after another and tells about each; ends with an error when the time is over.
   */
  healthCheck(argument: HealthCheckRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<HealthCheckProgress__Output>;
  healthCheck(argument: HealthCheckRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<HealthCheckProgress__Output>;
  
}

/**
 * Runs the health checks on a node.
 */
export interface ClusterServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Runs the checks one after another and tells about each; ends with an error when the time is over.
   */
  HealthCheck: grpc.handleServerStreamingCall<HealthCheckRequest__Output, HealthCheckProgress>;
  
}

export interface ClusterServiceDefinition extends grpc.ServiceDefinition {
  HealthCheck: MethodDefinition<HealthCheckRequest, HealthCheckProgress, HealthCheckRequest__Output, HealthCheckProgress__Output>
}

/**
 * One line: `waiting for <check>: <state>`.
 */
export interface HealthCheckProgress {
  'metadata'?: (_common_Metadata | null);
  'message'?: (string);
}

/**
 * One line: `waiting for <check>: <state>`.
 */
export interface HealthCheckProgress__Output {
  'metadata': (_common_Metadata__Output | null);
  'message': (string);
}

export interface HealthCheckRequest {
  'wait_timeout'?: (_google_protobuf_Duration | null);
  'cluster_info'?: (ClusterInfo | null);
}

export interface HealthCheckRequest__Output {
  'wait_timeout': (_google_protobuf_Duration__Output | null);
  'cluster_info': (ClusterInfo__Output | null);
}
