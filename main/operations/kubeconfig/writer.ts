import type { AppliedChange } from '../../../preload/contract/index.ts';
import { lockAgeMs, removeKubectlLock, takeKubectlLock } from '../../config/kubeconfig/kubectl-lock.ts';
import type { History } from '../../config/history.ts';
import type { Interference } from '../../config/late-writers.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import type { Secret } from '../../lib/secret.ts';

/** One file to write. */
export interface KubeconfigWrite {
  readonly path: string;
  readonly what: string;
  readonly isNew: boolean;
  readonly before: Secret;
  readonly after: Secret;
}

/** Options of {@link KubeconfigWriter}. */
export interface WriterOptions {
  readonly history: History;
  readonly clock: Clock;
  /** Another program wrote around our write. */
  readonly onInterference: (path: string, found: readonly Interference[]) => void;
}

/**
 * Writes kubeconfigs: under kubectl's own lock, only onto the version the preview was made on, atomically, with the old
 * version in the history.
 */
export class KubeconfigWriter {
  readonly #options: WriterOptions;
  /** Age of the lock when its file was last found locked. */
  readonly #reportedAgeMs = new Map<string, number>();

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** Throws Failed; the file is then unchanged. */
  async write({ path, what, isNew, before, after }: KubeconfigWrite): Promise<AppliedChange> {
    const { history } = this.#options;
    return this.#locked(path, async () => {
      const replaced = await history.change({
        path,
        what,
        before: isNew ? undefined : Buffer.from(before.reveal()),
        after: Buffer.from(after.reveal()),
      });
      void replaced.settled.then((found) => {
        if (found.length > 0) this.#options.onInterference(path, found);
      });
      const entry = (await history.list(path)).find((one) => one.after === replaced.sha256);
      return { file: path, what, ...(entry && { changeId: entry.id }) };
    });
  }

  /** Puts back what was there before a change. Throws Failed `conflict` when the file was changed since. */
  async undo({ file, changeId }: AppliedChange): Promise<void> {
    if (changeId === undefined) return;
    await this.#locked(file, () => this.#options.history.undo(file, changeId));
  }

  /** Removes kubectl's lock when it still is the one that {@link write} reported. */
  async removeLock(path: string): Promise<void> {
    await removeKubectlLock(path, this.#reportedAgeMs.get(path) ?? 2_000, this.#options.clock);
  }

  async #locked<T>(path: string, task: () => Promise<T>): Promise<T> {
    const { clock } = this.#options;
    const lock = await takeKubectlLock(path, { clock }).catch(async (error: unknown) => {
      if (error instanceof Failed && error.failure.where?.field === 'lock') {
        this.#reportedAgeMs.set(path, (await lockAgeMs(path, clock)) ?? 0);
      }
      throw error;
    });
    try {
      return await task();
    } finally {
      await lock.release();
    }
  }
}
