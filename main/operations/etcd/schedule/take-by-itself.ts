import { join } from 'node:path';
import type { Unfinished } from '../../../files/own/unfinished.ts';
import type { Clock } from '../../../lib/clock.ts';
import { Failed } from '../../../lib/failed.ts';
import { fileStem } from '../../../lib/file-stem.ts';
import type { Cluster } from '../../clusters/cluster.ts';
import { dataOf } from '../../commands/kit/bytes-command.ts';
import { fileToSave, saveFile } from '../../downloads/save-file.ts';
import { checkedSnapshot } from '../../downloads/snapshot-check.ts';
import { Progress } from '../../work/progress.ts';
import { etcdView } from '../etcd-view.ts';
import type { KnownSnapshots, SnapshotRecord } from '../known-snapshots.ts';
import { readEtcd } from '../read-etcd.ts';
import { healthyMember } from './healthy-member.ts';

/** The longest time without a byte. */
const PATIENCE_MS = 60_000;

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
 * read. Throws Failed, in words.
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
    const at = new Date(atMs).toISOString().slice(0, 19).replaceAll(':', '-');
    const path = join(folder, `${fileStem(cluster.destination.name, 'cluster')}-etcd-${at}.snapshot`);
    const target = await fileToSave(path);
    const call = { node, deadlineMs: Infinity, signal: AbortSignal.any([signal, progress.overdue]) };
    const bytes = dataOf(caller.serverStream('/machine.MachineService/EtcdSnapshot', {}, call));
    const saved = await saveFile(target, checkedSnapshot(progress.of(bytes)), 'saved', unfinished);
    return await known.add({ cluster: place, path: saved.path, from: 'schedule', node, atMs }, signal);
  } catch (error) {
    throw error instanceof Failed
      ? error
      : new Failed(caller.explain(error, node === undefined ? {} : { node }), error);
  } finally {
    progress.end();
  }
}
