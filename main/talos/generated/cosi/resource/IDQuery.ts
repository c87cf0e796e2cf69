// Original file: proto/v1alpha1/resource.proto


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
