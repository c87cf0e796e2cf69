// Original file: proto/machine/machine.proto


export interface VersionInfo {
  /**
   * `v1.15.0`.
   */
  'tag'?: (string);
  'sha'?: (string);
  'built'?: (string);
  'go_version'?: (string);
  'os'?: (string);
  'arch'?: (string);
}

export interface VersionInfo__Output {
  /**
   * `v1.15.0`.
   */
  'tag': (string);
  'sha': (string);
  'built': (string);
  'go_version': (string);
  'os': (string);
  'arch': (string);
}
