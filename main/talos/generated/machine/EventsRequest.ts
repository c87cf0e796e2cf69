// Original file: proto/machine/machine.proto


/**
 * Which past events to send first; new ones always follow.
 */
export interface EventsRequest {
  /**
   * The last so many; below 0 all of them.
   */
  'tail_events'?: (number);
  /**
   * Those after this id.
   */
  'tail_id'?: (string);
  /**
   * Those of the last so many seconds.
   */
  'tail_seconds'?: (number);
  'with_actor_id'?: (string);
}

/**
 * Which past events to send first; new ones always follow.
 */
export interface EventsRequest__Output {
  /**
   * The last so many; below 0 all of them.
   */
  'tail_events': (number);
  /**
   * Those after this id.
   */
  'tail_id': (string);
  /**
   * Those of the last so many seconds.
   */
  'tail_seconds': (number);
  'with_actor_id': (string);
}
