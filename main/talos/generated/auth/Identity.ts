// Original file: proto/auth/auth.proto


export interface Identity {
  'email'?: (string);
}

export interface Identity__Output {
  'email': (string);
}
