// Original file: proto/machine/machine.proto

import type { Duration as _google_protobuf_Duration, Duration__Output as _google_protobuf_Duration__Output } from '../google/protobuf/Duration.ts';

// Original file: proto/machine/machine.proto

/**
 * When the change takes effect. REBOOT was removed in 1.14: such nodes answer Unimplemented.
 */
export const _machine_ApplyConfigurationRequest_Mode = {
  REBOOT: 'REBOOT',
  AUTO: 'AUTO',
  NO_REBOOT: 'NO_REBOOT',
  STAGED: 'STAGED',
  TRY: 'TRY',
} as const;

/**
 * When the change takes effect. REBOOT was removed in 1.14: such nodes answer Unimplemented.
 */
export type _machine_ApplyConfigurationRequest_Mode =
  | 'REBOOT'
  | 0
  | 'AUTO'
  | 1
  | 'NO_REBOOT'
  | 2
  | 'STAGED'
  | 3
  | 'TRY'
  | 4

/**
 * When the change takes effect. REBOOT was removed in 1.14: such nodes answer Unimplemented.
 */
export type _machine_ApplyConfigurationRequest_Mode__Output = typeof _machine_ApplyConfigurationRequest_Mode[keyof typeof _machine_ApplyConfigurationRequest_Mode]

/**
 * A new machine config.
 */
export interface ApplyConfigurationRequest {
  /**
   * The whole config as YAML. Holds secrets.
   */
  'data'?: (Buffer | Uint8Array | string);
  'mode'?: (_machine_ApplyConfigurationRequest_Mode);
  'dry_run'?: (boolean);
  /**
   * With TRY the old config returns after this time.
   */
  'try_mode_timeout'?: (_google_protobuf_Duration | null);
}

/**
 * A new machine config.
 */
export interface ApplyConfigurationRequest__Output {
  /**
   * The whole config as YAML. Holds secrets.
   */
  'data': (Buffer);
  'mode': (_machine_ApplyConfigurationRequest_Mode__Output);
  'dry_run': (boolean);
  /**
   * With TRY the old config returns after this time.
   */
  'try_mode_timeout': (_google_protobuf_Duration__Output | null);
}
