import { formatTime } from '../../../../preload/contract/format/moments.ts';
import type {
  AttentionItem,
  CertificateFacts,
  ClockState,
  EtcdView,
  NodeHealth,
  PoolStatus,
} from '../../../../preload/contract/index.ts';
import type { NodeCertificates, ToldFacts } from '../told-facts.ts';

/** A node as the rules see it. */
export interface JudgedNode extends Omit<NodeHealth, 'mayGoDown'> {
  /** Image of an upgrade that waits for the next boot. */
  readonly stagedUpgrade?: string;
  readonly kubeletVersion?: string;
  readonly certificates?: NodeCertificates;
  readonly configError?: NonNullable<ToldFacts['configError']>;
  readonly failedVolumes?: NonNullable<ToldFacts['failedVolumes']>;
  readonly wrongGroups?: NonNullable<ToldFacts['wrongGroups']>;
}

/** Everything that is known of a cluster at a moment. */
export interface Situation {
  readonly nowMs: number;
  readonly nodes: readonly JudgedNode[];
  readonly etcd: EtcdView;
  readonly clocks: ClockState;
  readonly pool: PoolStatus;
  /** Of the client. */
  readonly certificate: CertificateFacts | undefined;
  /** A talosctl line for these nodes. */
  readonly talosctl: (nodes: readonly string[], words: readonly string[]) => string;
}

/** An item as a rule finds it; since when is remembered for those that cannot say. */
export type Finding = Omit<AttentionItem, 'sinceMs' | 'mutedUntilMs'> & { readonly sinceMs?: number };

/** Looks for one kind of thing that is wrong. Pure. */
export type AttentionRule = (situation: Situation) => readonly Finding[];

/** What a node is called in sentences. */
export const titleOf = ({ hostname, node }: Pick<JudgedNode, 'hostname' | 'node'>): string => hostname ?? node;

/** The mark of what was judged from old data; nothing for what is fresh. */
export const staleMark = (isStale: boolean, seenAtMs: number, what: string): { readonly stale?: string } =>
  isStale ? { stale: `${what} was not heard since ${formatTime(seenAtMs)}; it may be over.` } : {};

/** What every finding about one node says: which, when it was heard, and whether that is old. */
export const aboutNode = ({ node, seenAtMs, isStale, hostname }: JudgedNode, nowMs: number) => ({
  node,
  seenAtMs: seenAtMs ?? nowMs,
  ...staleMark(isStale, seenAtMs ?? nowMs, hostname ?? node),
});
