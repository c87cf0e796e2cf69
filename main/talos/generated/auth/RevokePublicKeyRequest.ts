// Original file: proto/auth/auth.proto


export interface RevokePublicKeyRequest {
  'public_key_id'?: (string);
}

export interface RevokePublicKeyRequest__Output {
  'public_key_id': (string);
}
