// Original file: proto/storage/storage.proto


// Original file: proto/storage/storage.proto

/**
 * FAST removes the signatures, ZEROES overwrites everything.
 */
export const _storage_BlockDeviceWipeDescriptor_Method = {
  FAST: 'FAST',
  ZEROES: 'ZEROES',
} as const;

/**
 * FAST removes the signatures, ZEROES overwrites everything.
 */
export type _storage_BlockDeviceWipeDescriptor_Method =
  | 'FAST'
  | 0
  | 'ZEROES'
  | 1

/**
 * FAST removes the signatures, ZEROES overwrites everything.
 */
export type _storage_BlockDeviceWipeDescriptor_Method__Output = typeof _storage_BlockDeviceWipeDescriptor_Method[keyof typeof _storage_BlockDeviceWipeDescriptor_Method]

/**
 * One device, named without `/dev/`.
 */
export interface BlockDeviceWipeDescriptor {
  'device'?: (string);
  'method'?: (_storage_BlockDeviceWipeDescriptor_Method);
  /**
   * Wipes even what is in use as a volume.
   */
  'skip_volume_check'?: (boolean);
  'drop_partition'?: (boolean);
  'skip_secondary_check'?: (boolean);
}

/**
 * One device, named without `/dev/`.
 */
export interface BlockDeviceWipeDescriptor__Output {
  'device': (string);
  'method': (_storage_BlockDeviceWipeDescriptor_Method__Output);
  /**
   * Wipes even what is in use as a volume.
   */
  'skip_volume_check': (boolean);
  'drop_partition': (boolean);
  'skip_secondary_check': (boolean);
}
