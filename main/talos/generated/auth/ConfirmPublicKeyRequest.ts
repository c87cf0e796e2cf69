// Original file: proto/auth/auth.proto


export interface ConfirmPublicKeyRequest {
  'public_key_id'?: (string);
}

export interface ConfirmPublicKeyRequest__Output {
  'public_key_id': (string);
}
