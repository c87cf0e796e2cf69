import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Unfinished } from '../../../files/own/unfinished.ts';
import type { Clock } from '../../../lib/clock.ts';
import { Failed } from '../../../lib/failed.ts';
import { fileStem, momentStem } from '../../../lib/file-stem.ts';
import type { Cluster } from '../../clusters/cluster.ts';
import { dataOf } from '../../commands/kit/bytes-command.ts';
import type { PlaceToWrite } from '../../../files/write-whole-file.ts';
import { fileToSave, saveFile } from '../../downloads/save-file.ts';
import { checkedSnapshot } from '../../downloads/snapshot-check.ts';
import { Progress } from '../../work/progress.ts';
import { etcdView } from '../etcd-view.ts';
import type { KnownSnapshots, SnapshotRecord } from '../known-snapshots.ts';
import { readEtcd } from '../read-etcd.ts';
import { healthyMember } from './healthy-member.ts';

/** The longest time without a byte. */
const PATIENCE_MS = 60_000;

/** Names that are tried, a second apart. */
const MOST_NAMES = 60;

/** What one snapshot is taken with. */
export interface Taking {
  readonly cluster: Cluster;
  /** As `DeedPlace` says which cluster it is. */
  readonly place: string;
  readonly folder: string;
  readonly known: KnownSnapshots;
  readonly clock: Clock;
  readonly unfinished: Unfinished;
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: number) => void;
}

/**
 * Takes a snapshot from a healthy member into the folder: `.part` until it is whole, for its owner alone, its SHA-256 right and its content
 * read. Nothing stays of one that cannot be read, and nothing that is there is replaced. Throws Failed, in words.
 */
export async function takeByItself(taking: Taking): Promise<SnapshotRecord> {
  const { cluster, place, folder, known, clock, unfinished, signal, onBytes } = taking;
  const { caller } = cluster;
  let node: string | undefined;
  const progress = new Progress(clock, PATIENCE_MS, onBytes);
  try {
    await cluster.nodes.refresh();
    const nodes = cluster.nodes.current.nodes.filter(({ role }) => role === 'controlplane');
    if (nodes.length === 0) throw new Failed({ code: 'not-found', message: 'No control plane is known.' });
    const look = await readEtcd({ connection: caller, nodes, known: [], clock, signal });
    if (look.failure !== undefined) throw new Failed(look.failure);
    const member = healthyMember(etcdView(look));
    if (typeof member === 'string') throw new Failed({ code: 'precondition', message: member });
    node = member.node;
    const atMs = clock.now();
    const target = await freePlace(folder, fileStem(cluster.destination.name, 'cluster'), atMs);
    const call = { node, deadlineMs: Infinity, signal: AbortSignal.any([signal, progress.overdue]) };
    const bytes = dataOf(caller.serverStream('/machine.MachineService/EtcdSnapshot', {}, call));
    const saved = await saveFile(target, checkedSnapshot(progress.of(bytes)), 'saved', unfinished);
    try {
      return await known.add({ cluster: place, path: saved.path, from: 'schedule', node, atMs }, signal);
    } catch (error) {
      // Nobody would ever remove it, and the next one comes in a quarter of an hour: they would fill the disk.
      await unlink(saved.path).catch(() => undefined);
      throw error;
    }
  } catch (error) {
    // Nobody cancelled it.
    if (progress.overdue.aborted && !signal.aborted) throw nothingCame(error);
    throw error instanceof Failed
      ? error
      : new Failed(caller.explain(error, node === undefined ? {} : { node }), error);
  } finally {
    progress.end();
  }
}

/** Two clusters may have the same name, and the user may have saved one in this second. Throws Failed. */
async function freePlace(folder: string, stem: string, atMs: number): Promise<PlaceToWrite> {
  for (let tried = 0; tried < MOST_NAMES; tried++) {
    const at = momentStem(atMs + tried * 1000);
    const place = await fileToSave(join(folder, `${stem}-etcd-${at}.snapshot`));
    if (place.stamp === undefined) return place;
  }
  throw new Failed({ code: 'conflict', message: 'Files with the names that a snapshot would get are in the folder.' });
}

const nothingCame = (cause: unknown): Failed =>
  new Failed(
    { code: 'timeout', message: `Nothing came for ${PATIENCE_MS / 1000} s; nothing was kept.`, retry: 'safe' },
    cause,
  );
