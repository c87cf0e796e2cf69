// Original file: proto/auth/auth.proto


export interface RegisterPublicKeyResponse {
  /**
   * To be opened in a browser.
   */
  'login_url'?: (string);
  /**
   * The fingerprint.
   */
  'public_key_id'?: (string);
}

export interface RegisterPublicKeyResponse__Output {
  /**
   * To be opened in a browser.
   */
  'login_url': (string);
  /**
   * The fingerprint.
   */
  'public_key_id': (string);
}
