// Generated, one piece: types of v1alpha1/resource.proto, all in one file as they are declared there.

import type {
  Timestamp as _google_protobuf_Timestamp,
  Timestamp__Output as _google_protobuf_Timestamp__Output,
} from '../google/protobuf.ts';

/**
 * Ids that match a regular expression.
 */
export interface IDQuery {
  'regexp'?: (string);
}

/**
 * Ids that match a regular expression.
 */
export interface IDQuery__Output {
  'regexp': (string);
}

/**
 * All terms must hold.
 */
export interface LabelQuery {
  'terms'?: (LabelTerm)[];
}

/**
 * All terms must hold.
 */
export interface LabelQuery__Output {
  'terms': (LabelTerm__Output)[];
}

export const _cosi_resource_LabelTerm_Operation = {
  EXISTS: 'EXISTS',
  EQUAL: 'EQUAL',
  NOT_EXISTS: 'NOT_EXISTS',
  IN: 'IN',
  LT: 'LT',
  LTE: 'LTE',
  LT_NUMERIC: 'LT_NUMERIC',
  LTE_NUMERIC: 'LTE_NUMERIC',
} as const;

export type _cosi_resource_LabelTerm_Operation =
  | 'EXISTS'
  | 0
  | 'EQUAL'
  | 1
  | 'NOT_EXISTS'
  | 2
  | 'IN'
  | 3
  | 'LT'
  | 4
  | 'LTE'
  | 5
  | 'LT_NUMERIC'
  | 6
  | 'LTE_NUMERIC'
  | 7

export type _cosi_resource_LabelTerm_Operation__Output = typeof _cosi_resource_LabelTerm_Operation[keyof typeof _cosi_resource_LabelTerm_Operation]

/**
 * One condition on a label.
 */
export interface LabelTerm {
  'key'?: (string);
  'op'?: (_cosi_resource_LabelTerm_Operation);
  'value'?: (string)[];
  'invert'?: (boolean);
}

/**
 * One condition on a label.
 */
export interface LabelTerm__Output {
  'key': (string);
  'op': (_cosi_resource_LabelTerm_Operation__Output);
  'value': (string)[];
  'invert': (boolean);
}

/**
 * Names a resource and says how it stands.
 */
export interface Metadata {
  'namespace'?: (string);
  'type'?: (string);
  'id'?: (string);
  /**
   * Grows with each change; `undefined` for a resource that was never stored.
   */
  'version'?: (string);
  'owner'?: (string);
  /**
   * `running` or `tearingDown`.
   */
  'phase'?: (string);
  'created'?: (_google_protobuf_Timestamp | null);
  'updated'?: (_google_protobuf_Timestamp | null);
  /**
   * Who must finish before it can be destroyed.
   */
  'finalizers'?: (string)[];
  'labels'?: ({[key: string]: string});
  'annotations'?: ({[key: string]: string});
}

/**
 * Names a resource and says how it stands.
 */
export interface Metadata__Output {
  'namespace': (string);
  'type': (string);
  'id': (string);
  /**
   * Grows with each change; `undefined` for a resource that was never stored.
   */
  'version': (string);
  'owner': (string);
  /**
   * `running` or `tearingDown`.
   */
  'phase': (string);
  'created': (_google_protobuf_Timestamp__Output | null);
  'updated': (_google_protobuf_Timestamp__Output | null);
  /**
   * Who must finish before it can be destroyed.
   */
  'finalizers': (string)[];
  'labels': ({[key: string]: string});
  'annotations': ({[key: string]: string});
}

export interface Resource {
  'metadata'?: (Metadata | null);
  'spec'?: (Spec | null);
}

export interface Resource__Output {
  'metadata': (Metadata__Output | null);
  'spec': (Spec__Output | null);
}

/**
 * The content. We read the YAML form, so no type needs to be known here.
 */
export interface Spec {
  'proto_spec'?: (Buffer | Uint8Array | string);
  'yaml_spec'?: (string);
}

/**
 * The content. We read the YAML form, so no type needs to be known here.
 */
export interface Spec__Output {
  'proto_spec': (Buffer);
  'yaml_spec': (string);
}
