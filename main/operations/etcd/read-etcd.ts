import type { EtcdMemberView, NodeSummary } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import type { MethodReply } from '../../talos/method-types.ts';
import type { Caller } from '../clusters/caller.ts';
import { askNext } from '../clusters/control-planes/ask-next.ts';
import { listedMembers, memberReport, raisedAlarms, type ListedMember, type MemberReading } from './etcd-readings.ts';
import type { EtcdLook } from './etcd-view.ts';

/** A member that takes longer does not answer. */
const DEADLINE_MS = 4_000;
/** Control planes that are asked; no etcd has more members. */
const MOST_ASKED = 15;

/** What {@link readEtcd} asks. */
export interface EtcdQuestion {
  readonly connection: Caller;
  /** Control planes, those that are best asked first. */
  readonly nodes: readonly NodeSummary[];
  /** Members of the look before; they and their alarms stand in where nobody lists them now. */
  readonly known: readonly EtcdMemberView[];
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Looks at etcd: each control plane for its own member, and whichever answers first for the members and alarms. Throws Failed when
 * nobody tells anything, and what a cancelled call throws.
 */
export async function readEtcd({ connection, nodes, known, clock, signal }: EtcdQuestion): Promise<EtcdLook> {
  const asked = nodes.slice(0, MOST_ASKED);
  const readings = await Promise.all(asked.map((node) => readMember(node)));
  // Whoever spoke of a member of its own knows the others, too.
  const candidates = [...readings].sort((a, b) => Number(b.told !== undefined) - Number(a.told !== undefined));
  const question = { connection, candidates: candidates.map(({ node }) => node), signal };
  try {
    const members = await askNext({
      ...question,
      method: '/machine.MachineService/EtcdMemberList',
      ask: async (node) =>
        listedMembers((await connection.unary('/machine.MachineService/EtcdMemberList', LOCAL, options(node))).value),
    });
    const alarms = await askNext({
      ...question,
      method: '/machine.MachineService/EtcdAlarmList',
      ask: async (node) =>
        raisedAlarms((await connection.unary('/machine.MachineService/EtcdAlarmList', {}, options(node))).value),
    });
    return { members: members.value, readings, alarms: alarms.value, atMs: clock.now() };
  } catch (error) {
    signal.throwIfAborted();
    // Without a leader nobody lists the members, and each still tells of itself.
    const told = readings.filter((reading) => reading.told !== undefined);
    if (told.length === 0) throw error;
    const isPartial = known.length === 0;
    const own = new Map(told.map((reading) => [reading.told?.id, ownMember(reading)]));
    const members = isPartial ? [...own.values()] : known.map(listed);
    const alarms = new Map(known.map((member) => [member.id, member.alarms]));
    const failure = connection.explain(error, {});
    return { members, readings, alarms, atMs: clock.now(), failure, ...(isPartial && { isPartial: true as const }) };
  }

  function options(node: string | undefined) {
    return { ...(node !== undefined && { node }), deadlineMs: DEADLINE_MS, signal };
  }

  async function readMember(node: NodeSummary): Promise<MemberReading> {
    let reply: MethodReply<'/machine.MachineService/EtcdStatus'>;
    try {
      reply = (await connection.unary('/machine.MachineService/EtcdStatus', {}, options(node.target))).value;
    } catch (error) {
      signal.throwIfAborted();
      return { node, failure: connection.explain(error, { node: node.target }) };
    }
    const told = memberReport(reply, clock.now());
    return { node, ...(told && { told }) };
  }
}

/** Without what the member said: that is of the look before. */
const listed = ({ id, hostname, peerUrls, clientUrls, isLearner }: EtcdMemberView): ListedMember => ({
  ...{ id, hostname, peerUrls, clientUrls, isLearner },
});

function ownMember({ node, told }: MemberReading): ListedMember {
  const { hostname = node.target } = node;
  return { id: told?.id ?? '', hostname, peerUrls: [], clientUrls: [], isLearner: told?.isLearner ?? false };
}

/** The member answers from what it knows itself. */
const LOCAL = { query_local: true };
