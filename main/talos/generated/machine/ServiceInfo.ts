// Original file: proto/machine/machine.proto

import type { ServiceEvents as _machine_ServiceEvents, ServiceEvents__Output as _machine_ServiceEvents__Output } from '../machine/ServiceEvents.ts';
import type { ServiceHealth as _machine_ServiceHealth, ServiceHealth__Output as _machine_ServiceHealth__Output } from '../machine/ServiceHealth.ts';

/**
 * One service of Talos.
 */
export interface ServiceInfo {
  'id'?: (string);
  /**
   * Waiting, Running, Finished, Failed …
   */
  'state'?: (string);
  'events'?: (_machine_ServiceEvents | null);
  'health'?: (_machine_ServiceHealth | null);
}

/**
 * One service of Talos.
 */
export interface ServiceInfo__Output {
  'id': (string);
  /**
   * Waiting, Running, Finished, Failed …
   */
  'state': (string);
  'events': (_machine_ServiceEvents__Output | null);
  'health': (_machine_ServiceHealth__Output | null);
}
