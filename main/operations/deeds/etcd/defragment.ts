import { formatBytes } from '../../../../preload/contract/format/sizes.ts';
import type { MethodReply } from '../../../talos/method-types.ts';
import { talosctlLine } from '../../commands/kit/talosctl-line.ts';
import type { CameOf, DeedDefinition, DeedTools, LookUp } from '../kit/definition.ts';
import { planDeed, type MachineReading } from '../kit/plan-deed.ts';
import { lookAtEtcd, memberOn, noLeader, notCounted, NO_MEMBER_HERE, silentHere } from './look.ts';

/** A database of 8 GiB on a slow disk. */
const DEFRAGMENT_WITHIN_MS = 600_000;
const LOOK_WITHIN_MS = 10_000;

/** `talosctl etcd defrag` (docs/talos-behaviour.md §D3): one member after another, the leader last. */
export const etcdDefragment: DeedDefinition = {
  id: 'etcd-defragment',
  title: 'Defragment etcd',
  about: 'The member writes its database file anew without what is free in it, and answers nothing meanwhile.',
  method: '/machine.MachineService/EtcdDefragment',
  params: [],
  syntax: { names: ['etcd defrag'] },
  lookUp: (tools) => defragmentLookUp(tools),
  plan: async (params, given) => {
    const tools = await leaderLast(given);
    /** Of each machine right before it is asked. */
    const before = new Map<string, number>();
    const planned = await planDeed(
      etcdDefragment,
      params,
      {
        deed: (where) => `Defragment etcd on ${where}`,
        past: (where) => `Defragmented etcd on ${where}`,
        risk: 'interrupts',
        does: 'The member answers nothing while it writes its database anew, some seconds for each gigabyte.',
        read: ({ node, signal }) => readMachine(tools, before, node, signal),
        work: {
          call: {
            method: '/machine.MachineService/EtcdDefragment',
            request: {},
            deadlineMs: DEFRAGMENT_WITHIN_MS,
          },
          look: async ({ node }, signal) => {
            const options = { node, deadlineMs: LOOK_WITHIN_MS, signal };
            const { value } = await tools.caller().unary('/machine.MachineService/EtcdStatus', {}, options);
            const was = before.get(node);
            return `Its database has ${formatBytes(sizeOf(value))} now${was === undefined ? '' : `, and had ${formatBytes(was)} before`}.`;
          },
        },
      },
      tools,
    );
    // talosctl takes one machine at a time.
    const lines = tools.machines.map(({ node }) => talosctlLine(tools.caller(), [node], ['etcd', 'defrag']));
    const talosctl = lines.join(' && ');
    const { plan, preview } = planned;
    return {
      preview: { ...preview, talosctl },
      ...(plan && { plan: { ...plan, head: { ...plan.head, talosctl } } }),
    };
  },
};

const sizeOf = (reply: MethodReply<'/machine.MachineService/EtcdStatus'>): number =>
  Number(reply.messages[0]?.member_status?.db_size ?? 0);

/** A database that was written anew has next to nothing free in it. */
const MUCH_FREE = 0.25;

/** Looks up whether a member wrote its database anew: it has become smaller then, and has nothing free. */
const defragmentLookUp: LookUp = async ({ caller, node, before, another, sinceMs, signal }) => {
  if (another !== undefined) return { kind: 'unknown', text: another };
  const options = { node, deadlineMs: LOOK_WITHIN_MS, signal };
  const { value } = await caller.unary('/machine.MachineService/EtcdStatus', {}, options);
  const inUse = Number(value.messages[0]?.member_status?.db_size_in_use ?? 0);
  return defragmentCame({ was: Number(before.trace ?? Number.NaN), now: sizeOf(value), inUse }, sinceMs);
};

/** What the sizes of a database say, in bytes; zero is none that was told, NaN one that was not kept. Pure. */
export function defragmentCame(
  { was, now, inUse }: { readonly was: number; readonly now: number; readonly inUse: number },
  sinceMs: number,
): CameOf {
  if (now <= 0) return { kind: 'goes-on', text: 'Its member of etcd does not tell how large its database is.' };
  const reads = `Its database has ${formatBytes(now)}, of which ${formatBytes(inUse)} are in use`;
  if (Number.isNaN(was)) return { kind: 'unknown', text: `${reads}; how large it was before was not kept.` };
  if (now < was) return { kind: 'done', text: `${reads}, and had ${formatBytes(was)} before.` };
  // One that was written anew may have grown beyond its size of before by now.
  if (now > was && sinceMs >= DEFRAGMENT_WITHIN_MS)
    return { kind: 'unknown', text: `${reads}, and had ${formatBytes(was)} before: it has grown since then.` };
  if (now - inUse < now * MUCH_FREE)
    return { kind: 'unknown', text: `${reads}: it is no smaller than before, and had little to free.` };
  if (sinceMs < DEFRAGMENT_WITHIN_MS) return { kind: 'goes-on', text: `${reads}. It may still be under way.` };
  return { kind: 'not-done', text: `${reads}, so it was not written anew.` };
}

/** The same machines, the one that leads at the end. Whoever does not answer is told of when it is read. */
async function leaderLast(tools: DeedTools): Promise<DeedTools> {
  if (tools.machines.length === 1) return tools;
  const leader = await lookAtEtcd(tools, tools.signal).then(
    ({ members }) => members.find(({ isLeader }) => isLeader)?.node,
    () => undefined,
  );
  const sorted = [...tools.machines].sort((a, b) => Number(a.node === leader) - Number(b.node === leader));
  const [first, ...others] = sorted;
  return first === undefined ? tools : { ...tools, machines: [first, ...others] };
}

async function readMachine(
  tools: DeedTools,
  before: Map<string, number>,
  node: string,
  signal: AbortSignal,
): Promise<MachineReading> {
  const etcd = await lookAtEtcd(tools, signal);
  const member = memberOn(etcd, node);
  if (member === undefined) return { now: 'no member of etcd', refused: NO_MEMBER_HERE };
  if (member.report === undefined) return { now: 'does not answer', refused: silentHere(member) };
  const role = member.isLeader ? 'leads etcd' : member.isLearner ? 'a learner of etcd' : 'follows in etcd';
  const pause = !member.isLearner && etcd.quorum.mayLose < 1;
  const now = pause ? `${role}, which has no member to spare` : role;
  const leaderless = noLeader(etcd);
  if (leaderless !== undefined) return { now, refused: leaderless };
  const away = notCounted(etcd);
  if (away.length > 0 && tools.machines.length > 1) {
    return { now, refused: `${away.join(', ')}: defragment no more than one member then.` };
  }
  const { dbBytes, dbInUseBytes } = member.report;
  before.set(node, dbBytes);
  return {
    now,
    // Only the size before is of use after a restart: a database grows by itself.
    trace: String(dbBytes),
    effects: [
      `its database has ${formatBytes(dbBytes)}, of which ${formatBytes(dbInUseBytes)} are in use.`,
      ...(pause ? ['etcd has no member to spare: Kubernetes can change nothing until this one answers again.'] : []),
    ],
  };
}
