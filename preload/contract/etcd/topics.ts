import { strictObject } from 'valibot';
import { call, contextName } from '../call.ts';
import type { SnapshotSchedule } from './schedule.ts';

/** Topics about snapshots of etcd. */
export const etcdTopics = {
  /** The snapshots that are taken by themselves of a context's cluster, and how far one is. */
  'etcd.schedule': call<SnapshotSchedule>()(strictObject({ context: contextName })),
} as const;
