import { closeSync, constants, fchmodSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** A log file is moved aside when it is this large; one old one is kept. */
export const MAX_LOG_BYTES = 1024 * 1024;

/**
 * A log in a file, readable by its owner, of at most two times {@link MAX_LOG_BYTES}: an app that was started from a menu has
 * no terminal. A file that cannot be written is no reason to fail: the log goes on without it.
 */
export class LogFile {
  readonly path: string;
  #fd: number | undefined;
  #bytes = 0;
  #isBroken = false;

  constructor(path: string) {
    this.path = path;
  }

  /** Writes one line at once, so that it is there after a crash. Never throws. */
  write(line: string): void {
    if (this.#isBroken) return;
    try {
      this.#fd ??= this.#open();
      this.#bytes += writeSync(this.#fd, `${line}\n`);
      if (this.#bytes > MAX_LOG_BYTES) this.#rotate();
    } catch {
      // A full disk, a folder without permission, a link in its place: standard error still has the line.
      this.#isBroken = true;
      this.close();
    }
  }

  close(): void {
    if (this.#fd === undefined) return;
    const fd = this.#fd;
    this.#fd = undefined;
    closeSync(fd);
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
    renameSync(this.path, `${this.path}.old`);
  }
}

const { O_APPEND, O_CREAT, O_WRONLY } = constants;
const FLAGS = O_APPEND | O_CREAT | O_WRONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
