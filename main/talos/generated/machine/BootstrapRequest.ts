// Original file: proto/machine/machine.proto


/**
 * With `recover_etcd` from the snapshot that was uploaded before.
 */
export interface BootstrapRequest {
  'recover_etcd'?: (boolean);
  'recover_skip_hash_check'?: (boolean);
}

/**
 * With `recover_etcd` from the snapshot that was uploaded before.
 */
export interface BootstrapRequest__Output {
  'recover_etcd': (boolean);
  'recover_skip_hash_check': (boolean);
}
