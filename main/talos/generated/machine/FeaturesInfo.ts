// Original file: proto/machine/machine.proto


export interface FeaturesInfo {
  /**
   * Roles are checked; always true in current versions.
   */
  'rbac'?: (boolean);
}

export interface FeaturesInfo__Output {
  /**
   * Roles are checked; always true in current versions.
   */
  'rbac': (boolean);
}
