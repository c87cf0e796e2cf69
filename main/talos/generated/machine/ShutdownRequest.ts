// Original file: proto/machine/machine.proto


/**
 * With `force` without draining.
 */
export interface ShutdownRequest {
  'force'?: (boolean);
}

/**
 * With `force` without draining.
 */
export interface ShutdownRequest__Output {
  'force': (boolean);
}
