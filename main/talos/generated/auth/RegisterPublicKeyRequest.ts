// Original file: proto/auth/auth.proto

import type { PublicKey as _auth_PublicKey, PublicKey__Output as _auth_PublicKey__Output } from '../auth/PublicKey.ts';
import type { Identity as _auth_Identity, Identity__Output as _auth_Identity__Output } from '../auth/Identity.ts';

export interface RegisterPublicKeyRequest {
  'public_key'?: (_auth_PublicKey | null);
  'identity'?: (_auth_Identity | null);
  'role'?: (string);
  'skip_user_role'?: (boolean);
}

export interface RegisterPublicKeyRequest__Output {
  'public_key': (_auth_PublicKey__Output | null);
  'identity': (_auth_Identity__Output | null);
  'role': (string);
  'skip_user_role': (boolean);
}
