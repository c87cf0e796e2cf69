import type { Failure } from './failure.ts';

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
}

/** Topic `nodes.state`. */
export interface NodesState {
  readonly context: string;
  readonly status: 'loading' | 'ready' | 'failed' | 'stale';
  readonly nodes: readonly NodeSummary[];
  /** Why discovery failed; the context's own nodes are listed all the same. */
  readonly failure?: Failure;
  readonly asOfMs?: number;
}
