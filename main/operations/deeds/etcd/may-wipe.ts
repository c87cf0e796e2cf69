import { quorumOf, type ControlPlaneEtcd } from '../../../../preload/contract/index.ts';
import type { SnapshotRecord } from '../../etcd/known-snapshots.ts';
import { snapshotFileWords } from '../../etcd/snapshot-file-words.ts';
import { isStarting, namesOf } from '../../etcd/recovery/situation.ts';
import { etcdWords } from './may-bootstrap.ts';

/** What is looked at before the data of etcd is wiped on a control plane. */
export interface WipeFacts {
  readonly node: string;
  /** All control planes, or what may be some. */
  readonly all: readonly ControlPlaneEtcd[];
  /** Ids or machines of the members that etcd lists now; missing where nobody lists them. */
  readonly listed?: ReadonlySet<string>;
  /** The newest copy of its database on this computer that was checked, and is recent. */
  readonly copy: SnapshotRecord | undefined;
  /** The user says that what is not copied is lost. */
  readonly isLossSaid: boolean;
}

/** Whether the data may be wiped: how it is now, why not, and what it means. */
export interface WipeVerdict {
  readonly now: string;
  readonly refused?: string;
  readonly effects: readonly string[];
}

/**
 * Judges it by what etcd is without this data. Pure. Only what was copied may go, or what is given up in so many words: also beside an etcd with
 * a quorum, which may be another one. Of that only what it does not list; without one, nothing while a majority answers, since that may still
 * agree on a leader.
 */
export function mayWipe(facts: WipeFacts): WipeVerdict {
  const { node, all, copy } = facts;
  const own = all.find((one) => one.node === node);
  const now = own === undefined ? 'not known' : etcdWords(own);
  const refused = own === undefined ? 'It was not read.' : whyNot(own, facts);
  const copied =
    copy === undefined
      ? 'no copy of its database is known: what etcd holds there is lost for good.'
      : `its database was copied: ${snapshotFileWords(copy)}.`;
  const silent = all.filter((one) => one.node !== node && one.failure !== undefined).map(({ name }) => name);
  const alive =
    silent.length === 0
      ? []
      : [
          `nothing is known of ${silent.join(', ')}. If etcd runs there and only is not reached from here, this machine lost its way to it, and nothing has to be wiped.`,
        ];
  return { now, effects: [copied, ...alive], ...(refused !== undefined && { refused }) };
}

function whyNot(own: ControlPlaneEtcd, { node, all, listed, copy, isLossSaid }: WipeFacts): string | undefined {
  if (own.failure !== undefined) return own.failure;
  if (own.isControlPlane !== true) return 'It is no control plane.';
  if (own.data === 'empty') return 'No data of etcd is there.';
  if (own.data === undefined) return 'What is in its data directory of etcd is not told.';
  const controlPlanes = all.filter(({ isControlPlane }) => isControlPlane !== false);
  const leads = controlPlanes.find(({ member, leader }) => member !== undefined && leader !== undefined);
  if (leads !== undefined) {
    if (listed === undefined) return 'etcd has a leader, and its members cannot be listed now.';
    if (listed.has(node) || (own.member !== undefined && listed.has(own.member)))
      return 'etcd has a quorum and lists its member: have it leave, or remove it, instead.';
    if (own.member !== undefined && own.leader !== undefined)
      return 'Its etcd follows a leader, and the members that are listed are of another etcd: there are two. Find out which one Kubernetes uses; the machine of the other is reset.';
  } else {
    // One that waits for others does so for as long as they are away.
    const begun = controlPlanes.filter((one) => one.service === 'Running' && isStarting(one));
    if (begun.length > 0)
      return `etcd has just started on ${namesOf(begun)}, and Talos has not checked it yet: wait half a minute, and look again.`;
    const known = controlPlanes.filter(({ isMaybe }) => isMaybe !== true).length;
    const running = controlPlanes.filter(({ member, isLearner }) => member !== undefined && isLearner !== true).length;
    // One alone that leads nobody has other members, though none is known here.
    if (running > 1 && running >= quorumOf(known))
      return `etcd answers on ${running} of ${known} control planes: they may still agree on a leader. Look at why they do not.`;
  }
  if (copy === undefined && !isLossSaid)
    return 'Its database may be the last, and was not copied in the last day. Copy it first, or say that it is lost.';
  return undefined;
}
