import { call, nothing } from '../call.ts';
import type { FleetState } from './fleet.ts';

/** Topics about all clusters together. */
export const fleetTopics = {
  /** Every context of every open talosconfig. While somebody listens, rows older than 5 minutes are looked at again, gently. */
  'fleet.state': call<FleetState>()(nothing),
} as const;
