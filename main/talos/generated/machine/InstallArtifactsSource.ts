// Original file: proto/machine/lifecycle.proto


/**
 * The installer image, which must be on the node already.
 */
export interface InstallArtifactsSource {
  'image_name'?: (string);
}

/**
 * The installer image, which must be on the node already.
 */
export interface InstallArtifactsSource__Output {
  'image_name': (string);
}
