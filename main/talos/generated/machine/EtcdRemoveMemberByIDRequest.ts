// Original file: proto/machine/machine.proto

import type { Long } from '@grpc/proto-loader';

export interface EtcdRemoveMemberByIDRequest {
  /**
   * All 64 bits count: a string in our code, 16 hexadecimal digits for people.
   */
  'member_id'?: (number | string | Long);
}

export interface EtcdRemoveMemberByIDRequest__Output {
  /**
   * All 64 bits count: a string in our code, 16 hexadecimal digits for people.
   */
  'member_id': (string);
}
