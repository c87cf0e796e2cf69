import {
  changedVotes,
  quorumLine,
  quorumWith,
  takesPart,
  voteChangeWords,
  whyNotRemoved,
  type EtcdView,
} from '../../../../preload/contract/index.ts';
import { forgetsCluster, type WantedReset } from './wanted-reset.ts';

/** What resetting one control plane means for etcd: a sentence that says it, or why it may not be. */
export type EtcdVerdict = { readonly effect: string } | { readonly refused: string };

/**
 * Judges it by the votes of etcd; that a control plane may go away at all is asked elsewhere (`againstDown`). Pure. A graceful reset
 * leaves etcd first and stops when it cannot; the other kind leaves a member in the list that answers no more.
 */
export function etcdOfReset(
  node: string,
  wanted: WantedReset,
  etcd: Pick<EtcdView, 'members' | 'quorum' | 'leader'>,
): EtcdVerdict {
  const { quorum, members, leader } = etcd;
  if (quorum === undefined) return { refused: 'What etcd needs is not known at the moment.' };
  const own = members.find((member) => member.node === node);
  if (own === undefined) return { effect: 'No member of etcd runs on it.' };
  const change = { isLearner: own.isLearner, isAlive: takesPart(etcd, own) };
  if (!wanted.graceful) {
    const after = { voters: quorum.voters, alive: quorum.alive - (change.isAlive && !change.isLearner ? 1 : 0) };
    const votes = `etcd now: ${quorumLine(quorum)}. Then: ${quorumLine(quorumWith(after))}.`;
    // The data of etcd lies on EPHEMERAL.
    const isBack = !forgetsCluster(wanted) && !wanted.labels.includes('EPHEMERAL');
    return {
      effect: isBack
        ? `Its member of etcd does not answer until the machine runs again. ${votes}`
        : `Its member stays in the list of etcd, and does not answer any more. ${votes} Remove that member afterwards, through another control plane.`,
    };
  }
  if (own.report === undefined) return { refused: CANNOT_LEAVE };
  if (leader === undefined)
    return { refused: 'No member of etcd is known to lead at the moment: wait until one does.' };
  const why = whyNotRemoved(quorum, change);
  if (why !== undefined) return { refused: why };
  return { effect: voteChangeWords(quorum, changedVotes(quorum, { kind: 'remove', ...change })) };
}

const CANNOT_LEAVE =
  'Its member of etcd does not answer, so it cannot leave, and a graceful reset would stop there. Reset it without leaving etcd, then remove its member through another control plane.';
