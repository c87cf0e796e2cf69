import type { Failure } from '../failure.ts';
import type { Problem } from '../problem.ts';

/** One talosconfig file that is open. */
export interface OpenTalosconfig {
  readonly path: string;
  /** The file of the rule "which file"; edits without another wish go there. */
  readonly isPrimary: boolean;
  readonly status: 'missing' | 'empty' | 'unreadable' | 'ready';
  readonly failure?: Failure;
  readonly writable: boolean;
  readonly contexts: number;
  /** Problems of the whole file (mode, duplicate keys …). */
  readonly problems: readonly Problem[];
}

/** What another program did to a file around our write; both versions are kept. */
export interface FileConflict {
  readonly file: string;
  readonly atMs: number;
  readonly message: string;
  /** Whose version the file holds; the other one is in its history. */
  readonly holds: 'minos' | 'other';
  /** Where the other version lies instead, because the history could not take it. */
  readonly keptAt?: string;
}
