import { strictObject } from 'valibot';
import { call, contextName } from '../call.ts';
import type { AttentionState } from './attention.ts';
import type { EtcdView } from './etcd.ts';
import type { HealthState } from './node-health.ts';
import type { ClusterSummary } from './overview.ts';

/** Topics about the health of a cluster. Nothing is asked for them while nobody listens or the window is hidden. */
export const healthTopics = {
  /** Every node of a context as last known. */
  'health.state': call<HealthState>()(strictObject({ context: contextName })),
  /** What is wrong with a context's cluster. */
  'attention.state': call<AttentionState>()(strictObject({ context: contextName })),
  /** The members of a context's etcd. */
  'etcd.state': call<EtcdView>()(strictObject({ context: contextName })),
  /** A context's cluster in some figures. */
  'overview.state': call<ClusterSummary>()(strictObject({ context: contextName })),
} as const;
