import type { RunNote } from '../../../../preload/contract/index.ts';
import { memberIdText } from '../../etcd/member-id.ts';
import { unaryCommand } from '../kit/unary-command.ts';

/** What an alarm means until somebody disarms it. */
const MEANS: Readonly<Record<string, string>> = {
  NOSPACE: 'its database is full, and etcd refuses writes until space is freed and the alarm is disarmed.',
  CORRUPT: 'its data differs from that of the others: the member has to be replaced.',
};

/** `talosctl etcd alarm list` (docs/talos-behaviour.md §6.1). Each node answers for the whole cluster. */
export const etcdAlarms = unaryCommand({
  id: 'etcd-alarms',
  title: 'Etcd alarms',
  about: 'Alarms that members of etcd have raised: no space, or corrupt data.',
  method: '/machine.MachineService/EtcdAlarmList',
  syntax: { names: ['etcd alarm list'] },
  params: [],
  columns: [
    { id: 'member', title: 'MEMBER', kind: 'text' },
    { id: 'alarm', title: 'ALARM', kind: 'state' },
  ],
  request: () => ({}),
  rows: (reply) =>
    reply.messages
      .flatMap((message) => message.member_alarms)
      .map(({ member_id: id, alarm }) => [memberIdText(id), alarm]),
  conclude: (answers): readonly RunNote[] => {
    if (answers.size === 0) return [];
    const alarms = new Map(
      [...answers.values()]
        .flat()
        .map(([member, alarm]) => [`${String(member)} ${String(alarm)}`, [String(member), String(alarm)] as const]),
    );
    if (alarms.size === 0) return [{ severity: 'info', message: 'No member of etcd has raised an alarm.' }];
    return [...alarms.values()].slice(0, MAX_NOTES).map(([member, alarm]) => ({
      severity: 'warning',
      message: `Member ${member.slice(0, 32)} has raised ${alarm.slice(0, 32)}: ${MEANS[alarm] ?? 'a kind of alarm that Minos does not know.'}`,
    }));
  },
});

/** An etcd has few members; more alarms than this are not told one by one. */
const MAX_NOTES = 8;
