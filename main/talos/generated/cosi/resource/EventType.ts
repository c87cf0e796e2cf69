// Original file: proto/v1alpha1/state.proto

/**
 * BOOTSTRAPPED marks the end of what existed before the watch began.
 */
export const EventType = {
  CREATED: 'CREATED',
  UPDATED: 'UPDATED',
  DESTROYED: 'DESTROYED',
  BOOTSTRAPPED: 'BOOTSTRAPPED',
  ERRORED: 'ERRORED',
  NOOP: 'NOOP',
} as const;

/**
 * BOOTSTRAPPED marks the end of what existed before the watch began.
 */
export type EventType =
  | 'CREATED'
  | 0
  | 'UPDATED'
  | 1
  | 'DESTROYED'
  | 2
  | 'BOOTSTRAPPED'
  | 3
  | 'ERRORED'
  | 4
  | 'NOOP'
  | 5

/**
 * BOOTSTRAPPED marks the end of what existed before the watch began.
 */
export type EventType__Output = typeof EventType[keyof typeof EventType]
