import { lstat, rm } from 'node:fs/promises';
import type { Clock } from '../lib/clock.ts';
import { Failed } from '../lib/failed.ts';
import { keepConflict, type KeepOther } from './keep-conflict.ts';
import { readOwnFileBytes } from './own/own-file.ts';
import { readSettled } from './settled-file.ts';

/** What another program did to a file around our write. */
export type Interference =
  /** It had the old version open and wrote into it. Its version is in the history, or under this name; the file holds ours. */
  | { readonly kind: 'wrote-old-version'; readonly keptAt?: string }
  /** It wrote its own version over ours, without having seen ours or after it. Ours is in the history. */
  | { readonly kind: 'overwrote-ours'; readonly sha256: string | undefined };

/** A running look-out after one replacement. */
export interface OtherWriters {
  /** The second name of the old version while it is watched; '' when there is none. */
  readonly oldPath: string;
  readonly settled: Promise<readonly Interference[]>;
  /** Looks one last time and removes the second name. */
  end(): Promise<void>;
}

/** What to look out for. */
export interface OtherWritersOptions {
  readonly clock: Clock;
  readonly watchMs: number;
  readonly lookEveryMs: number;
  readonly path: string;
  /** What we wrote. */
  readonly sha256: string;
  /** False once we wrote a later version ourselves. */
  readonly isLatest: () => boolean;
  readonly oldPath: string | undefined;
  readonly oldSha256: string | undefined;
  readonly keepOther: KeepOther | undefined;
}

/**
 * talosctl rewrites a file in place: it opens, truncates, writes. If it opened the old version just before our rename, its
 * bytes go to a file without a name. So the old version keeps a second name for a while and is looked at again.
 */
export function watchForOtherWriters(options: OtherWritersOptions): OtherWriters {
  const { clock, path, oldPath } = options;
  const until = clock.monotonic() + options.watchMs;
  const found: Interference[] = [];
  let overwritten = false;
  let oldDone = oldPath === undefined;
  let ended = false;
  let cancel: (() => void) | undefined;
  let settle: (found: readonly Interference[]) => void = () => undefined;
  const settled = new Promise<readonly Interference[]>((resolve) => {
    settle = resolve;
  });

  const old = new Versions(oldPath, clock, (sha256) => sha256 === options.oldSha256);
  const ours = new Versions(path, clock, (sha256) => sha256 === options.sha256 || !options.isLatest());

  const lookAtOld = async (isLast: boolean): Promise<void> => {
    if (oldDone || oldPath === undefined) return;
    const seen = await old.version(isLast);
    // What cannot be read now, for want of descriptors say, is left for the next write or start to look at.
    if (seen === 'unreadable') {
      oldDone = isLast;
      return;
    }
    if (seen !== undefined && seen !== options.oldSha256) {
      const { keepOther } = options;
      const keptAt = await keepConflict(oldPath, path, { keepOther, nowMs: clock.now() });
      found.push({ kind: 'wrote-old-version', ...(keptAt !== undefined && { keptAt }) });
      oldDone = true;
    } else if (isLast) {
      await rm(oldPath, { force: true });
      oldDone = true;
    }
  };

  const lookAtOurs = async (isLast: boolean): Promise<void> => {
    if (overwritten || !options.isLatest()) return;
    const seen = await ours.version(isLast);
    if (seen === options.sha256 || seen === 'unreadable' || !options.isLatest()) return;
    overwritten = true;
    found.push({ kind: 'overwrote-ours', sha256: seen });
  };

  const look = async (): Promise<void> => {
    try {
      const isLast = ended || clock.monotonic() >= until;
      await lookAtOurs(isLast);
      await lookAtOld(isLast);
      if (!isLast && !(oldDone && overwritten)) {
        cancel = clock.after(options.lookEveryMs, () => {
          current = look();
        });
        return;
      }
    } catch {
      // The folder is gone or not ours any more: there is nothing left to compare.
    }
    settle(found);
  };
  let current = look();

  return {
    oldPath: oldPath ?? '',
    settled,
    end: async () => {
      ended = true;
      await current;
      cancel?.();
      current = look();
      await current;
    },
  };
}

/**
 * The versions of one file: SHA-256, undefined when nothing is there, `unreadable` when it cannot be told. Read again only
 * when its size or times changed, or at the end.
 */
class Versions {
  readonly #path: string | undefined;
  readonly #clock: Clock;
  readonly #isKnown: (sha256: string) => boolean;
  #stamp = '';
  #sha256: string | undefined;

  constructor(path: string | undefined, clock: Clock, isKnown: (sha256: string) => boolean) {
    this.#path = path;
    this.#clock = clock;
    this.#isKnown = isKnown;
  }

  async version(always: boolean): Promise<string | undefined> {
    if (this.#path === undefined) return undefined;
    const s = await lstat(this.#path, { bigint: true }).catch(() => undefined);
    const stamp = s ? `${s.ino}:${s.size}:${s.mtimeNs}:${s.ctimeNs}` : '';
    if (always || stamp === '' || stamp !== this.#stamp) this.#sha256 = await this.#look(this.#path);
    this.#stamp = this.#sha256 === 'unreadable' ? '' : stamp;
    return this.#sha256;
  }

  /** Waits while a writer is at it: what is there between truncating and writing is nobody's version. */
  async #look(path: string): Promise<string | undefined> {
    const options = { clock: this.#clock, isKnown: this.#isKnown, read: readOwnFileBytes };
    try {
      return (await readSettled(path, options)).fingerprint.sha256;
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      return error.failure.code === 'file-missing' ? undefined : 'unreadable';
    }
  }
}
