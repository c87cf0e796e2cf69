// Original file: proto/machine/machine.proto


/**
 * No method uses it any more; its numbers stay known.
 */
export interface EtcdRemoveMemberRequest {
  'member'?: (string);
}

/**
 * No method uses it any more; its numbers stay known.
 */
export interface EtcdRemoveMemberRequest__Output {
  'member': (string);
}
