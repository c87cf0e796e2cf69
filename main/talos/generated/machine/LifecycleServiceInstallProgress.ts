// Original file: proto/machine/lifecycle.proto


/**
 * Lines of the installer, then its exit code: anything but 0 is a failure.
 */
export interface LifecycleServiceInstallProgress {
  'message'?: (string);
  'exit_code'?: (number);
  'response'?: "message"|"exit_code";
}

/**
 * Lines of the installer, then its exit code: anything but 0 is a failure.
 */
export interface LifecycleServiceInstallProgress__Output {
  'message'?: (string);
  'exit_code'?: (number);
  'response'?: "message"|"exit_code";
}
