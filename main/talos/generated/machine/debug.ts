// Generated, one piece: types of machine/debug.proto, all in one file as they are declared there.

import type * as grpc from '@grpc/grpc-js';
import type { MethodDefinition } from '@grpc/proto-loader';
import type {
  ContainerdInstance as _common_ContainerdInstance,
  ContainerdInstance__Output as _common_ContainerdInstance__Output,
} from '../common/common.ts';

export interface DebugContainerRunRequest {
  /**
   * Sent first, once.
   */
  'spec'?: (DebugContainerRunRequestSpec | null);
  'stdin_data'?: (Buffer | Uint8Array | string);
  'signal'?: (number);
  'term_resize'?: (DebugContainerTerminalResize | null);
  'request'?: "spec"|"stdin_data"|"signal"|"term_resize";
}

export interface DebugContainerRunRequest__Output {
  /**
   * Sent first, once.
   */
  'spec'?: (DebugContainerRunRequestSpec__Output | null);
  'stdin_data'?: (Buffer);
  'signal'?: (number);
  'term_resize'?: (DebugContainerTerminalResize__Output | null);
  'request'?: "spec"|"stdin_data"|"signal"|"term_resize";
}

/**
 * How far the container can reach into the node.
 */
export const _machine_DebugContainerRunRequestSpec_Profile = {
  PROFILE_UNSPECIFIED: 'PROFILE_UNSPECIFIED',
  PROFILE_PRIVILEGED: 'PROFILE_PRIVILEGED',
  PROFILE_HOST_NS: 'PROFILE_HOST_NS',
} as const;

/**
 * How far the container can reach into the node.
 */
export type _machine_DebugContainerRunRequestSpec_Profile =
  | 'PROFILE_UNSPECIFIED'
  | 0
  | 'PROFILE_PRIVILEGED'
  | 1
  | 'PROFILE_HOST_NS'
  | 2

/**
 * How far the container can reach into the node.
 */
export type _machine_DebugContainerRunRequestSpec_Profile__Output = typeof _machine_DebugContainerRunRequestSpec_Profile[keyof typeof _machine_DebugContainerRunRequestSpec_Profile]

export interface DebugContainerRunRequestSpec {
  'containerd'?: (_common_ContainerdInstance | null);
  /**
   * An image that is on the node already (ImageService).
   */
  'image_name'?: (string);
  'args'?: (string)[];
  'env'?: ({[key: string]: string});
  'profile'?: (_machine_DebugContainerRunRequestSpec_Profile);
  'tty'?: (boolean);
}

export interface DebugContainerRunRequestSpec__Output {
  'containerd': (_common_ContainerdInstance__Output | null);
  /**
   * An image that is on the node already (ImageService).
   */
  'image_name': (string);
  'args': (string)[];
  'env': ({[key: string]: string});
  'profile': (_machine_DebugContainerRunRequestSpec_Profile__Output);
  'tty': (boolean);
}

/**
 * Output while the container runs, then its exit code.
 */
export interface DebugContainerRunResponse {
  'stdout_data'?: (Buffer | Uint8Array | string);
  'exit_code'?: (number);
  'resp'?: "stdout_data"|"exit_code";
}

/**
 * Output while the container runs, then its exit code.
 */
export interface DebugContainerRunResponse__Output {
  'stdout_data'?: (Buffer);
  'exit_code'?: (number);
  'resp'?: "stdout_data"|"exit_code";
}

/**
 * The size of the terminal in characters.
 */
export interface DebugContainerTerminalResize {
  'width'?: (number);
  'height'?: (number);
}

/**
 * The size of the terminal in characters.
 */
export interface DebugContainerTerminalResize__Output {
  'width': (number);
  'height': (number);
}

/**
 * Runs one container and connects it to a terminal.
 */
export interface DebugServiceClient extends grpc.Client {
  /**
   * The first request is the spec, later ones are input, signals and sizes of the terminal. Ends with the exit code.
   */
  ContainerRun(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<DebugContainerRunRequest, DebugContainerRunResponse__Output>;
  ContainerRun(options?: grpc.CallOptions): grpc.ClientDuplexStream<DebugContainerRunRequest, DebugContainerRunResponse__Output>;
  /**
   * The first request is the spec, later ones are input, signals and sizes of the terminal. Ends with the exit code.
   */
  containerRun(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<DebugContainerRunRequest, DebugContainerRunResponse__Output>;
  containerRun(options?: grpc.CallOptions): grpc.ClientDuplexStream<DebugContainerRunRequest, DebugContainerRunResponse__Output>;
  
}

/**
 * Runs one container and connects it to a terminal.
 */
export interface DebugServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * The first request is the spec, later ones are input, signals and sizes of the terminal. Ends with the exit code.
   */
  ContainerRun: grpc.handleBidiStreamingCall<DebugContainerRunRequest__Output, DebugContainerRunResponse>;
  
}

export interface DebugServiceDefinition extends grpc.ServiceDefinition {
  ContainerRun: MethodDefinition<DebugContainerRunRequest, DebugContainerRunResponse, DebugContainerRunRequest__Output, DebugContainerRunResponse__Output>
}
