// Original file: proto/machine/storage.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Sizes in bytes.
 */
export interface StorageServiceStatfsResponse {
  'size'?: (number | string | Long);
  'used'?: (number | string | Long);
  'available'?: (number | string | Long);
  'inodes'?: (number | string | Long);
  'inodes_used'?: (number | string | Long);
  'inodes_free'?: (number | string | Long);
}

/**
 * Sizes in bytes.
 */
export interface StorageServiceStatfsResponse__Output {
  'size': (string);
  'used': (string);
  'available': (string);
  'inodes': (string);
  'inodes_used': (string);
  'inodes_free': (string);
}
