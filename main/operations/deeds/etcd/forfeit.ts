import type { DeedDefinition } from '../kit/definition.ts';
import { lookUntil } from '../kit/look-until.ts';
import { lookUpByReading } from '../kit/look-up-by-reading.ts';
import { planDeed, type MachineReading } from '../kit/plan-deed.ts';
import { memberName } from '../../etcd/member-id.ts';
import { ETCD_WITHIN_MS, lookAtEtcd, memberOn, NO_MEMBER_HERE, type EtcdNow } from './look.ts';

/** `talosctl etcd forfeit-leadership` (docs/talos-behaviour.md §D6): to the first other member of the list. */
export const etcdForfeit: DeedDefinition = {
  id: 'etcd-forfeit',
  title: 'Hand over the leadership of etcd',
  about: 'The member that leads hands over to another one, without a pause that anybody notices.',
  method: '/machine.MachineService/EtcdForfeitLeadership',
  params: [],
  syntax: { names: ['etcd forfeit-leadership'] },
  lookUp: lookUpByReading,
  plan: (params, tools) =>
    planDeed(
      etcdForfeit,
      params,
      {
        deed: (where) => `Hand over the leadership of etcd from ${where}`,
        past: (where) => `Handed over the leadership of etcd from ${where}`,
        risk: 'interrupts',
        does: 'Another member leads etcd from then on.',
        ...(tools.machines.length > 1 && { refused: 'One member leads: name its machine alone.' }),
        read: async ({ node, signal }) => judged(await lookAtEtcd(tools, signal), node),
        work: {
          call: { method: '/machine.MachineService/EtcdForfeitLeadership', request: {}, deadlineMs: ETCD_WITHIN_MS },
          look: ({ node }, signal) =>
            lookUntil(tools.clock, signal, async () => {
              const leader = (await lookAtEtcd(tools, signal)).members.find(({ isLeader }) => isLeader);
              if (leader === undefined) return { words: 'No leader is known yet', isWanted: false };
              return { words: `${memberName(leader)} leads`, isWanted: leader.node !== node };
            }),
        },
      },
      tools,
    ),
};

function judged(etcd: EtcdNow, node: string): MachineReading {
  const member = memberOn(etcd, node);
  if (member === undefined) return { now: 'no member of etcd', refused: NO_MEMBER_HERE };
  if (!member.isLeader)
    return { now: 'follows in etcd', isDone: true, refused: 'It does not lead etcd, so nothing would change.' };
  // Talos takes the first other one, whatever it is.
  const next = etcd.members.find(({ id }) => id !== member.id);
  if (next === undefined) return { now: 'the only member', refused: 'It is the only member: nobody could take over.' };
  const name = memberName(next);
  const now = `leads etcd; ${name} would take over`;
  if (next.isLearner) return { now, refused: `${name} would take over, which is a learner and cannot lead.` };
  if (next.report === undefined) return { now, refused: `${name} would take over, which does not answer.` };
  return { now, isDone: false };
}
