// Original file: proto/auth/auth.proto


export interface RegisterPublicKeyResponse {
  'login_url'?: (string);
  'public_key_id'?: (string);
}

export interface RegisterPublicKeyResponse__Output {
  'login_url': (string);
  'public_key_id': (string);
}
