// Original file: proto/common/common.proto

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
