// Original file: proto/common/common.proto


/**
 * A certificate with its key, both PEM. Appears inside resources only.
 */
export interface PEMEncodedCertificateAndKey {
  'crt'?: (Buffer | Uint8Array | string);
  'key'?: (Buffer | Uint8Array | string);
}

/**
 * A certificate with its key, both PEM. Appears inside resources only.
 */
export interface PEMEncodedCertificateAndKey__Output {
  'crt': (Buffer);
  'key': (Buffer);
}
