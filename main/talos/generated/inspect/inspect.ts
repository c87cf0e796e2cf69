// Generated, one piece: types of inspect/inspect.proto, all in one file as they are declared there.

import type * as grpc from '@grpc/grpc-js';
import type { MethodDefinition } from '@grpc/proto-loader';
import type {
  Metadata as _common_Metadata,
  Metadata__Output as _common_Metadata__Output,
} from '../common/common.ts';
import type {
  Empty as _google_protobuf_Empty,
  Empty__Output as _google_protobuf_Empty__Output,
} from '../google/protobuf.ts';

/**
 * One controller that uses one type of resource.
 */
export interface ControllerDependencyEdge {
  'controller_name'?: (string);
  'edge_type'?: (DependencyEdgeType);
  'resource_namespace'?: (string);
  'resource_type'?: (string);
  'resource_id'?: (string);
}

/**
 * One controller that uses one type of resource.
 */
export interface ControllerDependencyEdge__Output {
  'controller_name': (string);
  'edge_type': (DependencyEdgeType__Output);
  'resource_namespace': (string);
  'resource_type': (string);
  'resource_id': (string);
}

export interface ControllerRuntimeDependenciesResponse {
  'messages'?: (ControllerRuntimeDependency)[];
}

export interface ControllerRuntimeDependenciesResponse__Output {
  'messages': (ControllerRuntimeDependency__Output)[];
}

export interface ControllerRuntimeDependency {
  'metadata'?: (_common_Metadata | null);
  'edges'?: (ControllerDependencyEdge)[];
}

export interface ControllerRuntimeDependency__Output {
  'metadata': (_common_Metadata__Output | null);
  'edges': (ControllerDependencyEdge__Output)[];
}

/**
 * How a controller uses a resource.
 */
export const DependencyEdgeType = {
  OUTPUT_EXCLUSIVE: 'OUTPUT_EXCLUSIVE',
  INPUT_STRONG: 'INPUT_STRONG',
  INPUT_WEAK: 'INPUT_WEAK',
  OUTPUT_SHARED: 'OUTPUT_SHARED',
  INPUT_DESTROY_READY: 'INPUT_DESTROY_READY',
} as const;

/**
 * How a controller uses a resource.
 */
export type DependencyEdgeType =
  | 'OUTPUT_EXCLUSIVE'
  | 0
  | 'INPUT_STRONG'
  | 1
  | 'INPUT_WEAK'
  | 2
  | 'OUTPUT_SHARED'
  | 3
  | 'INPUT_DESTROY_READY'
  | 4

/**
 * How a controller uses a resource.
 */
export type DependencyEdgeType__Output = typeof DependencyEdgeType[keyof typeof DependencyEdgeType]

/**
 * Shows which controllers read and write which resources.
 */
export interface InspectServiceClient extends grpc.Client {
  ControllerRuntimeDependencies(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<ControllerRuntimeDependenciesResponse__Output>): grpc.ClientUnaryCall;
  ControllerRuntimeDependencies(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<ControllerRuntimeDependenciesResponse__Output>): grpc.ClientUnaryCall;
  ControllerRuntimeDependencies(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<ControllerRuntimeDependenciesResponse__Output>): grpc.ClientUnaryCall;
  ControllerRuntimeDependencies(argument: _google_protobuf_Empty, callback: grpc.requestCallback<ControllerRuntimeDependenciesResponse__Output>): grpc.ClientUnaryCall;
  controllerRuntimeDependencies(argument: _google_protobuf_Empty, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<ControllerRuntimeDependenciesResponse__Output>): grpc.ClientUnaryCall;
  controllerRuntimeDependencies(argument: _google_protobuf_Empty, metadata: grpc.Metadata, callback: grpc.requestCallback<ControllerRuntimeDependenciesResponse__Output>): grpc.ClientUnaryCall;
  controllerRuntimeDependencies(argument: _google_protobuf_Empty, options: grpc.CallOptions, callback: grpc.requestCallback<ControllerRuntimeDependenciesResponse__Output>): grpc.ClientUnaryCall;
  controllerRuntimeDependencies(argument: _google_protobuf_Empty, callback: grpc.requestCallback<ControllerRuntimeDependenciesResponse__Output>): grpc.ClientUnaryCall;
  
}

/**
 * Shows which controllers read and write which resources.
 */
export interface InspectServiceHandlers extends grpc.UntypedServiceImplementation {
  ControllerRuntimeDependencies: grpc.handleUnaryCall<_google_protobuf_Empty__Output, ControllerRuntimeDependenciesResponse>;
  
}

export interface InspectServiceDefinition extends grpc.ServiceDefinition {
  ControllerRuntimeDependencies: MethodDefinition<_google_protobuf_Empty, ControllerRuntimeDependenciesResponse, _google_protobuf_Empty__Output, ControllerRuntimeDependenciesResponse__Output>
}
