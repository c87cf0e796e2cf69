// Original file: proto/machine/machine.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../google/protobuf/Timestamp.ts';

/**
 * What the last health check said; `unknown` for a service without one.
 */
export interface ServiceHealth {
  'unknown'?: (boolean);
  'healthy'?: (boolean);
  'last_message'?: (string);
  'last_change'?: (_google_protobuf_Timestamp | null);
}

/**
 * What the last health check said; `unknown` for a service without one.
 */
export interface ServiceHealth__Output {
  'unknown': (boolean);
  'healthy': (boolean);
  'last_message': (string);
  'last_change': (_google_protobuf_Timestamp__Output | null);
}
