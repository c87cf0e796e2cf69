// Original file: proto/common/common.proto

/**
 * What a phase or task of a boot sequence failed with.
 */
export const Code = {
  FATAL: 'FATAL',
  LOCKED: 'LOCKED',
  CANCELED: 'CANCELED',
} as const;

/**
 * What a phase or task of a boot sequence failed with.
 */
export type Code =
  | 'FATAL'
  | 0
  | 'LOCKED'
  | 1
  | 'CANCELED'
  | 2

/**
 * What a phase or task of a boot sequence failed with.
 */
export type Code__Output = typeof Code[keyof typeof Code]
