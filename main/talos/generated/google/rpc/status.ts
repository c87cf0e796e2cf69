// Generated, one piece: types of google/rpc/status.proto, all in one file as they are declared there.

import type {
  Any as _google_protobuf_Any,
  Any__Output as _google_protobuf_Any__Output,
} from '../protobuf.ts';

/**
 * How a call ended.
 */
export interface Status {
  /**
   * A gRPC status code.
   */
  'code'?: (number);
  'message'?: (string);
  'details'?: (_google_protobuf_Any)[];
}

/**
 * How a call ended.
 */
export interface Status__Output {
  /**
   * A gRPC status code.
   */
  'code': (number);
  'message': (string);
  'details': (_google_protobuf_Any__Output)[];
}
