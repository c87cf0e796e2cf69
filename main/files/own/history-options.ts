import type { Clock } from '../../lib/clock.ts';
import type { DiffLine } from '../../yaml/redacted-diff.ts';
import type { FileReplacer } from '../replace.ts';

/** Encrypts bytes at rest, e.g. with the system's keychain. */
export interface Seal {
  seal(bytes: Uint8Array): Promise<Uint8Array>;
  open(sealed: Uint8Array): Promise<Uint8Array>;
}

/** Options of {@link History}. */
export interface HistoryOptions {
  /** The app's own folder for versions; made with mode 0700. */
  readonly folder: string;
  readonly clock: Clock;
  readonly replacer: FileReplacer;
  /** Absent where the system has no real keychain: versions are then readable by their owner, as the file itself is. */
  readonly seal?: Seal | undefined;
  /** Makes the differences; default here. The app gives one that works on large files in a worker. */
  readonly diff?: (before: string, after: string) => readonly DiffLine[] | Promise<readonly DiffLine[]>;
  /** Versions kept per file, besides those that hold what exists nowhere else. Default 50. */
  readonly maxVersions?: number;
  /** Most versions per file that hold what exists nowhere else; then no further change is made. Default 100. */
  readonly maxOnlyCopies?: number;
  /** How long a version is kept, ms. Default 30 days: versions hold old keys. */
  readonly maxAgeMs?: number;
}

/** A change to record: called before the file changes, so that no crash can leave a change without its undo. */
export interface Change {
  readonly path: string;
  readonly what: string;
  /** The bytes before; undefined when the file is made. */
  readonly before: Uint8Array | undefined;
  /** The bytes after; undefined when the file is removed. */
  readonly after: Uint8Array | undefined;
}
