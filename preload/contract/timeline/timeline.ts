/** What an entry of the time line is about. */
export const TIMELINE_KINDS = ['endpoint', 'node', 'service', 'etcd', 'cluster', 'deed', 'resource'] as const;

/** One of {@link TIMELINE_KINDS}. */
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

/** Most entries of one cluster; beyond them the oldest go. */
export const MOST_ENTRIES = 2000;

/** Something that happened to a cluster in this session. */
export interface TimelineEntry {
  /** Unique within the cluster, growing; an entry that ends is told again with its number. */
  readonly number: number;
  readonly kind: TimelineKind;
  /** As `NodeSummary.target`. */
  readonly node?: string;
  /** What it happened to: an endpoint, a machine, a service, a resource. */
  readonly subject: string;
  readonly severity: 'bad' | 'warn' | 'info';
  /** One line. */
  readonly title: string;
  /** Why, one or two sentences. */
  readonly detail?: string;
  /** The first moment that it is known to have been so. */
  readonly atMs: number;
  /** When it was over; the same as `atMs` for what happened in a moment. Missing while it lasts. */
  readonly endedAtMs?: number;
}
