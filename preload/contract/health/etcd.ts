import type { Failure } from '../failure.ts';

/** What a member says of itself. */
export interface EtcdMemberReport {
  readonly atMs: number;
  /** Version of the server. */
  readonly version: string;
  /** Version of what it stores; empty when it does not tell. */
  readonly storageVersion: string;
  readonly dbBytes: number;
  readonly dbInUseBytes: number;
  /** Id of the leader it knows, 16 hexadecimal digits; missing when it knows of none. */
  readonly leader?: string;
  readonly raftIndex: number;
  readonly raftTerm: number;
  readonly raftAppliedIndex: number;
  readonly isLearner: boolean;
  /** At most ten, one line each. */
  readonly errors: readonly string[];
}

/** A member of etcd: what the member list, its own status and the alarms say, joined by its id. */
export interface EtcdMemberView {
  /** 16 hexadecimal digits. */
  readonly id: string;
  /** etcd's name of it; empty before it has joined. */
  readonly hostname: string;
  /** The machine, as `NodeSummary.target`; missing when it is none of those known. */
  readonly node?: string;
  readonly peerUrls: readonly string[];
  readonly clientUrls: readonly string[];
  readonly isLearner: boolean;
  readonly isLeader: boolean;
  readonly alarms: readonly ('NOSPACE' | 'CORRUPT' | (string & {}))[];
  readonly report?: EtcdMemberReport;
  /** Why it has no report. */
  readonly failure?: Failure;
}

/** How many members may be lost. Learners do not vote. */
export interface EtcdQuorum {
  readonly voters: number;
  readonly needed: number;
  /** Those that answered, and follow the leader that the others follow. */
  readonly alive: number;
  /** How many of those alive may still be lost; negative when there is no quorum. */
  readonly mayLose: number;
}

/** Topic `etcd.state`. What was read last stays while a reading fails. */
export interface EtcdView {
  readonly context: string;
  /** `none`: this cluster has no etcd that it tells of. */
  readonly status: 'loading' | 'ready' | 'stale' | 'failed' | 'none';
  readonly members: readonly EtcdMemberView[];
  /** Id of the leader; missing while there is none, or nobody says. */
  readonly leader?: string;
  readonly quorum?: EtcdQuorum;
  /** When the members were read last. */
  readonly atMs?: number;
  /** Why the last reading failed. */
  readonly failure?: Failure;
  /** The last snapshot that Minos itself took: without a moment when it has taken none; missing when that is not known. */
  readonly snapshot?: { readonly atMs?: number };
  /** Control planes that are no members, by `NodeSummary.target`. */
  readonly missing: readonly string[];
}
