// Original file: proto/machine/machine.proto


export interface PlatformInfo {
  /**
   * metal, aws, container …
   */
  'name'?: (string);
  'mode'?: (string);
}

export interface PlatformInfo__Output {
  /**
   * metal, aws, container …
   */
  'name': (string);
  'mode': (string);
}
