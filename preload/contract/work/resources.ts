import type { Failure } from '../failure.ts';
import type { CellValue, RunColumn } from './cells.ts';

/** A resource type a cluster has, for completion of `get`. */
export interface ResourceTypeSummary {
  /** `Members.cluster.talos.dev`. */
  readonly type: string;
  readonly namespace: string;
  /** Everything that may be typed for it. */
  readonly aliases: readonly string[];
  /** Its resources hold secrets, and only os:admin may read them. */
  readonly isSensitive: boolean;
  /** Why this certificate may not read it, one sentence. */
  readonly refused?: string;
}

/**
 * Items of stream `watch`: resources of one type as they change. When the page is slow, only the newest state of each
 * resource is kept; that is no loss. The first item is `columns`.
 */
export type WatchItem =
  | {
      readonly type: 'columns';
      readonly columns: readonly RunColumn[];
      readonly resourceType: string;
      readonly namespace: string;
      readonly talosctl: string;
    }
  /** The watch of a node stands (again); what it had before is forgotten, everything comes anew. */
  | { readonly type: 'reset'; readonly node: string; readonly endpoint?: string }
  /** `set`: the resource is like this now. `gone`: it was destroyed. */
  | {
      readonly type: 'set' | 'gone';
      readonly node: string;
      /** Unique within the node: namespace and id. */
      readonly key: string;
      readonly cells: readonly CellValue[];
      /** True for what was there when the watch began. */
      readonly isInitial: boolean;
    }
  /** Everything that was there when the watch began has come. */
  | { readonly type: 'complete'; readonly node: string }
  /** The watch continued from where it was, through another endpoint or the same. */
  | {
      readonly type: 'gap';
      readonly node: string;
      readonly from: string;
      readonly to: string;
      readonly gapMs: number;
    }
  /**
   * Nothing proves any more that the way to this node works: what is shown of it is as of `sinceMs`. The watch goes on trying.
   * Sent again when the cause is another one.
   */
  | { readonly type: 'silent'; readonly node: string; readonly sinceMs: number; readonly failure?: Failure }
  /** It answers again. What it had to tell meanwhile follows. */
  | { readonly type: 'alive'; readonly node: string }
  /** This node's watch has ended, since asking again would not help; the others go on. */
  | { readonly type: 'failed'; readonly node: string; readonly failure: Failure };
