// Original file: proto/machine/machine.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Which folders to add up.
 */
export interface DiskUsageRequest {
  'recursion_depth'?: (number);
  'all'?: (boolean);
  /**
   * In bytes: nothing smaller; if negative, nothing larger.
   */
  'threshold'?: (number | string | Long);
  'paths'?: (string)[];
}

/**
 * Which folders to add up.
 */
export interface DiskUsageRequest__Output {
  'recursion_depth': (number);
  'all': (boolean);
  /**
   * In bytes: nothing smaller; if negative, nothing larger.
   */
  'threshold': (string);
  'paths': (string)[];
}
