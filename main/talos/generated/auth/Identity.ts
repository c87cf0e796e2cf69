// Original file: proto/auth/auth.proto


export interface Identity {
  /**
   * The identity in the talosconfig.
   */
  'email'?: (string);
}

export interface Identity__Output {
  /**
   * The identity in the talosconfig.
   */
  'email': (string);
}
