import { randomUUID } from 'node:crypto';
import { lstat, realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import * as v from 'valibot';
import type { KnownSnapshot } from '../../../preload/contract/index.ts';
import { toFileFailed } from '../../files/file-failure.ts';
import { OwnList } from '../../files/own/own-list.ts';
import { Failed } from '../../lib/failed.ts';
import type { Log } from '../../lib/log.ts';
import type { SnapshotReader } from './snapshot-file/snapshot-reader.ts';

const RECORD = v.object({
  id: v.string(),
  /** As `DeedPlace` says which cluster it is. */
  cluster: v.string(),
  /** Contexts that led to it when this was noted. */
  places: v.optional(v.array(v.object({ file: v.string(), name: v.string() }))),
  path: v.string(),
  from: v.picklist(['schedule', 'taken', 'disk', 'chosen']),
  node: v.optional(v.string()),
  atMs: v.number(),
  bytes: v.number(),
  /** Of the file when it was checked. */
  mtimeMs: v.number(),
  hasHash: v.boolean(),
  revision: v.number(),
  keys: v.optional(v.number()),
  hash: v.string(),
  /** Names of the members of the etcd that it is of, by which one of another cluster is recognised; at most ten. */
  members: v.optional(v.array(v.string())),
});

/** What is known of a snapshot, with the place of its file, which the page never gets. */
export type SnapshotRecord = v.InferOutput<typeof RECORD>;

/** Where a context stands, whatever its CA is. */
type Place = NonNullable<SnapshotRecord['places']>[number];

/** Older ones are forgotten; their files stay. */
const MOST = 1_000;
const MOST_MEMBERS = 10;
const MOST_PLACES = 10;
const LONGEST_NAME = 63;
const MOST_FILE_BYTES = 4 * 1024 * 1024;

/** What {@link KnownSnapshots} need. */
export interface KnownSnapshotsOptions {
  readonly path: string;
  readonly reader: Pick<SnapshotReader, 'inspect'>;
  readonly log: Log;
  /** False for the clusters of the demo: nothing is kept between starts. */
  readonly isKept: () => boolean;
  /** The contexts that lead to a cluster now. Default: none is known. */
  readonly places?: (cluster: string) => readonly Place[];
}

/**
 * Snapshots of etcd on this computer that Minos took, copied or was shown, each checked before it is noted. Kept in a file of Minos's own.
 * It never changes or removes their files.
 */
export class KnownSnapshots {
  readonly #options: KnownSnapshotsOptions;
  readonly #file: OwnList<SnapshotRecord>;
  #known: readonly SnapshotRecord[] = [];
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: KnownSnapshotsOptions) {
    this.#options = options;
    const { path, log } = options;
    const words = 'the notes of snapshots';
    this.#file = new OwnList({ path, name: 'snapshots', words, entry: RECORD, mostBytes: MOST_FILE_BYTES, log });
  }

  /** Knows what was written down, and nothing else any more. Never rejects. */
  async load(): Promise<void> {
    this.#known = [];
    this.#known = await this.#file.read();
  }

  /** Those of a cluster, newest first. */
  of(cluster: string): readonly SnapshotRecord[] {
    return this.#known.filter((one) => one.cluster === cluster).sort((a, b) => b.atMs - a.atMs);
  }

  /** Those that the schedule of a cluster took, the last one first: in the order in which they came, whatever the clock said then. */
  ofSchedule(cluster: string): readonly SnapshotRecord[] {
    return this.#known.filter((one) => one.cluster === cluster && one.from === 'schedule').reverse();
  }

  /** Whether some are known of a cluster that a place led to and that is none of these: it leads to another one by now, as after a new CA. */
  hasOfBefore({ file, name }: Place, led: ReadonlySet<string>): boolean {
    return this.#known.some(
      ({ cluster, places = [] }) =>
        !led.has(cluster) && places.some((place) => place.file === file && place.name === name),
    );
  }

  /** How many are known, of all clusters. */
  get count(): number {
    return this.#known.length;
  }

  /** One of them; undefined for one that is not known. */
  find(id: string): SnapshotRecord | undefined {
    return this.#known.find((one) => one.id === id);
  }

  /**
   * Checks a file and notes it. `atMs`: when it was taken; default: when the file was written last. Throws Failed: `invalid` for what
   * cannot be used to recover from, `file-access`.
   */
  async add(
    { path: given, ...known }: Pick<SnapshotRecord, 'cluster' | 'path' | 'from' | 'node'> & { readonly atMs?: number },
    signal?: AbortSignal,
  ): Promise<SnapshotRecord> {
    // Whether it still is what was checked is asked of the file, not of a link to it.
    const path = await realpath(given).catch(() => given);
    const { content, integrity, problem, bytes, name } = await this.#options.reader.inspect(path, signal);
    if (content === undefined || integrity === 'wrong') {
      const message = `${name} cannot be used: ${problem ?? 'it is no database of etcd.'}`;
      throw new Failed({ code: 'invalid', message, where: { file: name } });
    }
    const { mtimeMs } = await statOf(path);
    const places = (this.#options.places?.(known.cluster) ?? []).slice(0, MOST_PLACES);
    const { revision, keys, hash } = content;
    const members = content.members.slice(0, MOST_MEMBERS).map((one) => (one.name || one.id).slice(0, LONGEST_NAME));
    const record: SnapshotRecord = {
      ...{ id: randomUUID(), path, atMs: mtimeMs, mtimeMs, ...known, bytes, hasHash: integrity === 'right' },
      ...{ revision, hash, members, ...(keys !== undefined && { keys }) },
      ...(places.length > 0 && { places: [...places] }),
    };
    this.#known = [...this.#known.filter((one) => one.path !== path), record].slice(-MOST);
    await this.#keep();
    return record;
  }

  /** Whether its file is what was checked. Never rejects. */
  async isThere({ path, bytes, mtimeMs }: SnapshotRecord): Promise<boolean> {
    const found = await lstat(path).catch(() => undefined);
    return found?.isFile() === true && found.size === bytes && found.mtimeMs === mtimeMs;
  }

  /** Knows it no more; its file stays. */
  async forget(id: string): Promise<void> {
    this.#known = this.#known.filter((one) => one.id !== id);
    await this.#keep();
  }

  /** As the page gets them: those of a cluster, newest first, with whether their files are still what was checked. */
  async shown(cluster: string): Promise<readonly KnownSnapshot[]> {
    return Promise.all(
      this.of(cluster).map(async (record) => ({
        ...shownSnapshot(record),
        ...(!(await this.isThere(record)) && { isGone: true as const }),
      })),
    );
  }

  async #keep(): Promise<void> {
    const { log, isKept } = this.#options;
    if (!isKept()) return;
    const done = this.#queue.then(() => this.#file.write(this.#known));
    this.#queue = done.catch((error: unknown) =>
      log.write('warn', 'which snapshots there are cannot be kept', { error }),
    );
    await this.#queue;
  }
}

/** What the page gets of it: no place. */
export function shownSnapshot({ path, node, keys, ...known }: SnapshotRecord): KnownSnapshot {
  const { id, from, atMs, bytes, hasHash, revision, hash } = known;
  return {
    ...{ id, name: basename(path), from, atMs, bytes, hasHash, revision, hash },
    ...(node !== undefined && { node }),
    ...(keys !== undefined && { keys }),
  };
}

async function statOf(path: string): Promise<{ readonly mtimeMs: number }> {
  try {
    return await lstat(path);
  } catch (error) {
    throw toFileFailed(error, path);
  }
}
