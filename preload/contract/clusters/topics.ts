import { strictObject } from 'valibot';
import { call, contextName } from '../call.ts';
import type { ClockState } from './clocks.ts';
import type { PoolStatus } from './endpoints.ts';
import type { NodeGroupsState, NodesState } from './nodes.ts';
import type { PowerState } from './power.ts';

/** Topics about the machines of a cluster and the ways to them. */
export const clusterTopics = {
  /** Endpoints of a context: state, round trip, failures. */
  'pool.state': call<PoolStatus>()(strictObject({ context: contextName })),
  /** Machines of a context's cluster. */
  'nodes.state': call<NodesState>()(strictObject({ context: contextName })),
  /** By which certificate a context is read: that of its file, or a short one that may only read. */
  'power.state': call<PowerState>()(strictObject({ context: contextName })),
  /** How far the clocks of a context's control planes are from this computer's; measured while somebody looks. */
  'clock.state': call<ClockState>()(strictObject({ context: contextName })),
  /** Saved selections of a context, by name. */
  'groups.state': call<NodeGroupsState>()(strictObject({ context: contextName })),
} as const;
