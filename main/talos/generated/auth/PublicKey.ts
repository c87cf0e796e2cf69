// Original file: proto/auth/auth.proto


export interface PublicKey {
  'pgp_data'?: (Buffer | Uint8Array | string);
  'webauthn_data'?: (Buffer | Uint8Array | string);
}

export interface PublicKey__Output {
  'pgp_data': (Buffer);
  'webauthn_data': (Buffer);
}
