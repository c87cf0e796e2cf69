// Original file: proto/machine/machine.proto

import type { ContainerDriver as _common_ContainerDriver, ContainerDriver__Output as _common_ContainerDriver__Output } from '../common/ContainerDriver.ts';

/**
 * For a service of Talos: namespace `system`, CONTAINERD. For a pod: `k8s.io`, CRI, id `namespace/pod:container`.
 */
export interface LogsRequest {
  'namespace'?: (string);
  'id'?: (string);
  'driver'?: (_common_ContainerDriver);
  'follow'?: (boolean);
  /**
   * The last so many lines first; below 0 all of them.
   */
  'tail_lines'?: (number);
}

/**
 * For a service of Talos: namespace `system`, CONTAINERD. For a pod: `k8s.io`, CRI, id `namespace/pod:container`.
 */
export interface LogsRequest__Output {
  'namespace': (string);
  'id': (string);
  'driver': (_common_ContainerDriver__Output);
  'follow': (boolean);
  /**
   * The last so many lines first; below 0 all of them.
   */
  'tail_lines': (number);
}
