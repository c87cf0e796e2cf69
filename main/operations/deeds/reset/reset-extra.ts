import { quorumLine, type EtcdView, type NodeRole } from '../../../../preload/contract/index.ts';
import { Failed } from '../../../lib/failed.ts';
import type { Machine } from '../../plans/machine.ts';
import type { ActTools, Fact, WorkAct } from '../../plans/plan.ts';
import { lookAtEtcd, memberOn } from '../etcd/look.ts';
import type { DeedTools } from '../kit/definition.ts';
import { lookUntil } from '../kit/look-until.ts';
import { readEach } from '../kit/read-each.ts';
import { NO_EXTRA, type DownExtra } from '../power/extra.ts';
import { readSituation } from '../power/situation.ts';
import type { Tracker } from '../power/tracker.ts';
import { etcdOfReset, type EtcdVerdict } from './etcd-of-reset.ts';
import { aroundReset } from './reset-kind.ts';
import { lostText, readReset, type ResetReading } from './read-reset.ts';
import { comesBack, isBare, type WantedReset } from './wanted-reset.ts';

/** Draining, leaving etcd and stopping; zeroes are not written. */
const ESTIMATE_MS = 6 * 60_000;
const SEVERAL = 'Paths of disks mean other disks on another machine: reset one machine at a time with user disks.';

/** What a reset adds to a machine that goes down: its disks and etcd as they are now, read again before it is asked. */
export async function resetExtra(wanted: WantedReset, tools: DeedTools): Promise<DownExtra> {
  const { machines, nodes } = tools;
  const roleOf = ({ node }: Machine): NodeRole => nodes().find(({ target }) => target === node)?.role ?? 'unknown';
  const isControlPlane = (machine: Machine): boolean => roleOf(machine) === 'controlplane';
  const [read, etcd] = await Promise.all([
    readAll(wanted, roleOf, tools),
    machines.some(isControlPlane) ? etcdNow(tools, tools.signal) : undefined,
  ]);
  const verdict = (machine: Machine): EtcdVerdict | undefined =>
    etcd !== undefined && isControlPlane(machine) ? etcdOfReset(machine.node, wanted, etcd) : undefined;
  const verdicts = machines.map((machine) => verdict(machine));
  const readingOf = ({ node }: Machine): ResetReading => read.get(node) ?? { loses: [], refused: ['It was not read.'] };
  return {
    ...NO_EXTRA,
    refusedOn: (machine) => {
      const one = verdict(machine);
      const why = [
        ...(machines.length > 1 && wanted.userDisks.length > 0 ? [SEVERAL] : []),
        ...(one !== undefined && 'refused' in one ? [one.refused] : []),
        ...readingOf(machine).refused,
      ];
      return why.length > 0 ? why.join(' ') : undefined;
    },
    effects: [
      ...aroundReset(wanted, machines.some(isControlPlane)),
      ...verdicts.flatMap((one) => (one !== undefined && 'effect' in one ? [one.effect] : [])),
      ...(comesBack(wanted) ? [] : ['Kubernetes goes on listing its node until somebody deletes it there.']),
    ],
    isTyped: true,
    loses: (machine) => readingOf(machine).loses,
    facts: (machine) => [
      sameDisks(machine, readingOf(machine), wanted, { tools, role: roleOf(machine) }),
      ...(isControlPlane(machine) ? [etcdAllows(machine, wanted, tools)] : []),
    ],
    estimateMs: ESTIMATE_MS,
    ...(!comesBack(wanted) &&
      wanted.reboot && {
        watch: (tracker: Tracker, acting: ActTools) => tracker.anew(acting, isBare(wanted)),
      }),
    after: (machine) =>
      wanted.graceful && isControlPlane(machine) && !comesBack(wanted) ? [looksAtEtcd(machine, tools)] : [],
  };
}

async function readAll(
  wanted: WantedReset,
  roleOf: (machine: Machine) => NodeRole,
  tools: DeedTools,
): Promise<ReadonlyMap<string, ResetReading>> {
  const { machines, signal } = tools;
  const read = await readEach<readonly [string, ResetReading]>(
    machines,
    tools,
    async (caller, machine) => {
      const { node } = machine;
      return [node, await readReset(wanted, roleOf(machine), { caller, node, signal })];
    },
    ({ node }, why) => [node, { loses: [], refused: [why] }],
  );
  return new Map(read);
}

const etcdNow = async ({ caller, clock, nodes }: DeedTools, signal: AbortSignal): Promise<EtcdView> =>
  (await readSituation({ caller, clock, nodes: nodes(), signal })).etcd;

/** Nothing else is wiped than what was shown. */
function sameDisks(
  { node, name }: Machine,
  reading: ResetReading,
  wanted: WantedReset,
  { tools, role }: { readonly tools: DeedTools; readonly role: NodeRole },
): Fact {
  const shown = lostText(reading);
  return {
    what: `${name} has the disks that were shown, with the same on them.`,
    machine: node,
    holds: async (signal) => {
      const now = await readReset(wanted, role, { caller: tools.caller(), node, signal });
      const [why] = now.refused;
      if (why !== undefined) throw new Failed({ code: 'conflict', message: `${name}: ${why}`, where: { node } });
      return lostText(now) === shown;
    },
  };
}

function etcdAllows({ node, name }: Machine, wanted: WantedReset, tools: DeedTools): Fact {
  return {
    what: `etcd goes on without ${name}.`,
    machine: node,
    holds: async (signal) => {
      const verdict = etcdOfReset(node, wanted, await etcdNow(tools, signal));
      if ('effect' in verdict) return true;
      throw new Failed({ code: 'conflict', message: `${name}: ${verdict.refused}`, where: { node } });
    },
  };
}

/** Says how etcd is without a member that left; that it cannot be seen is no failure of the reset. */
const looksAtEtcd = ({ node }: Machine, tools: DeedTools): WorkAct => ({
  kind: 'work',
  what: 'Looks at etcd',
  run: async ({ signal }) => {
    try {
      return await lookUntil(tools.clock, signal, async () => {
        const etcd = await lookAtEtcd(tools, signal);
        return { words: `etcd has ${quorumLine(etcd.quorum)}`, isWanted: memberOn(etcd, node) === undefined };
      });
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      return `How etcd is since then was not seen: ${error.failure.message}`;
    }
  },
});
