// Original file: proto/machine/machine.proto

import type { Metadata as _common_Metadata, Metadata__Output as _common_Metadata__Output } from '../common/Metadata.ts';
import type { Xattr as _machine_Xattr, Xattr__Output as _machine_Xattr__Output } from '../machine/Xattr.ts';
import type { Long } from '@grpc/proto-loader';

/**
 * One entry of a folder.
 */
export interface FileInfo {
  'metadata'?: (_common_Metadata | null);
  'name'?: (string);
  'size'?: (number | string | Long);
  /**
   * Type and permission bits as Go writes them (fs.FileMode).
   */
  'mode'?: (number);
  /**
   * Seconds since 1970.
   */
  'modified'?: (number | string | Long);
  'is_dir'?: (boolean);
  /**
   * Why this entry could not be read; the others follow.
   */
  'error'?: (string);
  'link'?: (string);
  /**
   * Below `root`.
   */
  'relative_name'?: (string);
  'uid'?: (number);
  'gid'?: (number);
  'xattrs'?: (_machine_Xattr)[];
}

/**
 * One entry of a folder.
 */
export interface FileInfo__Output {
  'metadata': (_common_Metadata__Output | null);
  'name': (string);
  'size': (string);
  /**
   * Type and permission bits as Go writes them (fs.FileMode).
   */
  'mode': (number);
  /**
   * Seconds since 1970.
   */
  'modified': (string);
  'is_dir': (boolean);
  /**
   * Why this entry could not be read; the others follow.
   */
  'error': (string);
  'link': (string);
  /**
   * Below `root`.
   */
  'relative_name': (string);
  'uid': (number);
  'gid': (number);
  'xattrs': (_machine_Xattr__Output)[];
}
