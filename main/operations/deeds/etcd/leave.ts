import {
  changedVotes,
  quorumLine,
  quorumWith,
  takesPart,
  voteChangeWords,
  whyNotRemoved,
} from '../../../../preload/contract/index.ts';
import type { DeedDefinition } from '../kit/definition.ts';
import { lookUntil } from '../kit/look-until.ts';
import { lookUpByReading } from '../kit/look-up-by-reading.ts';
import { planDeed, type MachineReading } from '../kit/plan-deed.ts';
import { memberName } from '../../etcd/member-id.ts';
import { lookAtEtcd, memberOn, noLeader, NO_MEMBER_HERE, silentHere, withAstray, type EtcdNow } from './look.ts';

/** Talos tries for five minutes while etcd says that its cluster is unhealthy. */
const LEAVE_WITHIN_MS = 330_000;

/** `talosctl etcd leave` (docs/talos-behaviour.md §D4): a member that answers goes, and its data with it. */
export const etcdLeave: DeedDefinition = {
  id: 'etcd-leave',
  title: 'Have a member leave etcd',
  about: 'The machine takes its own member out, stops etcd and deletes its data. It joins again when it starts anew.',
  method: '/machine.MachineService/EtcdLeaveCluster',
  params: [],
  syntax: { names: ['etcd leave'] },
  lookUp: lookUpByReading,
  plan: (params, tools) =>
    planDeed(
      etcdLeave,
      params,
      {
        deed: (where) => `Have ${where} leave etcd`,
        past: (where) => `Had ${where} leave etcd`,
        risk: 'destroys',
        isTyped: true,
        does: 'Its member is taken out of etcd, etcd stops there, and its data is deleted. It stays out until the machine starts anew; then it joins as a learner.',
        ...(tools.machines.length > 1 && { refused: 'Members leave one by one: name one machine.' }),
        read: async ({ node, signal }) => judged(await lookAtEtcd(tools, signal), node),
        work: {
          call: { method: '/machine.MachineService/EtcdLeaveCluster', request: {}, deadlineMs: LEAVE_WITHIN_MS },
          look: ({ node }, signal) =>
            lookUntil(tools.clock, signal, async () => {
              const etcd = await lookAtEtcd(tools, signal);
              const words = `etcd has ${quorumLine(etcd.quorum)}`;
              return { words, isWanted: memberOn(etcd, node) === undefined };
            }),
        },
      },
      tools,
    ),
};

function judged(etcd: EtcdNow, node: string): MachineReading {
  const member = memberOn(etcd, node);
  const { quorum, members } = etcd;
  if (member === undefined) {
    // One whose machine is not known may be its own.
    const isDone = members.every(({ node: where }) => where !== undefined);
    return { now: 'no member of etcd', ...(isDone && { isDone }), refused: NO_MEMBER_HERE };
  }
  if (member.report === undefined) {
    const hint = 'If the machine is gone for good, remove the member by its id, through another control plane.';
    return { now: 'does not answer', refused: `${silentHere(member)} ${hint}` };
  }
  const now = `member ${member.id}; ${quorumLine(quorum)}`;
  // A machine that left joins with another id once it starts anew.
  const trace = member.id;
  const others = members.filter(({ id }) => id !== member.id);
  const joining = others.filter(({ isLearner, hostname }) => isLearner || hostname === '').map(memberName);
  if (joining.length > 0)
    return { now, trace, refused: `${joining.join(', ')} is still joining etcd: wait until it votes.` };
  const change = { isLearner: member.isLearner, isAlive: takesPart(etcd, member) };
  const why = noLeader(etcd) ?? whyNotRemoved(quorum, change);
  if (why !== undefined) return { now, trace, refused: withAstray(etcd, why) };
  const after = quorumWith(changedVotes(quorum, { kind: 'remove', ...change }));
  return {
    ...{ now, trace },
    effects: [voteChangeWords(quorum, after), ...(member.isLeader ? ['it leads etcd; another one is elected.'] : [])],
  };
}
