// Original file: proto/auth/auth.proto


export interface AwaitPublicKeyConfirmationRequest {
  'public_key_id'?: (string);
}

export interface AwaitPublicKeyConfirmationRequest__Output {
  'public_key_id': (string);
}
