import type { VirtualCluster } from '../cluster/cluster.ts';
import { writeMessage } from '../wire/protobuf-writer.ts';
import { steadyHex, steadyInt } from '../wire/random.ts';
import type { VirtualNode } from '../node/virtual-node.ts';
import { talosYaml } from '../wire/talos-yaml.ts';
import type { ResourceDraft, SimulatedType } from './resource-type.ts';

/** A resource as a node keeps it. */
export interface StoredResource {
  readonly type: SimulatedType;
  readonly draft: ResourceDraft;
  readonly yaml: string;
  /** The spec as a protobuf message, or empty where nobody reads it. */
  readonly proto: Buffer;
  readonly version: number;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

/** A change of a resource; `position` is its place in the journal of its type. */
export interface ResourceChange {
  readonly position: number;
  readonly kind: 'CREATED' | 'UPDATED' | 'DESTROYED';
  readonly resource: StoredResource;
  readonly old: StoredResource | null;
}

interface TypeState {
  readonly resources: Map<string, StoredResource>;
  readonly journal: ResourceChange[];
  position: number;
}

/** How many changes a watch can go back, as the real store's history is bounded too. */
export const JOURNAL_KEPT = 256;

const COOKIE_BYTES = 8;

const protoOf = ({ proto }: ResourceDraft): Buffer => (proto === undefined ? Buffer.alloc(0) : writeMessage(proto));

/**
 * The COSI state of one node from one boot to the next. Types are computed when first read and compared again at each
 * read, so that versions and the journal tell what really changed.
 */
export class NodeState {
  readonly #node: VirtualNode;
  readonly #cluster: VirtualCluster;
  readonly #types = new Map<SimulatedType, TypeState>();
  readonly #cookie: Buffer;

  constructor(node: VirtualNode, cluster: VirtualCluster) {
    this.#node = node;
    this.#cluster = cluster;
    this.#cookie = Buffer.from(steadyHex(2 * COOKIE_BYTES, node.facts.seed, node.name, node.bootId, 'cookie'), 'hex');
  }

  /** Names a position in the journal of a type until the node boots again: a cookie of the boot, then the position. */
  bookmark(position: number): Buffer {
    const bytes = Buffer.alloc(COOKIE_BYTES);
    bytes.writeBigUInt64BE(BigInt(position));
    return Buffer.concat([this.#cookie, bytes]);
  }

  /** The position a bookmark names, or null for a bookmark of another boot. */
  positionOf(bookmark: Uint8Array): number | null {
    const bytes = Buffer.from(bookmark);
    if (bytes.length !== 2 * COOKIE_BYTES || !bytes.subarray(0, COOKIE_BYTES).equals(this.#cookie)) return null;
    return Number(bytes.readBigUInt64BE(COOKIE_BYTES));
  }

  /** Sorted by id. */
  list(type: SimulatedType): readonly StoredResource[] {
    return [...this.#synced(type).resources.values()].sort((a, b) => (a.draft.id < b.draft.id ? -1 : 1));
  }

  get(type: SimulatedType, id: string): StoredResource | undefined {
    return this.#synced(type).resources.get(id);
  }

  /** Place of the newest change of a type. */
  position(type: SimulatedType): number {
    return this.#synced(type).position;
  }

  /** Changes after a position, or null when the journal no longer reaches back so far. */
  changesAfter(type: SimulatedType, position: number): readonly ResourceChange[] | null {
    const state = this.#synced(type);
    const oldest = state.journal[0]?.position ?? state.position + 1;
    if (position > state.position || position < oldest - 1) return null;
    return state.journal.filter((change) => change.position > position);
  }

  #synced(type: SimulatedType): TypeState {
    const known = this.#types.get(type);
    const state: TypeState = known ?? { resources: new Map(), journal: [], position: 0 };
    const drafts = type.drafts(this.#node, this.#cluster);
    if (known === undefined) {
      this.#types.set(type, state);
      const atMs = this.#node.bootedAtMs + 8_000;
      for (const draft of drafts) {
        const version = steadyInt(1, 4, this.#node.facts.seed, this.#node.name, type.type, draft.id);
        const yaml = talosYaml(draft.spec);
        const proto = protoOf(draft);
        state.resources.set(draft.id, { type, draft, yaml, proto, version, createdAtMs: atMs, updatedAtMs: atMs });
      }
      return state;
    }
    this.#compare(type, state, drafts);
    return state;
  }

  #compare(type: SimulatedType, state: TypeState, drafts: readonly ResourceDraft[]): void {
    const atMs = this.#cluster.clock.now() + this.#node.clockSkewMs;
    const gone = new Set(state.resources.keys());
    for (const draft of drafts) {
      gone.delete(draft.id);
      const old = state.resources.get(draft.id) ?? null;
      if (old?.draft === draft) continue;
      const yaml = talosYaml(draft.spec);
      if (old?.yaml === yaml) continue;
      const version = (old?.version ?? 0) + 1;
      const createdAtMs = old?.createdAtMs ?? atMs;
      const resource = { type, draft, yaml, proto: protoOf(draft), version, createdAtMs, updatedAtMs: atMs };
      state.resources.set(draft.id, resource);
      this.#note(state, { kind: old === null ? 'CREATED' : 'UPDATED', resource, old });
    }
    for (const id of gone) {
      const old = state.resources.get(id);
      if (old === undefined) continue;
      state.resources.delete(id);
      this.#note(state, { kind: 'DESTROYED', resource: old, old });
    }
  }

  #note(state: TypeState, change: Omit<ResourceChange, 'position'>): void {
    state.position += 1;
    state.journal.push({ ...change, position: state.position });
    if (state.journal.length > JOURNAL_KEPT) state.journal.shift();
  }
}
