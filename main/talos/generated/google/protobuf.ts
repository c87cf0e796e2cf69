// Generated, one piece: types of google/protobuf.proto, all in one file as they are declared there.

import type { AnyExtension } from '@grpc/proto-loader';
import type { Long } from '@grpc/proto-loader';

export type Any = AnyExtension | {
  type_url: string;
  value: Buffer | Uint8Array | string;
}

export interface Any__Output {
  'type_url': (string);
  'value': (Buffer);
}

export interface Duration {
  'seconds'?: (number | string | Long);
  'nanos'?: (number);
}

export interface Duration__Output {
  'seconds': (string);
  'nanos': (number);
}

export interface Empty {
}

export interface Empty__Output {
}

export interface Timestamp {
  'seconds'?: (number | string | Long);
  'nanos'?: (number);
}

export interface Timestamp__Output {
  'seconds': (string);
  'nanos': (number);
}
