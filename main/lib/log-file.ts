import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  mkdirSync,
  openSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** A log file is moved aside when it is this large. */
export const MAX_LOG_BYTES = 1024 * 1024;

/** Files moved aside that are kept beside the newest: `….1` is the youngest. */
export const KEPT_LOGS = 4;

/** After a line could not be written, the next attempt: the disk may have room again. */
export const RETRY_LOG_MS = 60_000;

/**
 * A log in files, readable by their owner, of at most {@link KEPT_LOGS} + 1 times {@link MAX_LOG_BYTES}: an app that was started from
 * a menu has no terminal. A file that cannot be written is no reason to fail: the log goes on without it, tries again after a minute,
 * and says then how many lines are missing.
 */
export class LogFile {
  readonly path: string;
  readonly #monotonicMs: () => number;
  #fd: number | undefined;
  #bytes = 0;
  #brokenSinceMs: number | undefined;
  #missing = 0;

  /** `monotonicMs`: a clock that never goes back. */
  constructor(path: string, monotonicMs: () => number = () => performance.now()) {
    this.path = path;
    this.#monotonicMs = monotonicMs;
  }

  /** Writes one line at once, so that it is there after a crash. Never throws. */
  write(line: string): void {
    const nowMs = this.#monotonicMs();
    if (this.#brokenSinceMs !== undefined && nowMs - this.#brokenSinceMs < RETRY_LOG_MS) {
      this.#missing += 1;
      return;
    }
    try {
      this.#fd ??= this.#open();
      if (this.#missing > 0) this.#put(`\n… ${missingLines(this.#missing)} could not be written here\n`);
      this.#missing = 0;
      this.#put(`${line}\n`);
      this.#brokenSinceMs = undefined;
    } catch {
      // A full disk, a folder without permission, a link in its place: standard error still has the line.
      this.#brokenSinceMs = nowMs;
      this.#missing += 1;
      this.close();
      return;
    }
    if (this.#bytes <= MAX_LOG_BYTES) return;
    try {
      this.#rotate();
    } catch {
      // The line is written, so it is not missing; a file that cannot be moved aside is not made larger for a while.
      this.#brokenSinceMs = nowMs;
    }
  }

  close(): void {
    if (this.#fd === undefined) return;
    const fd = this.#fd;
    this.#fd = undefined;
    closeSync(fd);
  }

  #put(text: string): void {
    const bytes = Buffer.from(text);
    const fd = this.#fd;
    const written = fd === undefined ? 0 : writeSync(fd, bytes);
    this.#bytes += written;
    // The disk was full in the middle of it.
    if (written < bytes.length) throw new Error('only a part was written');
  }

  #open(): number {
    mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
    // Not through a link, and without waiting for the reader of a pipe.
    const fd = openSync(this.path, FLAGS, 0o600);
    const stat = fstatSync(fd);
    if (!stat.isFile()) {
      closeSync(fd);
      throw new Error('not a regular file');
    }
    fchmodSync(fd, 0o600);
    this.#bytes = stat.size;
    return fd;
  }

  #rotate(): void {
    this.close();
    for (let index = KEPT_LOGS - 1; index >= 1; index -= 1) moved(`${this.path}.${index}`, `${this.path}.${index + 1}`);
    moved(this.path, `${this.path}.1`);
    // What an earlier Minos moved aside.
    try {
      unlinkSync(`${this.path}.old`);
    } catch {
      // There is none.
    }
  }
}

const missingLines = (count: number): string => (count === 1 ? '1 line' : `${count} lines`);

/** Moves a file over another, where there is one. Throws what the disk says otherwise. */
function moved(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

const { O_APPEND, O_CREAT, O_WRONLY } = constants;
const FLAGS = O_APPEND | O_CREAT | O_WRONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
