import { formatNumber, plural } from '../../../../preload/contract/format/numbers.ts';
import type { SnapshotInspection } from '../../../../preload/contract/index.ts';
import type { Clock } from '../../../lib/clock.ts';
import { Failed } from '../../../lib/failed.ts';
import { WorkerPool } from '../../../lib/worker-pool.ts';

const MAX_HEAP_MB = 512;
/** Several gibibytes from a slow disk. */
const DEADLINE_MS = 600_000;

interface Jobs {
  readonly inspectSnapshot: (path: string) => SnapshotInspection;
  readonly [name: string]: (...args: never[]) => unknown;
}

/** Looks at snapshots of etcd in a thread with limits. Whoever makes it closes it. */
export class SnapshotReader {
  readonly #pool: WorkerPool<Jobs>;

  /** `workerFile`: the built snapshot-worker.ts, or that file itself. */
  constructor(workerFile: URL | string, clock: Clock) {
    this.#pool = new WorkerPool<Jobs>({
      ...{ file: workerFile, threads: 1, maxHeapMb: MAX_HEAP_MB, deadlineMs: DEADLINE_MS, clock },
      overrun: (_why, cause) =>
        new Failed({ code: 'too-large', message: 'The snapshot takes too long or too much memory to be read.' }, cause),
    });
  }

  /** What a file on the disk holds. Throws Failed: `file-access`, `too-large`, `cancelled`. */
  inspect(path: string, signal?: AbortSignal): Promise<SnapshotInspection> {
    return this.#pool.run('inspectSnapshot', [path], signal === undefined ? {} : { signal });
  }

  /** What is to be said of a snapshot that was just saved. Never rejects. */
  async words(path: string, signal?: AbortSignal): Promise<string> {
    try {
      const { content, problem } = await this.inspect(path, signal);
      if (content === undefined) return problem ?? 'its content was not read';
      const { revision, keys, members, hash } = content;
      const held = keys === undefined ? 'too many keys to be counted' : plural(keys, 'key');
      return `revision ${formatNumber(revision)}, ${held}, ${plural(members.length, 'member')}, hash ${hash}`;
    } catch (error) {
      return error instanceof Failed ? error.failure.message : 'its content was not read';
    }
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
