// Original file: proto/machine/machine.proto

import type { Metadata as _common_Metadata, Metadata__Output as _common_Metadata__Output } from '../common/Metadata.ts';
import type { Any as _google_protobuf_Any, Any__Output as _google_protobuf_Any__Output } from '../google/protobuf/Any.ts';

/**
 * Something happened on the node.
 */
export interface Event {
  'metadata'?: (_common_Metadata | null);
  /**
   * One of the …Event messages here, with a type URL of its own: `talos/runtime/machine.SequenceEvent`.
   * Unknown ones are skipped.
   */
  'data'?: (_google_protobuf_Any | null);
  /**
   * Ordered by time.
   */
  'id'?: (string);
  /**
   * Which request caused it.
   */
  'actor_id'?: (string);
}

/**
 * Something happened on the node.
 */
export interface Event__Output {
  'metadata': (_common_Metadata__Output | null);
  /**
   * One of the …Event messages here, with a type URL of its own: `talos/runtime/machine.SequenceEvent`.
   * Unknown ones are skipped.
   */
  'data': (_google_protobuf_Any__Output | null);
  /**
   * Ordered by time.
   */
  'id': (string);
  /**
   * Which request caused it.
   */
  'actor_id': (string);
}
