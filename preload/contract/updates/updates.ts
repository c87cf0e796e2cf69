import type { Failure } from '../failure.ts';

/**
 * What this Minos does about newer ones. `source`: nothing, it was not packed. `unnamed`: nothing, its build names no publisher and no
 * address. `tell`: it can say that there is one, and where. `install`: it can also fetch and install it.
 */
export type UpdateWay = 'source' | 'unnamed' | 'tell' | 'install';

/** A newer version. */
export interface OfferedUpdate {
  /** `1.2.0`. */
  readonly version: string;
  /** What is new, as plain text of at most 20,000 characters; nothing of it is markup. */
  readonly notes?: string;
  readonly releasedAtMs?: number;
  /** Of what is fetched; missing where nothing can be. */
  readonly sizeBytes?: number;
}

/** How far an update has come. `fetched`: it is whole, and where the system can say so its signature is the publisher's. */
export type UpdateStep =
  | { readonly kind: 'fetching'; readonly doneBytes: number }
  | { readonly kind: 'fetched' }
  /** Minos ends when the system has taken it; on macOS that looks at the signature first. */
  | { readonly kind: 'installing' };

/** What is known of newer versions. */
export interface UpdateState {
  readonly way: UpdateWay;
  /** Who signs it and which host is asked, as the build names them; missing for `source` and `unnamed`. */
  readonly from?: { readonly publisher: readonly string[]; readonly host: string };
  /** The question is under way. */
  readonly isLooking: boolean;
  /** When it was last learned which version is the newest, in this session. */
  readonly lookedAtMs?: number;
  /** The newest version there was then; may be older than this one. */
  readonly newest?: string;
  /** Missing: there was none then. */
  readonly offered?: OfferedUpdate;
  readonly step?: UpdateStep;
  /** Why the last look, fetch or installation failed. What was learned before still stands, as old as it is. */
  readonly failure?: Failure;
}
