import type * as v from 'valibot';
import { strictObject } from 'valibot';
import { call, contextName, nothing } from './call.ts';
import type { ClockState } from './clocks.ts';
import type { TalosconfigState } from './contexts.ts';
import type { PoolStatus } from './endpoints.ts';
import type { KubeconfigState } from './kubeconfig.ts';
import type { NodeGroupsState, NodesState } from './nodes.ts';
import type { RunSummary } from './runs.ts';

/** Small current states that main keeps publishing: first a full snapshot, then again at most ten times a second. */
export const TOPICS = {
  /** The talosconfig in use, its contexts and their problems. */
  'config.state': call<TalosconfigState>()(nothing),
  /** Endpoints of a context: state, round trip, failures. */
  'pool.state': call<PoolStatus>()(strictObject({ context: contextName })),
  /** Machines of a context's cluster. */
  'nodes.state': call<NodesState>()(strictObject({ context: contextName })),
  /** How far the clocks of a context's control planes are from this computer's; measured while somebody looks. */
  'clock.state': call<ClockState>()(strictObject({ context: contextName })),
  /** Saved selections of a context, by name. */
  'groups.state': call<NodeGroupsState>()(strictObject({ context: contextName })),
  /** The last 50 runs of this session, newest first. */
  'runs.history': call<readonly RunSummary[]>()(nothing),
  /** The kubeconfig files kubectl reads, their contexts and where they come from. */
  'kubeconfig.state': call<KubeconfigState>()(nothing),
} as const;

export type TopicName = keyof typeof TOPICS;
export type TopicParams<N extends TopicName> = v.InferOutput<(typeof TOPICS)[N]['input']>;
export type TopicValue<N extends TopicName> = Exclude<(typeof TOPICS)[N]['output'], undefined>;
