import type { Failure } from '../failure.ts';

/** Most machines whose configs are compared at once. */
export const MOST_COMPARED = 200;

/** What configs of nodes are compared with: each other where it is missing. */
export type ComparedWith =
  | { readonly kind: 'node'; readonly node: string }
  /** A config that was opened, by its token. */
  | { readonly kind: 'opened'; readonly token: string }
  /** One that a deed replaced, see `KeptBefore`. */
  | { readonly kind: 'earlier'; readonly node: string; readonly id: string };

/** Why machines of one cluster differ in a field although nothing is wrong. */
export type ExpectedDifference = 'host names' | 'addresses' | 'hardware' | 'keys and tokens' | 'machine types';

/** What the configs of a group have in a field. Equal variants of one row are equal values; secrets are told by that alone. */
export type DriftCell =
  | { readonly is: 'value'; readonly text: string; readonly variant: number }
  | { readonly is: 'hidden'; readonly why: 'secret' | 'unknown'; readonly variant: number }
  | { readonly is: 'absent' }
  /** So many different values within the group. */
  | { readonly is: 'several'; readonly count: number };

/** A field in which configs differ. */
export interface DriftRow {
  /** Names it in `machineConfig.alike`: its number among the rows. */
  readonly id: string;
  /** `v1alpha1`, `LinkConfig eth0` */
  readonly document: string;
  /** Empty for the document itself. */
  readonly path: string;
  readonly expected?: ExpectedDifference;
  /** One for each column. */
  readonly cells: readonly DriftCell[];
}

/** Nodes whose configs are the same, but for what is expected to differ. */
export interface DriftGroup {
  readonly nodes: readonly string[];
  /** What the others are compared with is of this group: a node in it, or a config that is of none. */
  readonly isBase: boolean;
}

/** Configs of nodes beside each other, field by field. */
export interface ConfigDrift {
  /** Names it in `machineConfig.alike`, for a while. */
  readonly token: string;
  /** When the first of them was read. */
  readonly readAtMs: number;
  /** The one to compare with first, else the one with most nodes. */
  readonly groups: readonly DriftGroup[];
  /** So many of the groups are columns of the rows. */
  readonly columns: number;
  /** What is not expected comes first. */
  readonly rows: readonly DriftRow[];
  /** Rows that are not told. */
  readonly moreRows: number;
  readonly failed: readonly { readonly node: string; readonly failure: Failure }[];
}

/** Items of stream `configDrift`. */
export type ConfigDriftItem =
  /** So many nodes answered, or failed. */
  | { readonly type: 'progress'; readonly done: number; readonly of: number }
  | { readonly type: 'compared'; readonly drift: ConfigDrift };

/** The patch that makes fields of one config like those of another. */
export interface AlikePatch {
  /** Empty where nothing is left to be said. No secrets. */
  readonly patch: string;
  /** `json`: a strategic merge cannot say it, such as that something goes from a list. */
  readonly kind: 'merge' | 'json';
  readonly leftOut: readonly { readonly path: string; readonly why: string }[];
}
