// Original file: proto/v1alpha1/resource.proto


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
