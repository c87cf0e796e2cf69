// Generated, one piece: types of common/common.proto, all in one file as they are declared there.

import type {
  Any as _google_protobuf_Any,
  Any__Output as _google_protobuf_Any__Output,
} from '../google/protobuf.ts';
import type {
  Status as _google_rpc_Status,
  Status__Output as _google_rpc_Status__Output,
} from '../google/rpc/status.ts';

/**
 * What a phase or task of a boot sequence failed with.
 */
export const Code = {
  FATAL: 'FATAL',
  LOCKED: 'LOCKED',
  CANCELED: 'CANCELED',
} as const;

/**
 * What a phase or task of a boot sequence failed with.
 */
export type Code =
  | 'FATAL'
  | 0
  | 'LOCKED'
  | 1
  | 'CANCELED'
  | 2

/**
 * What a phase or task of a boot sequence failed with.
 */
export type Code__Output = typeof Code[keyof typeof Code]

/**
 * Who runs a container: containerd itself for the services of Talos, CRI for the pods of Kubernetes.
 */
export const ContainerDriver = {
  CONTAINERD: 'CONTAINERD',
  CRI: 'CRI',
} as const;

/**
 * Who runs a container: containerd itself for the services of Talos, CRI for the pods of Kubernetes.
 */
export type ContainerDriver =
  | 'CONTAINERD'
  | 0
  | 'CRI'
  | 1

/**
 * Who runs a container: containerd itself for the services of Talos, CRI for the pods of Kubernetes.
 */
export type ContainerDriver__Output = typeof ContainerDriver[keyof typeof ContainerDriver]

/**
 * Which containerd a request is about.
 */
export interface ContainerdInstance {
  'driver'?: (ContainerDriver);
  'namespace'?: (ContainerdNamespace);
}

/**
 * Which containerd a request is about.
 */
export interface ContainerdInstance__Output {
  'driver': (ContainerDriver__Output);
  'namespace': (ContainerdNamespace__Output);
}

/**
 * Which containerd keeps the images: that of Talos or that of Kubernetes.
 */
export const ContainerdNamespace = {
  NS_UNKNOWN: 'NS_UNKNOWN',
  NS_SYSTEM: 'NS_SYSTEM',
  NS_CRI: 'NS_CRI',
} as const;

/**
 * Which containerd keeps the images: that of Talos or that of Kubernetes.
 */
export type ContainerdNamespace =
  | 'NS_UNKNOWN'
  | 0
  | 'NS_SYSTEM'
  | 1
  | 'NS_CRI'
  | 2

/**
 * Which containerd keeps the images: that of Talos or that of Kubernetes.
 */
export type ContainerdNamespace__Output = typeof ContainerdNamespace[keyof typeof ContainerdNamespace]

/**
 * A piece of a byte stream: logs, files, archives, snapshots, packets. At most 1 KiB, so it may end inside a character.
 */
export interface Data {
  'metadata'?: (Metadata | null);
  'bytes'?: (Buffer | Uint8Array | string);
}

/**
 * A piece of a byte stream: logs, files, archives, snapshots, packets. At most 1 KiB, so it may end inside a character.
 */
export interface Data__Output {
  'metadata': (Metadata__Output | null);
  'bytes': (Buffer);
}

export interface DataResponse {
  'messages'?: (Data)[];
}

export interface DataResponse__Output {
  'messages': (Data__Output)[];
}

export interface Empty {
  'metadata'?: (Metadata | null);
}

export interface Empty__Output {
  'metadata': (Metadata__Output | null);
}

export interface EmptyResponse {
  'messages'?: (Empty)[];
}

export interface EmptyResponse__Output {
  'messages': (Empty__Output)[];
}

/**
 * Why a boot sequence failed.
 */
export interface Error {
  'code'?: (Code);
  'message'?: (string);
  'details'?: (_google_protobuf_Any)[];
}

/**
 * Why a boot sequence failed.
 */
export interface Error__Output {
  'code': (Code__Output);
  'message': (string);
  'details': (_google_protobuf_Any__Output)[];
}

/**
 * Says which node a message is from. Only filled by an endpoint that asked several nodes at once (header `nodes`); with
 * `node`, as we call, it is absent.
 */
export interface Metadata {
  /**
   * The node as the caller named it.
   * @deprecated
   */
  'hostname'?: (string);
  /**
   * Why the node could not answer; the message then carries nothing else.
   * @deprecated
   */
  'error'?: (string);
  /**
   * @deprecated
   */
  'status'?: (_google_rpc_Status | null);
}

/**
 * Says which node a message is from. Only filled by an endpoint that asked several nodes at once (header `nodes`); with
 * `node`, as we call, it is absent.
 */
export interface Metadata__Output {
  /**
   * The node as the caller named it.
   * @deprecated
   */
  'hostname': (string);
  /**
   * Why the node could not answer; the message then carries nothing else.
   * @deprecated
   */
  'error': (string);
  /**
   * @deprecated
   */
  'status': (_google_rpc_Status__Output | null);
}

/**
 * An address in network byte order: 4 or 16 bytes.
 */
export interface NetIP {
  'ip'?: (Buffer | Uint8Array | string);
}

/**
 * An address in network byte order: 4 or 16 bytes.
 */
export interface NetIP__Output {
  'ip': (Buffer);
}

export interface NetIPPort {
  'ip'?: (Buffer | Uint8Array | string);
  'port'?: (number);
}

export interface NetIPPort__Output {
  'ip': (Buffer);
  'port': (number);
}

export interface NetIPPrefix {
  'ip'?: (Buffer | Uint8Array | string);
  'prefix_length'?: (number);
}

export interface NetIPPrefix__Output {
  'ip': (Buffer);
  'prefix_length': (number);
}

export interface PEMEncodedCertificate {
  'crt'?: (Buffer | Uint8Array | string);
}

export interface PEMEncodedCertificate__Output {
  'crt': (Buffer);
}

/**
 * A certificate with its key, both PEM. Appears inside resources only.
 */
export interface PEMEncodedCertificateAndKey {
  'crt'?: (Buffer | Uint8Array | string);
  'key'?: (Buffer | Uint8Array | string);
}

/**
 * A certificate with its key, both PEM. Appears inside resources only.
 */
export interface PEMEncodedCertificateAndKey__Output {
  'crt': (Buffer);
  'key': (Buffer);
}

export interface PEMEncodedKey {
  'key'?: (Buffer | Uint8Array | string);
}

export interface PEMEncodedKey__Output {
  'key': (Buffer);
}

export interface URL {
  'full_path'?: (string);
}

export interface URL__Output {
  'full_path': (string);
}
