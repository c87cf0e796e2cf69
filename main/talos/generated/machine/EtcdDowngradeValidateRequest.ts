// Original file: proto/machine/machine.proto


export interface EtcdDowngradeValidateRequest {
  /**
   * MAJOR.MINOR.
   */
  'version'?: (string);
}

export interface EtcdDowngradeValidateRequest__Output {
  /**
   * MAJOR.MINOR.
   */
  'version': (string);
}
