// Original file: proto/machine/debug.proto


/**
 * Output while the container runs, then its exit code.
 */
export interface DebugContainerRunResponse {
  'stdout_data'?: (Buffer | Uint8Array | string);
  'exit_code'?: (number);
  'resp'?: "stdout_data"|"exit_code";
}

/**
 * Output while the container runs, then its exit code.
 */
export interface DebugContainerRunResponse__Output {
  'stdout_data'?: (Buffer);
  'exit_code'?: (number);
  'resp'?: "stdout_data"|"exit_code";
}
