// Original file: proto/machine/machine.proto


export interface DmesgRequest {
  'follow'?: (boolean);
  /**
   * Only what comes from now on.
   */
  'tail'?: (boolean);
}

export interface DmesgRequest__Output {
  'follow': (boolean);
  /**
   * Only what comes from now on.
   */
  'tail': (boolean);
}
