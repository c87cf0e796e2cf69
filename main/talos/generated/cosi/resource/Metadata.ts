// Original file: proto/v1alpha1/resource.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../google/protobuf/Timestamp.ts';

/**
 * Names a resource and says how it stands.
 */
export interface Metadata {
  'namespace'?: (string);
  'type'?: (string);
  'id'?: (string);
  /**
   * Grows with each change; `undefined` for a resource that was never stored.
   */
  'version'?: (string);
  'owner'?: (string);
  /**
   * `running` or `tearingDown`.
   */
  'phase'?: (string);
  'created'?: (_google_protobuf_Timestamp | null);
  'updated'?: (_google_protobuf_Timestamp | null);
  /**
   * Who must finish before it can be destroyed.
   */
  'finalizers'?: (string)[];
  'labels'?: ({[key: string]: string});
  'annotations'?: ({[key: string]: string});
}

/**
 * Names a resource and says how it stands.
 */
export interface Metadata__Output {
  'namespace': (string);
  'type': (string);
  'id': (string);
  /**
   * Grows with each change; `undefined` for a resource that was never stored.
   */
  'version': (string);
  'owner': (string);
  /**
   * `running` or `tearingDown`.
   */
  'phase': (string);
  'created': (_google_protobuf_Timestamp__Output | null);
  'updated': (_google_protobuf_Timestamp__Output | null);
  /**
   * Who must finish before it can be destroyed.
   */
  'finalizers': (string)[];
  'labels': ({[key: string]: string});
  'annotations': ({[key: string]: string});
}
