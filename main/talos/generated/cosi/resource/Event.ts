// Original file: proto/v1alpha1/state.proto

import type { Resource as _cosi_resource_Resource, Resource__Output as _cosi_resource_Resource__Output } from '../../cosi/resource/Resource.ts';
import type { EventType as _cosi_resource_EventType, EventType__Output as _cosi_resource_EventType__Output } from '../../cosi/resource/EventType.ts';

/**
 * One change.
 */
export interface Event {
  'resource'?: (_cosi_resource_Resource | null);
  'event_type'?: (_cosi_resource_EventType);
  /**
   * What it was before an update.
   */
  'old'?: (_cosi_resource_Resource | null);
  /**
   * With ERRORED: why the watch cannot go on.
   */
  'error'?: (string);
  /**
   * Where to start again after a broken connection.
   */
  'bookmark'?: (Buffer | Uint8Array | string);
  '_error'?: "error";
  '_bookmark'?: "bookmark";
}

/**
 * One change.
 */
export interface Event__Output {
  'resource': (_cosi_resource_Resource__Output | null);
  'event_type': (_cosi_resource_EventType__Output);
  /**
   * What it was before an update.
   */
  'old': (_cosi_resource_Resource__Output | null);
  /**
   * With ERRORED: why the watch cannot go on.
   */
  'error'?: (string);
  /**
   * Where to start again after a broken connection.
   */
  'bookmark'?: (Buffer);
  '_error'?: "error";
  '_bookmark'?: "bookmark";
}
