import type { WrittenFile, LockRemoval } from '../../../preload/contract/index.ts';
import { removeKubectlLock, seeLock, takeKubectlLock, type SeenLock } from '../../files/kubectl-lock.ts';
import type { History } from '../../files/history.ts';
import type { Interference } from '../../files/late-writers.ts';
import { undoingOf } from '../../files/own/undo-words.ts';
import type { Unfinished } from '../../files/own/unfinished.ts';
import type { Replaced } from '../../files/replace.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import type { Secret } from '../../lib/secret.ts';

/** One file to write. */
export interface KubeconfigWrite {
  readonly path: string;
  readonly what: string;
  readonly isNew: boolean;
  /** SHA-256 of the version it was made on, or `missing`. */
  readonly basedOn: string;
  readonly before: Secret;
  readonly after: Secret;
}

/** What is kept of a write until it is applied, characters. */
export const weightOf = ({ before, after }: KubeconfigWrite): number => before.reveal().length + after.reveal().length;

/** Options of {@link KubeconfigWriter}. */
export interface WriterOptions {
  readonly history: History;
  readonly clock: Clock;
  /** Notes the lock while it is held. */
  readonly unfinished?: Unfinished | undefined;
  /** Another program wrote around our write. */
  readonly onInterference: (path: string, found: readonly Interference[]) => void;
}

/**
 * Writes kubeconfigs: under kubectl's own lock, only onto the version the preview was made on, atomically, with the old
 * version in the history.
 */
export class KubeconfigWriter {
  readonly #options: WriterOptions;
  /** The lock that was there when a file was last found locked. */
  readonly #reported = new Map<string, SeenLock>();

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** Throws Failed; the file is then unchanged. */
  async write({ path, what, isNew, before, after }: KubeconfigWrite): Promise<WrittenFile> {
    const { history } = this.#options;
    await history.prepare(path);
    const change = {
      path,
      what,
      before: isNew ? undefined : Buffer.from(before.reveal()),
      after: Buffer.from(after.reveal()),
    };
    return this.#locked(path, async () => this.#written(path, what, await history.change(change)));
  }

  /**
   * Puts back what was there before a change; answers with the change that this is itself. Throws Failed `conflict` when
   * the file was changed since.
   */
  async undo({ file, what, changeId }: WrittenFile): Promise<WrittenFile> {
    if (changeId === undefined) return { file, what };
    const { history } = this.#options;
    await history.prepare(file);
    return this.#locked(file, async () => this.#written(file, undoingOf(what), await history.undo(file, changeId)));
  }

  /** `replaced` is undefined when the file went. Its entry need not be the newest: another program's version may be. */
  async #written(file: string, what: string, replaced: Replaced | undefined): Promise<WrittenFile> {
    void replaced?.settled.then((found) => {
      if (found.length > 0) this.#options.onInterference(file, found);
    });
    const after = replaced?.sha256 ?? 'missing';
    const entry = (await this.#options.history.list(file)).find((one) => one.after === after);
    return { file, what, ...(entry && { changeId: entry.id }) };
  }

  /**
   * Removes kubectl's lock when it still is the one that {@link write} reported; one that was not reported when it is
   * older than two seconds. Says whether there was one. Throws Failed like {@link removeKubectlLock}.
   */
  async removeLock(path: string): Promise<LockRemoval> {
    const { clock } = this.#options;
    const seen = this.#reported.get(path) ?? (await seeLock(path, clock));
    if (seen === undefined) return 'gone';
    const isTooYoung = !this.#reported.has(path) && seen.ageMs < 2_000;
    try {
      // Nobody was shown a lock that young.
      const removal = await removeKubectlLock(path, isTooYoung ? { ...seen, mark: '' } : seen, clock);
      this.#reported.delete(path);
      return removal;
    } catch (error) {
      await this.#report(path, error);
      throw error;
    }
  }

  /** Remembers the lock that a failure tells the user of. */
  async #report(path: string, error: unknown): Promise<void> {
    if (!(error instanceof Failed) || error.failure.where?.field !== 'lock') return;
    const seen = await seeLock(path, this.#options.clock);
    if (seen) this.#reported.set(path, seen);
  }

  async #locked<T>(path: string, task: () => Promise<T>): Promise<T> {
    const { clock, unfinished } = this.#options;
    const locked = async (): Promise<T> => {
      const lock = await takeKubectlLock(path, { clock }).catch(async (error: unknown) => {
        await this.#report(path, error);
        throw error;
      });
      try {
        return await task();
      } finally {
        await lock.release();
      }
    };
    return unfinished ? unfinished.during({ kind: 'kubectl-lock', path }, locked) : locked();
  }
}
