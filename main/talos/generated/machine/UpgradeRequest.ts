// Original file: proto/machine/machine.proto


// Original file: proto/machine/machine.proto

export const _machine_UpgradeRequest_RebootMode = {
  DEFAULT: 'DEFAULT',
  POWERCYCLE: 'POWERCYCLE',
} as const;

export type _machine_UpgradeRequest_RebootMode =
  | 'DEFAULT'
  | 0
  | 'POWERCYCLE'
  | 1

export type _machine_UpgradeRequest_RebootMode__Output = typeof _machine_UpgradeRequest_RebootMode[keyof typeof _machine_UpgradeRequest_RebootMode]

export interface UpgradeRequest {
  /**
   * The installer image.
   */
  'image'?: (string);
  'preserve'?: (boolean);
  /**
   * Install at the next boot.
   */
  'stage'?: (boolean);
  'force'?: (boolean);
  'reboot_mode'?: (_machine_UpgradeRequest_RebootMode);
}

export interface UpgradeRequest__Output {
  /**
   * The installer image.
   */
  'image': (string);
  'preserve': (boolean);
  /**
   * Install at the next boot.
   */
  'stage': (boolean);
  'force': (boolean);
  'reboot_mode': (_machine_UpgradeRequest_RebootMode__Output);
}
