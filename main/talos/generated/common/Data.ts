// Original file: proto/common/common.proto

import type { Metadata as _common_Metadata, Metadata__Output as _common_Metadata__Output } from '../common/Metadata.ts';

/**
 * A piece of a byte stream: logs, files, archives, snapshots, packets. At most 1 KiB, so it may end inside a character.
 */
export interface Data {
  'metadata'?: (_common_Metadata | null);
  'bytes'?: (Buffer | Uint8Array | string);
}

/**
 * A piece of a byte stream: logs, files, archives, snapshots, packets. At most 1 KiB, so it may end inside a character.
 */
export interface Data__Output {
  'metadata': (_common_Metadata__Output | null);
  'bytes': (Buffer);
}
