import { formatBytes } from '../../../../preload/contract/format/sizes.ts';
import { memberName } from '../../etcd/member-id.ts';
import { staleMark, type Finding, type AttentionRule, type Situation } from './situation.ts';

type Action = NonNullable<Finding['action']>;
type Member = Situation['etcd']['members'][number];

/** More than two looks. */
const OLD_MS = 12_000;

/**
 * A look that does not get at the list of members and alarms, as without a leader, still brings what each member says of itself: that
 * is old only when no look renews it.
 */
const about = ({ etcd, nowMs }: Situation) => {
  const seenAtMs = etcd.atMs ?? nowMs;
  return { seenAtMs, ...staleMark(etcd.status !== 'ready' && nowMs - seenAtMs > OLD_MS, seenAtMs, 'etcd') };
};

const showMembers = ({ nodes }: Situation) =>
  ({
    kind: 'run',
    label: 'See the members',
    command: 'etcd-status',
    nodes: nodes.filter(({ role }) => role === 'controlplane').map(({ node }) => node),
  }) as const;

/** What leads out of an etcd that does not go on hangs on every control plane: Recover looks at them, and recommends nothing while it may mend itself. */
const RECOVER: Action = { kind: 'open', label: 'Recover…', what: 'recovery' };

const ALARM_WORDS: Readonly<Record<string, string>> = {
  NOSPACE: 'Its database is full, and etcd refuses writes until space is freed (defragment) and the alarm is disarmed.',
  CORRUPT: 'Its data differs from that of the others: the member has to be replaced.',
};

/** The default quota of etcd is 2 GiB; what is larger refuses writes. */
const QUOTA_BYTES = 2 * 1024 ** 3;
const SIZE_WARNING = 0.75;
const SIZE_CRITICAL = 0.9;

/** What a member's machine is asked to do; of a member whose machine is not known there is only to be looked. */
const deedOn = (situation: Situation, { node }: Member, label: string, deed: string): Action =>
  node === undefined ? showMembers(situation) : { kind: 'deed', label, deed, nodes: [node] };

/** A full database is made smaller first; once it is, the alarm is disarmed. */
function againstAlarm(situation: Situation, member: Member, alarm: string): Action {
  if (alarm !== 'NOSPACE') return showMembers(situation);
  const hasRoom = member.report !== undefined && member.report.dbBytes < QUOTA_BYTES * SIZE_WARNING;
  return hasRoom
    ? deedOn(situation, member, 'Disarm the alarms…', 'etcd-disarm')
    : deedOn(situation, member, 'Defragment…', 'etcd-defragment');
}

/** Alarms that members have raised. */
export const etcdAlarmed: AttentionRule = (situation) =>
  situation.etcd.members.flatMap((member) =>
    member.alarms.map((alarm): Finding => ({
      id: `etcd-alarm ${member.id} ${alarm}`,
      kind: 'etcd-alarm',
      severity: 'critical',
      title: `etcd on ${memberName(member)} has raised ${alarm}`,
      detail: ALARM_WORDS[alarm] ?? 'Minos does not know this kind of alarm.',
      ...(member.node !== undefined && { node: member.node }),
      ...about(situation),
      ...staleMark(situation.etcd.status !== 'ready', situation.etcd.atMs ?? situation.nowMs, 'etcd'),
      action: againstAlarm(situation, member, alarm),
    })),
  );

/** No member knows a leader. */
export const etcdLeader: AttentionRule = (situation) => {
  const { members, leader } = situation.etcd;
  const telling = members.filter(({ report }) => report !== undefined);
  if (telling.length === 0 || leader !== undefined) return [];
  return [
    {
      id: 'etcd-leader',
      kind: 'etcd-leader',
      severity: 'critical',
      title: 'etcd has no leader',
      detail:
        'Too few members are there for a quorum, or one is being elected. Kubernetes cannot change anything meanwhile.',
      ...about(situation),
      action: RECOVER,
    },
  ];
};

/** Members that follow and do not vote yet. */
export const etcdLearners: AttentionRule = (situation) =>
  situation.etcd.members
    .filter(({ isLearner }) => isLearner)
    .map((member): Finding => ({
      id: `etcd-learner ${member.id}`,
      kind: 'etcd-learner',
      severity: 'notice',
      title: `etcd on ${memberName(member)} is a learner`,
      detail: 'It has no vote until it has caught up with the others. Take no control plane down meanwhile.',
      ...(member.node !== undefined && { node: member.node }),
      ...about(situation),
      action: showMembers(situation),
    }));

/** Defragmenting is worth its pause when less than this is in use, and it frees that much. */
const WORTH_SHARE = 0.5;
const WORTH_BYTES = 256 * 1024 ** 2;

/** Databases that are near the quota of etcd, or mostly empty. */
export const etcdSize: AttentionRule = (situation) =>
  situation.etcd.members.flatMap((member): readonly Finding[] => {
    const { report, node } = member;
    if (report === undefined) return [];
    const { dbBytes, dbInUseBytes } = report;
    const free = dbBytes - dbInUseBytes;
    const isLarge = dbBytes >= QUOTA_BYTES * SIZE_WARNING;
    if (!isLarge && (dbInUseBytes >= dbBytes * WORTH_SHARE || free < WORTH_BYTES)) return [];
    const size = `${formatBytes(dbBytes)}, of which ${formatBytes(dbInUseBytes)} are in use`;
    return [
      {
        id: `etcd-size ${member.id}`,
        kind: 'etcd-size',
        severity: dbBytes >= QUOTA_BYTES * SIZE_CRITICAL ? 'critical' : isLarge ? 'warning' : 'notice',
        title: isLarge
          ? `The database of etcd on ${memberName(member)} is near its limit`
          : `The database of etcd on ${memberName(member)} is mostly empty`,
        detail: `It has ${size}. etcd refuses writes above its quota, which is 2 GiB unless it was set otherwise. Defragment one member at a time, the leader last.`,
        ...(node !== undefined && { node }),
        ...about(situation),
        seenAtMs: report.atMs,
        action: deedOn(situation, member, 'Defragment…', 'etcd-defragment'),
      },
    ];
  });

/** How near etcd is to stopping. */
export const etcdQuorum: AttentionRule = (situation) => {
  const { quorum } = situation.etcd;
  if (quorum === undefined) return [];
  const { voters, alive, needed, mayLose } = quorum;
  const common = {
    id: 'etcd-quorum',
    kind: 'etcd-quorum',
    ...about(situation),
    action: showMembers(situation),
  } as const;
  if (mayLose < 0) {
    const detail = `${alive} of ${voters} voting members answer, and ${needed} are needed. Kubernetes cannot change anything.`;
    return [{ ...common, severity: 'critical', title: 'etcd has no quorum', detail, action: RECOVER }];
  }
  if (mayLose > 0 || voters === 1) return [];
  if (voters === 2) {
    const detail = 'etcd has 2 voting members and needs both: add a third, or go back to one.';
    return [{ ...common, severity: 'warning', title: 'etcd stops when either of its members fails', detail }];
  }
  const detail = `${alive} of ${voters} voting members answer, and ${needed} are needed: the next one that fails stops etcd.`;
  return [{ ...common, severity: 'critical', title: 'etcd may lose no further member', detail }];
};

/** Members that do not answer though their machine does, control planes without one, and members without a machine. */
export const etcdMembersAstray: AttentionRule = (situation) => {
  const { etcd, nodes } = situation;
  if (etcd.status !== 'ready') return [];
  const isReached = (name: string | undefined): boolean => {
    const node = nodes.find((one) => one.node === name);
    return node !== undefined && node.notReachedSinceMs === undefined && node.seenAtMs !== undefined && !node.isStale;
  };
  const [through] = nodes.filter(({ role, state }) => role === 'controlplane' && state === 'well');
  const titleOf = (name: string): string => nodes.find(({ node }) => node === name)?.hostname ?? name;
  const common = { kind: 'etcd-member', ...about(situation), action: showMembers(situation) } as const;
  const silent = etcd.members
    .filter(({ report, node }) => report === undefined && isReached(node))
    .map((member): Finding => ({
      ...common,
      id: `etcd-member ${member.id}`,
      severity: 'critical',
      title: `etcd on ${memberName(member)} does not answer`,
      detail: member.failure?.message ?? 'The machine answers, and its member does not.',
      ...(member.node !== undefined && { node: member.node }),
    }));
  const homeless = etcd.members
    .filter(({ node }) => node === undefined)
    .map((member): Finding => ({
      ...common,
      id: `etcd-member ${member.id}`,
      severity: 'warning',
      title: `etcd has a member without a machine: ${memberName(member)}`,
      detail: 'No control plane that is known runs it. It counts for the quorum until it is removed.',
      ...(through !== undefined && {
        action: {
          kind: 'deed',
          label: 'Remove the member…',
          deed: 'etcd-remove-member',
          nodes: [through.node],
          params: { member: member.id },
        },
      }),
    }));
  const missing = etcd.missing.filter(isReached).map((node): Finding => ({
    ...common,
    id: `etcd-missing ${node}`,
    severity: 'warning',
    title: `${titleOf(node)} is no member of etcd`,
    detail: 'It is a control plane, and etcd does not list it: it left, was removed, or has not joined yet.',
    node,
  }));
  return [...silent, ...homeless, ...missing];
};
