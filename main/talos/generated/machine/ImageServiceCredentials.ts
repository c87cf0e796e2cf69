// Original file: proto/machine/image.proto


/**
 * A sign-in at a registry. Secret: never logged, never stored.
 */
export interface ImageServiceCredentials {
  'host'?: (string);
  'username'?: (string);
  'password'?: (string);
}

/**
 * A sign-in at a registry. Secret: never logged, never stored.
 */
export interface ImageServiceCredentials__Output {
  'host': (string);
  'username': (string);
  'password': (string);
}
