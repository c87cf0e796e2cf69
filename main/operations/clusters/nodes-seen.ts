import { status } from '@grpc/grpc-js';
import type { Failure, NodeSeen, NodeSummary } from '../../../preload/contract/index.ts';
import { textBytes } from './discovery/fit-nodes.ts';
import { PoolCallError } from '../../pool/calls/call-error.ts';
import { isAboutDaemon } from '../../talos/status-daemon.ts';

/** Of all nodes in one message to the page. */
const MAX_SEEN_BYTES = 160 * 1024;
/** Names of fields and short values, as they are copied. */
const SEEN_BYTES = 50;

interface CallEnd {
  readonly error: unknown;
  readonly failure: Failure;
}

/**
 * What a call says about its node being there. An answer says online, and so does a machine that speaks of a daemon of its
 * own. UNAVAILABLE *as a status* says offline, because then an endpoint answered and could not reach the node; or untrusted,
 * when it was reached. A deadline that ends through an endpoint that works says silent. Anything else (a lost connection to
 * the endpoint, a refused role) says nothing.
 */
export function seenAfter(end: undefined, nowMs: number): NodeSeen;
export function seenAfter(end: CallEnd, nowMs: number): NodeSeen | undefined;
export function seenAfter(end: CallEnd | undefined, nowMs: number): NodeSeen | undefined {
  if (end === undefined) return { state: 'online', atMs: nowMs };
  const { error, failure } = end;
  if (!(error instanceof PoolCallError)) return undefined;
  if (error.reason.kind === 'deadline' && wasThere(error)) {
    return { state: 'silent', atMs: nowMs, message: failure.message };
  }
  if (error.reason.kind !== 'status') return undefined;
  const { code, details } = error.reason.error;
  // Whatever the code: the machine itself said that one of its daemons is down.
  if (isAboutDaemon(details)) return { state: 'online', atMs: nowMs };
  if (code !== status.UNAVAILABLE) return undefined;
  // But for a machine that answers a handshake: it is on.
  const state = failure.code === 'untrusted' ? 'untrusted' : 'offline';
  return { state, atMs: nowMs, message: failure.message };
}

/** A call was under way, and nothing is wrong with its endpoint. */
function wasThere({ endpoint, reasons }: PoolCallError): boolean {
  return endpoint !== undefined && reasons.every((each) => each.endpoint !== endpoint || each.failure === undefined);
}

/**
 * A node is not there since the first sign of that, until it answers; while one said that it is offline, silence is no news.
 */
function following(before: NodeSeen | undefined, seen: NodeSeen): NodeSeen {
  if (seen.state === 'online') return seen;
  // One that was gone and is there again, not trusted, has been so only since then.
  const goesOn = (before?.state === 'untrusted') === (seen.state === 'untrusted');
  const sinceMs = (goesOn ? before?.sinceMs : undefined) ?? seen.sinceMs ?? seen.atMs;
  const isNoNews = seen.state === 'silent' && before?.state === 'offline';
  return isNoNews ? { ...before, atMs: seen.atMs } : { ...seen, sinceMs };
}

/** What is known of each node of one cluster, by whatever name it was called. */
export class SeenNodes {
  readonly #byName = new Map<string, NodeSeen>();

  mark(name: string, seen: NodeSeen): void {
    this.#byName.set(name, following(this.#byName.get(name), seen));
  }

  /** The nodes with what was last seen of each, under any of its names. */
  apply(nodes: readonly NodeSummary[]): readonly NodeSummary[] {
    if (this.#byName.size === 0) return nodes;
    let bytes = 0;
    return nodes.map((node) => {
      const seen = this.#newestOf([node.target, node.hostname ?? node.target, ...node.addresses]);
      if (seen === undefined) return node;
      bytes += SEEN_BYTES + textBytes(seen.message ?? '');
      if (bytes <= MAX_SEEN_BYTES) return { ...node, seen };
      // Whether it answered is known all the same; the run says why.
      const { message: _message, ...short } = seen;
      return { ...node, seen: short };
    });
  }

  #newestOf(names: readonly string[]): NodeSeen | undefined {
    let newest: NodeSeen | undefined;
    for (const name of names) {
      const seen = this.#byName.get(name);
      if (seen !== undefined && (newest === undefined || seen.atMs >= newest.atMs)) newest = seen;
    }
    return newest;
  }
}
