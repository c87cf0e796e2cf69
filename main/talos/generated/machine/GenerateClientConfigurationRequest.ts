// Original file: proto/machine/machine.proto

import type { Duration as _google_protobuf_Duration, Duration__Output as _google_protobuf_Duration__Output } from '../google/protobuf/Duration.ts';

/**
 * Who the new certificate is for and how long it lasts.
 */
export interface GenerateClientConfigurationRequest {
  /**
   * Such as os:reader.
   */
  'roles'?: (string)[];
  'crt_ttl'?: (_google_protobuf_Duration | null);
}

/**
 * Who the new certificate is for and how long it lasts.
 */
export interface GenerateClientConfigurationRequest__Output {
  /**
   * Such as os:reader.
   */
  'roles': (string)[];
  'crt_ttl': (_google_protobuf_Duration__Output | null);
}
