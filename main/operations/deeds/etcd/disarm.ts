import { formatBytes } from '../../../../preload/contract/format/sizes.ts';
import { memberName } from '../../etcd/member-id.ts';
import { lookAtEtcd, ETCD_WITHIN_MS, memberOn, NO_MEMBER_HERE, type EtcdNow } from './look.ts';
import type { DeedDefinition } from '../kit/definition.ts';
import { lookUpByReading } from '../kit/look-up-by-reading.ts';
import { planDeed } from '../kit/plan-deed.ts';

/** `talosctl etcd alarm disarm` (docs/talos-behaviour.md §D2): all alarms of all members, by whichever machine. */
export const etcdDisarm: DeedDefinition = {
  id: 'etcd-disarm',
  title: 'Disarm the alarms of etcd',
  about: 'All alarms of all members are taken back; what raised them is not mended by that.',
  method: '/machine.MachineService/EtcdAlarmDisarm',
  params: [],
  syntax: { names: ['etcd alarm disarm'] },
  lookUp: lookUpByReading,
  plan: (params, tools) =>
    planDeed(
      etcdDisarm,
      params,
      {
        deed: (where) => `Disarm all alarms of etcd through ${where}`,
        past: (where) => `Disarmed all alarms of etcd through ${where}`,
        risk: 'interrupts',
        does: 'Every alarm of every member is taken back. What raised it is not mended by that.',
        ...(tools.machines.length > 1 && { refused: 'One machine disarms the alarms of all members: name one.' }),
        read: async ({ node, signal }) => {
          const etcd = await lookAtEtcd(tools, signal);
          const now = raised(etcd);
          if (memberOn(etcd, node) === undefined) return { now: 'no member of etcd', refused: NO_MEMBER_HERE };
          if (now === '') return { now: 'no alarm', isDone: true, refused: 'No member has raised an alarm.' };
          return { now, isDone: false, effects: reasons(etcd) };
        },
        work: {
          call: { method: '/machine.MachineService/EtcdAlarmDisarm', request: {}, deadlineMs: ETCD_WITHIN_MS },
          look: async (_machine, signal) => {
            const left = raised(await lookAtEtcd(tools, signal));
            return left === '' ? 'No alarm is left.' : `Raised again: ${left}.`;
          },
        },
      },
      tools,
    ),
};

/** `cp-2 has raised NOSPACE`. */
const raised = ({ members }: EtcdNow): string =>
  members
    .filter(({ alarms }) => alarms.length > 0)
    .map((member) => `${memberName(member)} has raised ${member.alarms.join(', ')}`)
    .join('; ');

function reasons({ members }: EtcdNow): readonly string[] {
  return members.flatMap((member) =>
    member.alarms.map((alarm) => {
      const name = memberName(member);
      if (alarm === 'CORRUPT') return `the data of ${name} differs from that of the others: replace that member.`;
      if (alarm !== 'NOSPACE' || member.report === undefined) return `${name} raised ${alarm}.`;
      const { dbBytes, dbInUseBytes } = member.report;
      const size = `${formatBytes(dbBytes)}, of which ${formatBytes(dbInUseBytes)} are in use`;
      return `the database of ${name} was full. It has ${size}; defragment it first, or the alarm comes back.`;
    }),
  );
}
