// Original file: proto/common/common.proto

import type { Status as _google_rpc_Status, Status__Output as _google_rpc_Status__Output } from '../google/rpc/Status.ts';

/**
 * Says which node a message is from. Only filled by an endpoint that asked several nodes at once (header `nodes`); with
 * `node`, as we call, it is absent.
 */
export interface Metadata {
  /**
   * The node as the caller named it.
   * @deprecated
   */
  'hostname'?: (string);
  /**
   * Why the node could not answer; the message then carries nothing else.
   * @deprecated
   */
  'error'?: (string);
  /**
   * @deprecated
   */
  'status'?: (_google_rpc_Status | null);
}

/**
 * Says which node a message is from. Only filled by an endpoint that asked several nodes at once (header `nodes`); with
 * `node`, as we call, it is absent.
 */
export interface Metadata__Output {
  /**
   * The node as the caller named it.
   * @deprecated
   */
  'hostname': (string);
  /**
   * Why the node could not answer; the message then carries nothing else.
   * @deprecated
   */
  'error': (string);
  /**
   * @deprecated
   */
  'status': (_google_rpc_Status__Output | null);
}
