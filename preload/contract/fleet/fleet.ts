import type { Failure } from '../failure.ts';
import type { VersionCount } from '../health/overview.ts';

/** Clusters that are asked one question: each is a run, and the history keeps 50. */
export const MOST_ASKED_CLUSTERS = 32;

/** One context of an open talosconfig, as it was when it was looked at last. */
export interface FleetRow {
  /** Its id, as everywhere. */
  readonly context: string;
  /** As the file has it. */
  readonly name: string;
  readonly file: string;
  readonly isProduction: boolean;
  /**
   * `unchecked`: nobody looked yet, or this computer was too busy to tell. `checking`: it is being looked at; what is below is of the look before. `up`: it answered and
   * nothing is wrong. `attention`: it answered, and something is. `down`: no endpoint answered. `unusable`: it cannot be dialled.
   */
  readonly state: 'unchecked' | 'checking' | 'up' | 'attention' | 'down' | 'unusable';
  /** When it was looked at last; every figure is of that moment. */
  readonly atMs?: number;
  /** Its endpoints are those of `--endpoints` of this start. */
  readonly hasStartEndpoints?: boolean;
  /** Its endpoints in the order of the file. */
  readonly endpoints: readonly { readonly endpoint: string; readonly state: 'up' | 'down' | 'unknown' }[];
  /** Nodes that answered, those asked, and those known; missing before it was looked at. */
  readonly nodes?: { readonly up: number; readonly asked: number; readonly known: number };
  /** Talos versions, the most frequent first. */
  readonly talosVersions: readonly VersionCount[];
  /** When the client's certificate ends; an endpoint's, where that has ended: those that run are renewed by the machine, every day. */
  readonly earliestExpiry?: { readonly atMs: number; readonly of: 'client' | 'endpoint'; readonly endpoint?: string };
  /** How much is wrong and the worst of it. */
  readonly attention?: { readonly count: number; readonly worst?: string };
  /** Why it is `down` or `unusable`. */
  readonly failure?: Failure;
}

/** Topic `fleet.state`: a row per context of every open talosconfig, in the order of the files. */
export interface FleetState {
  readonly rows: readonly FleetRow[];
  /** A check of all that is under way. */
  readonly check?: { readonly done: number; readonly total: number };
  /** By main's clock, for ages. */
  readonly atMs: number;
}
