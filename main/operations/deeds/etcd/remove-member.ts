import {
  changedVotes,
  quorumLine,
  takesPart,
  voteChangeWords,
  whyNotRemoved,
} from '../../../../preload/contract/index.ts';
import { textParam, wrong } from '../../commands/kit/params.ts';
import type { DeedDefinition } from '../kit/definition.ts';
import { lookUntil } from '../kit/look-until.ts';
import { lookUpByReading } from '../kit/look-up-by-reading.ts';
import { planDeed, type MachineReading } from '../kit/plan-deed.ts';
import { memberName } from '../../etcd/member-id.ts';
import { ETCD_WITHIN_MS, lookAtEtcd, memberOn, noLeader, withAstray, type EtcdNow } from './look.ts';

const ID = { id: 'member', title: 'Id of the member, 16 hexadecimal digits', kind: 'text', required: true } as const;

/** `talosctl etcd remove-member ID` (docs/talos-behaviour.md §D5): for a member whose machine is gone; asked of one that answers. */
export const etcdRemoveMember: DeedDefinition = {
  id: 'etcd-remove-member',
  title: 'Remove a member of etcd',
  about: 'A member that does not answer is taken off the list, so that it counts for the quorum no longer.',
  method: '/machine.MachineService/EtcdRemoveMemberByID',
  params: [ID],
  syntax: { names: ['etcd remove-member'], positionals: [ID.id] },
  check: (params) => {
    if (!/^[0-9a-fA-F]{1,16}$/.test(textParam(params, ID.id))) {
      throw wrong(ID.id, 'The id of a member is at most 16 hexadecimal digits, as etcd lists it.');
    }
  },
  lookUp: lookUpByReading,
  plan: (params, tools) => {
    const id = textParam(params, ID.id).toLowerCase().padStart(16, '0');
    return planDeed(
      etcdRemoveMember,
      { [ID.id]: id },
      {
        deed: (where) => `Remove member ${id} of etcd through ${where}`,
        past: (where) => `Removed member ${id} of etcd through ${where}`,
        risk: 'destroys',
        isTyped: true,
        does: `Member ${id} is taken off the list of etcd for good. Its machine can join again only with its data of etcd wiped.`,
        ...(tools.machines.length > 1 && {
          refused: 'It is asked of one machine, whose own member answers: name one.',
        }),
        read: async ({ node, signal }) => {
          const etcd = await lookAtEtcd(tools, signal);
          return { ...judged(etcd, id, node), isDone: etcd.members.every((member) => member.id !== id) };
        },
        work: {
          call: {
            method: '/machine.MachineService/EtcdRemoveMemberByID',
            request: { member_id: String(BigInt(`0x${id}`)) },
            deadlineMs: ETCD_WITHIN_MS,
          },
          look: (_machine, signal) =>
            lookUntil(tools.clock, signal, async () => {
              const { members, quorum } = await lookAtEtcd(tools, signal);
              return { words: `etcd has ${quorumLine(quorum)}`, isWanted: members.every((one) => one.id !== id) };
            }),
        },
      },
      tools,
    );
  },
};

function judged(etcd: EtcdNow, id: string, node: string): MachineReading {
  const { members, quorum } = etcd;
  const target = members.find((member) => member.id === id);
  if (target === undefined) return { now: 'not listed', refused: `etcd lists no member ${id}.` };
  const name = memberName(target);
  if (target.report !== undefined) {
    const where = target.node === undefined ? '' : ` on ${target.node}`;
    return { now: `${name} answers`, refused: `${name} answers: have it leave instead${where}.` };
  }
  // A machine that is not known is not asked.
  const how = target.node === undefined ? 'runs on no machine that is known here' : 'does not answer';
  const now = `${name} ${how}; ${quorumLine(quorum)}`;
  if (target.node === node) {
    return { now, refused: 'It is the member of this machine itself: name a control plane whose own member answers.' };
  }
  const own = memberOn(etcd, node);
  if (own?.report === undefined) {
    return { now, refused: 'Its own member does not answer: name a control plane whose member does.' };
  }
  const change = { isLearner: target.isLearner, isAlive: false };
  const why =
    noLeader(etcd) ??
    (takesPart(etcd, own)
      ? undefined
      : 'Its own member does not follow the leader: name a control plane whose does.') ??
    whyNotRemoved(quorum, change);
  if (why !== undefined) return { now, refused: withAstray(etcd, why) };
  const effects = [voteChangeWords(quorum, changedVotes(quorum, { kind: 'remove', ...change }))];
  effects.push(
    target.node === undefined
      ? `no machine of ${name} is known here, so nobody was asked whether it is alive.`
      : `the machine of ${name}, ${target.node}, is known: look whether it only is away for a while.`,
  );
  return { now, effects };
}
