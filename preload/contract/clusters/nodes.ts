import type { Failure } from '../failure.ts';

/** What a machine is in its cluster; `unknown` until discovery has told it. */
export type NodeRole = 'controlplane' | 'worker' | 'unknown';

/** One machine, joined by identity from discovery and the context's `nodes`. */
export interface NodeSummary {
  /** What is sent as the `node` header and shown in tables: the string the user gave, else an address. */
  readonly target: string;
  readonly hostname?: string;
  readonly addresses: readonly string[];
  readonly role: NodeRole;
  /** Operating system text of the member, such as `Talos (v1.13.9)`. */
  readonly os?: string;
  readonly sources: readonly ('discovered' | 'context' | 'typed')[];
  /** What the last call said about it. Missing: unknown, which is neither up nor down. */
  readonly seen?: NodeSeen;
}

/**
 * Whether a node answered when last asked, on every screen. `offline` only when an endpoint said that it cannot reach the node;
 * `silent` when neither came an answer: the node may be slow, hang or be gone. `untrusted`: it is there, and the endpoint and it do
 * not trust each other (maintenance mode, a reset, another cluster).
 */
export interface NodeSeen {
  readonly state: 'online' | 'offline' | 'silent' | 'untrusted';
  readonly atMs: number;
  /** Since when it did not answer: the first time of those that last until now. Missing while it is online. */
  readonly sinceMs?: number;
  /** Why it is offline or silent, one sentence. */
  readonly message?: string;
}

/** A selection text turned into nodes (call `nodes.resolve`). */
export interface ResolvedNodes {
  /** In the order of the text, each machine once. Typed ones that nobody knows are among them. */
  readonly nodes: readonly NodeSummary[];
  /** Words that matched nothing or cannot be a node. */
  readonly problems: readonly SelectionProblem[];
}

/** A word of a selection text that means no node. */
export interface SelectionProblem {
  readonly word: string;
  /** One sentence. */
  readonly message: string;
}

/** A selection text with a name, of one context; `@name` in a selection means it. */
export interface NodeGroup {
  readonly name: string;
  readonly selection: string;
}

/** Topic `groups.state`. */
export interface NodeGroupsState {
  readonly context: string;
  readonly groups: readonly NodeGroup[];
  /** Why groups cannot be read or kept. */
  readonly failure?: Failure;
}

/** Topic `nodes.state`. */
export interface NodesState {
  readonly context: string;
  readonly status: 'loading' | 'ready' | 'failed' | 'stale';
  readonly nodes: readonly NodeSummary[];
  /** Why discovery failed; the context's own nodes are listed all the same. */
  readonly failure?: Failure;
  readonly asOfMs?: number;
  /** What is left out of the list, one sentence each; missing when nothing is. */
  readonly notes?: readonly string[];
}
