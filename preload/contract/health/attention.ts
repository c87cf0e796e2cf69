/** What an item of the attention list is about. */
export type AttentionKind =
  | 'node-down'
  | 'node-not-ready'
  | 'endpoint-down'
  | 'service'
  | 'diagnostic'
  | 'etcd-alarm'
  | 'etcd-leader'
  | 'etcd-learner'
  | 'etcd-size'
  | 'etcd-quorum'
  | 'etcd-member'
  | 'etcd-snapshot'
  | 'clock'
  | 'certificate'
  | 'version-skew'
  | 'config'
  | 'volume'
  | 'memory'
  | 'upgrade-staged'
  | 'kubernetes';

/**
 * What to do about an item. `open`: a screen that shows it; `recovery` is the way out of a broken etcd. `run`: a command of Minos, to be opened with these nodes filled in.
 * `deed`: a deed, to be planned for these machines; nothing is done before its plan was seen and confirmed. `talosctl`: a line to
 * copy, where Minos cannot do it.
 */
export type AttentionAction =
  | {
      readonly kind: 'open';
      readonly label: string;
      readonly what: 'node' | 'endpoints' | 'context' | 'nodes' | 'recovery';
      readonly node?: string;
    }
  | {
      readonly kind: 'run';
      readonly label: string;
      /** Id of a command, such as `etcd-members`. */
      readonly command: string;
      readonly nodes: readonly string[];
      readonly params?: Readonly<Record<string, string | boolean>>;
    }
  | {
      readonly kind: 'deed';
      readonly label: string;
      /** Id of a kind of deed, such as `reboot`. */
      readonly deed: string;
      /** Machines, as `NodeSummary.target`; one at least. */
      readonly nodes: readonly string[];
      readonly params?: Readonly<Record<string, string | boolean>>;
    }
  | { readonly kind: 'talosctl'; readonly label: string; readonly line: string };

/** One thing that is wrong with a cluster. */
export interface AttentionItem {
  /** Stays the same while the same thing is wrong, also over restarts. */
  readonly id: string;
  readonly kind: AttentionKind;
  /** `critical`: something does not work, or the next failure stops the cluster. `warning`: it will. `notice`: to know. */
  readonly severity: 'critical' | 'warning' | 'notice';
  /** One line. */
  readonly title: string;
  /** What it means and what to do, one or two sentences. */
  readonly detail: string;
  /** As `NodeSummary.target`; missing when it is about the cluster. */
  readonly node?: string;
  /** First moment it is known to have been so; by the node's own word where it has one. */
  readonly sinceMs: number;
  /** Last moment it was true. */
  readonly seenAtMs: number;
  /** What it was judged from is old: it may be over. A sentence that says how it is known. */
  readonly stale?: string;
  readonly action?: AttentionAction;
  /** Until then it is muted. */
  readonly mutedUntilMs?: number;
}

/** Topic `attention.state`: the worst first, then the oldest; muted ones are among them. */
export interface AttentionState {
  readonly context: string;
  readonly items: readonly AttentionItem[];
  /** What could not be looked at, one sentence each, such as "etcd was not read: …". */
  readonly unknown: readonly string[];
  /** Whether serious ones are told by a notice of the desktop. */
  readonly isNotifying: boolean;
  /** By main's clock, for ages. */
  readonly atMs: number;
}
