import type { ControlPlaneEtcd } from './control-planes.ts';
import type { KnownSnapshot } from './known-snapshots.ts';

/**
 * Which way out applies. `nothing`: nothing is wrong. `member`: one or more members are lost, and etcd goes on. `list`: the list of members
 * does not fit what is on the disks, as after a reinstall. `survivor`: no quorum, and data of etcd on some control plane. `snapshot`: no data
 * anywhere, and a snapshot. `new`: no data anywhere, and none known: a new cluster, or one that was lost. `unknown`: what is seen does not say.
 */
export type RecoveryWay = 'nothing' | 'member' | 'list' | 'survivor' | 'snapshot' | 'new' | 'unknown';

/** One step of a way; each is done by a plan of its own, or with talosctl. */
export interface RecoveryStep {
  /** The same at each look as long as it is the same step. */
  readonly id: string;
  readonly title: string;
  /** Why, or what comes of it, a sentence or two. */
  readonly why: string;
  /** `done`: what is seen says so. `now`: it can be done. `later`: something before it has to be done first. */
  readonly state: 'done' | 'now' | 'later';
  /** The plan that does it. */
  readonly deed?: {
    readonly deed: string;
    readonly nodes: readonly string[];
    readonly params: Readonly<Record<string, string | boolean>>;
  };
  /** The run that does it. */
  readonly run?: { readonly command: string; readonly node: string };
  /** The snapshot to go on with is chosen here. */
  readonly choosesSnapshot?: true;
  /** The same with talosctl; missing for what is only waited for. */
  readonly talosctl?: string;
}

/** What is seen of a broken etcd, the way out of it, and how far it is. */
export interface RecoveryView {
  readonly context: string;
  readonly way: RecoveryWay;
  /** What is seen that says so, a sentence each. */
  readonly reasons: readonly string[];
  /** What is not known, a sentence each: it may change what is right. */
  readonly unknown: readonly string[];
  /** What will be lost on this way, a sentence. */
  readonly loses?: string;
  readonly controlPlanes: readonly ControlPlaneEtcd[];
  readonly steps: readonly RecoveryStep[];
  /** Those that it can be recovered from, the best first. */
  readonly snapshots: readonly KnownSnapshot[];
  /** The one that the steps go on with. */
  readonly chosen?: string;
  /** Since when this recovery lasts; missing before it was begun. Epoch milliseconds. */
  readonly begunMs?: number;
  /** When it was looked; epoch milliseconds. */
  readonly atMs: number;
}
