// Generated, one piece: types of machine/lifecycle.proto, all in one file as they are declared there.

import type * as grpc from '@grpc/grpc-js';
import type { MethodDefinition } from '@grpc/proto-loader';
import type {
  ContainerdInstance as _common_ContainerdInstance,
  ContainerdInstance__Output as _common_ContainerdInstance__Output,
} from '../common/common.ts';

/**
 * The installer image, which must be on the node already.
 */
export interface InstallArtifactsSource {
  'image_name'?: (string);
}

/**
 * The installer image, which must be on the node already.
 */
export interface InstallArtifactsSource__Output {
  'image_name': (string);
}

export interface InstallDestination {
  'disk'?: (string);
}

export interface InstallDestination__Output {
  'disk': (string);
}

/**
 * Writes another version of Talos to the disk of a node.
 */
export interface LifecycleServiceClient extends grpc.Client {
  /**
   * Installs Talos on a disk.
   */
  Install(argument: LifecycleServiceInstallRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<LifecycleServiceInstallResponse__Output>;
  Install(argument: LifecycleServiceInstallRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<LifecycleServiceInstallResponse__Output>;
  /**
   * Installs Talos on a disk.
   */
  install(argument: LifecycleServiceInstallRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<LifecycleServiceInstallResponse__Output>;
  install(argument: LifecycleServiceInstallRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<LifecycleServiceInstallResponse__Output>;
  
  /**
   * Writes the new version beside the running one.
   */
  Upgrade(argument: LifecycleServiceUpgradeRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<LifecycleServiceUpgradeResponse__Output>;
  Upgrade(argument: LifecycleServiceUpgradeRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<LifecycleServiceUpgradeResponse__Output>;
  /**
   * Writes the new version beside the running one.
   */
  upgrade(argument: LifecycleServiceUpgradeRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<LifecycleServiceUpgradeResponse__Output>;
  upgrade(argument: LifecycleServiceUpgradeRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<LifecycleServiceUpgradeResponse__Output>;
  
}

/**
 * Writes another version of Talos to the disk of a node.
 */
export interface LifecycleServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Installs Talos on a disk.
   */
  Install: grpc.handleServerStreamingCall<LifecycleServiceInstallRequest__Output, LifecycleServiceInstallResponse>;
  
  /**
   * Writes the new version beside the running one.
   */
  Upgrade: grpc.handleServerStreamingCall<LifecycleServiceUpgradeRequest__Output, LifecycleServiceUpgradeResponse>;
  
}

export interface LifecycleServiceDefinition extends grpc.ServiceDefinition {
  Install: MethodDefinition<LifecycleServiceInstallRequest, LifecycleServiceInstallResponse, LifecycleServiceInstallRequest__Output, LifecycleServiceInstallResponse__Output>
  Upgrade: MethodDefinition<LifecycleServiceUpgradeRequest, LifecycleServiceUpgradeResponse, LifecycleServiceUpgradeRequest__Output, LifecycleServiceUpgradeResponse__Output>
}

/**
 * Lines of the installer, then its exit code: anything but 0 is a failure.
 */
export interface LifecycleServiceInstallProgress {
  'message'?: (string);
  'exit_code'?: (number);
  'response'?: "message"|"exit_code";
}

/**
 * Lines of the installer, then its exit code: anything but 0 is a failure.
 */
export interface LifecycleServiceInstallProgress__Output {
  'message'?: (string);
  'exit_code'?: (number);
  'response'?: "message"|"exit_code";
}

export interface LifecycleServiceInstallRequest {
  'containerd'?: (_common_ContainerdInstance | null);
  'source'?: (InstallArtifactsSource | null);
  'destination'?: (InstallDestination | null);
}

export interface LifecycleServiceInstallRequest__Output {
  'containerd': (_common_ContainerdInstance__Output | null);
  'source': (InstallArtifactsSource__Output | null);
  'destination': (InstallDestination__Output | null);
}

export interface LifecycleServiceInstallResponse {
  'progress'?: (LifecycleServiceInstallProgress | null);
}

export interface LifecycleServiceInstallResponse__Output {
  'progress': (LifecycleServiceInstallProgress__Output | null);
}

export interface LifecycleServiceUpgradeRequest {
  'containerd'?: (_common_ContainerdInstance | null);
  'source'?: (InstallArtifactsSource | null);
}

export interface LifecycleServiceUpgradeRequest__Output {
  'containerd': (_common_ContainerdInstance__Output | null);
  'source': (InstallArtifactsSource__Output | null);
}

export interface LifecycleServiceUpgradeResponse {
  'progress'?: (LifecycleServiceInstallProgress | null);
}

export interface LifecycleServiceUpgradeResponse__Output {
  'progress': (LifecycleServiceInstallProgress__Output | null);
}
