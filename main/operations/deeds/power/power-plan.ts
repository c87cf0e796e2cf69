import { takesPart, type NodeSummary, type PlannedMachine } from '../../../../preload/contract/index.ts';
import { Failed } from '../../../lib/failed.ts';
import { talosctlLine } from '../../commands/kit/talosctl-line.ts';
import type { Lane } from '../../plans/conduct.ts';
import type { Machine } from '../../plans/machine.ts';
import type { Fact, SteppedDeed } from '../../plans/plan.ts';
import type { DeedTools, PlannedDeed } from '../kit/definition.ts';
import { clusterName } from '../kit/cluster-name.ts';
import { lostSentences } from '../kit/lost-words.ts';
import type { Drains } from '../drain/drains.ts';
import { powerActs } from './acts.ts';
import { planDrains, type DrainPlan } from './draining.ts';
import { BACK_MS, WELL_MS } from './estimates.ts';
import { NO_EXTRA, type DownExtra } from './extra.ts';
import { powerKind, type PowerKind, type PowerWish } from './kinds.ts';
import { beforeDown } from './look-up.ts';
import { isAnotherBoot, lookAt, whyAnother, type MachineLook } from './machine-look.ts';
import { lanesOf } from './order.ts';
import { readForDown, type ReadMachine } from './read-machines.ts';
import { powerRisks } from './risks.ts';
import { againstDown, readSituation, type PowerSituation } from './situation.ts';

/** So long a machine takes, about, until it is back and the cluster is well. */
const ESTIMATE_MS = BACK_MS + WELL_MS;

/**
 * Plans to take machines down, in an order that keeps the cluster alive, from how they and etcd are now. Throws Failed when the cluster
 * cannot be dialled; a machine that does not answer is refused.
 */
export async function planPower(wish: PowerWish, tools: DeedTools, extra: DownExtra = NO_EXTRA): Promise<PlannedDeed> {
  const { caller, clock, nodes, place, signal } = tools;
  const kind = powerKind(wish);
  const roleOf = ({ node }: Machine) => nodes().find(({ target }) => target === node)?.role ?? 'unknown';
  const isControlPlane = (machine: Machine): boolean => roleOf(machine) === 'controlplane';
  const areTooMany =
    (!kind.comesBack || kind.isDestroying === true) && tools.machines.filter(isControlPlane).length > 1;
  const { read, situation } = await readForDown(
    tools,
    isControlPlane,
    ({ machine, look, refused }, known) =>
      refused ??
      whyNot(machine, { look, kind }, known, roleOf(machine)) ??
      (areTooMany ? oneOff(machine, kind) : undefined),
  );
  const leader = situation?.etcd.members.find(({ isLeader }) => isLeader)?.node;
  const namesOf = (machine: Machine): readonly string[] => {
    const known = nodes().find(({ target }) => target === machine.node);
    return [machine.node, ...(known?.hostname === undefined ? [] : [known.hostname]), ...(known?.addresses ?? [])];
  };
  const risks = powerRisks({ ...tools, kind, pool: tools.pool(), namesOf, nodes: nodes(), roleOf, read });
  const lanes = lanesOf({
    machines: read.map(({ machine }) => machine),
    roleOf,
    isLeader: ({ node }) => node === leader,
    isEndpoint: (machine) => risks.isEndpoint(machine),
    workersAtOnce: atOnceOf(wish),
    workersFirst: kind.isDestroying === true,
  });
  const ordered = lanes.flatMap(({ machines }) => machines);
  const line = (): string =>
    talosctlLine(
      caller(),
      ordered.map(({ node }) => node),
      kind.talosctl,
    );
  const talosctl = extra.talosctl ?? line();
  const [first, ...others] = ordered;
  const where = others.length === 0 ? (first?.name ?? '') : `${ordered.length} machines`;
  const refusedBy = (machine: Machine): string | undefined => extra.refusedOn(machine);
  const isForbidden = read.some(({ isUnread }) => isUnread === true);
  const isToBeDrained = (machine: Machine): boolean => extra.isDrained(machine) && refusedBy(machine) === undefined;
  const drained = isForbidden ? [] : ordered.filter(isToBeDrained);
  const draining = await drainingOf(wish, drained, tools);
  /** What is off stays off: another one would have to go while this one is not well. */
  const staysOff = kind.comesBack && kind.isDestroying !== true ? undefined : ordered.find(isControlPlane);
  const planned = ordered.map((machine): PlannedMachine => {
    const { look, refused, isUnread } = read.find((one) => one.machine === machine) ?? {};
    const why =
      refused ??
      (isUnread === true ? undefined : whyNot(machine, { look, kind }, situation, roleOf(machine))) ??
      (staysOff !== undefined && machine !== staysOff && isControlPlane(machine)
        ? oneOff(staysOff, kind)
        : undefined) ??
      refusedBy(machine) ??
      draining?.refused.get(machine.node);
    const role = roleOf(machine) === 'controlplane' ? 'control plane' : roleOf(machine);
    const parts = [role, ...(isUnread === true ? ['not read'] : wordsOf(look))];
    const now = [...parts, ...(machine.node === leader ? ['leads etcd'] : [])].join(', ');
    return { node: machine.node, name: machine.name, now, ...(why !== undefined && { refused: why }) };
  });
  const refused = whyNever(lanes, tools, extra.estimateMs ?? ESTIMATE_MS);
  const loses = ordered.map((machine) => ({ machine, things: extra.loses?.(machine) ?? [] }));
  const preview: PlannedDeed['preview'] = {
    deed: `${kind.verb} ${where}`,
    machines: planned,
    talosctl,
    atMs: clock.now(),
    ...(loses.some(({ things }) => things.length > 0) && {
      loses: loses.flatMap(({ machine: { node }, things }) => things.map((thing) => ({ node, ...thing }))),
    }),
    ...(refused !== undefined && { refused }),
  };
  if (first === undefined || refused !== undefined || planned.some((one) => one.refused !== undefined))
    return { preview };
  const { cluster, ...head } = place;
  const effects = [
    ...(kind.isDestroying === true ? [] : etcdEffects(situation, ordered.filter(isControlPlane), kind)),
    kind.effect,
    ...bootingEffects(read),
    ...extra.effects,
    ...risks.effects,
    ...(draining?.effects ?? []),
    ...(others.length === 0 ? [] : [orderEffect(lanes.at(-1)?.atOnce ?? 1, ordered.some(isControlPlane), kind)]),
  ];
  const lookOf = (machine: Machine): MachineLook => {
    const look = read.find((one) => one.machine.node === machine.node)?.look;
    if (look === undefined) throw new Failed({ code: 'internal', message: 'A machine was planned that was not read.' });
    return look;
  };
  const afterOf = (machine: Machine) => {
    const [versionAfter, versionRule] = [extra.versionAfter?.(machine), extra.versionRule?.(machine)];
    const settlesMs = extra.settlesMs?.(machine);
    return {
      ...{ ...(versionAfter !== undefined && { versionAfter }), ...(versionRule !== undefined && { versionRule }) },
      ...(settlesMs !== undefined && { settlesMs }),
    };
  };
  const isTyped = risks.isTyped || extra.isTyped || draining?.loses === true;
  const typed = isTyped ? await clusterName(caller(), first.node, place.context, signal) : undefined;
  /** Of the deed, once it drains something. */
  let drains: Drains | undefined;
  const plan: SteppedDeed = {
    kind: 'deed',
    risk: kind.isDestroying === true ? 'destroys' : 'interrupts',
    what: `${kind.past} ${where}`,
    head: { ...head, deed: preview.deed, talosctl },
    cluster,
    effects,
    machines: [first, ...others],
    lanes,
    before: new Map(ordered.map((machine) => [machine.node, beforeDown(lookOf(machine), afterOf(machine))])),
    facts: ordered.flatMap((machine) => [
      ...factsOf(machine, lookOf(machine), isControlPlane(machine), tools),
      ...(extra.facts?.(machine) ?? []),
    ]),
    question: {
      title: `${preview.deed}?`,
      facts: [`Cluster: ${place.context}, of ${place.file}.`, ...lostSentences(loses), ...effects],
      names: {
        label: 'Machines, in this order',
        items: ordered.map(({ name, node }) => (name === node ? name : `${name} (${node})`)),
      },
      deed: preview.deed,
      isDestructive: true,
      ...(typed !== undefined && { typed }),
    },
    caller,
    whyWait: tools.whyWait,
    ...(draining && { leaving: draining.forecasts }),
    hold: (run) => {
      const letGo = tools.hold(run);
      return () => {
        letGo();
        drains?.close();
        // One that failed before a machine was asked may be applied again.
        drains = undefined;
      };
    },
    acts: (machine) =>
      powerActs({
        ...{ kind, extra, machine, caller, clock, nodes },
        isControlPlane: isControlPlane(machine),
        before: lookOf(machine),
        draining:
          drained.includes(machine) && draining
            ? { drains: () => (drains ??= tools.drains()), choice: draining.choice }
            : undefined,
      }),
  };
  return { plan, preview };
}

/** What draining means, where it is wished; the connection for it ends with the look. */
async function drainingOf(
  wish: PowerWish,
  machines: readonly Machine[],
  tools: DeedTools,
): Promise<DrainPlan | undefined> {
  if (!('drains' in wish) || !wish.drains || machines.length === 0) return undefined;
  const drains = tools.drains();
  try {
    return await planDrains(machines, drains, tools.signal);
  } finally {
    drains.close();
  }
}

const atOnceOf = (wish: PowerWish): number => ('workersAtOnce' in wish ? wish.workersAtOnce : 1);

/** Why nothing can be done, on whichever machine: the certificate must outlast it twice. */
function whyNever(lanes: readonly Lane[], { certificateEndsMs, clock }: DeedTools, eachMs: number): string | undefined {
  if (certificateEndsMs === undefined) return undefined;
  const turns = lanes.reduce((sum, { machines, atOnce }) => sum + Math.ceil(machines.length / atOnce), 0);
  const estimateMs = 2 * eachMs * turns;
  if (certificateEndsMs - clock.now() > estimateMs) return undefined;
  return `The certificate of this context ends too soon: this may take ${Math.round(estimateMs / 60_000)} minutes. Renew it first.`;
}

const oneOff = ({ name }: Machine, { isDestroying }: PowerKind): string =>
  isDestroying === true
    ? `Not together with ${name}: one control plane at a time, and look at etcd in between.`
    : `It may not go down once ${name} is off: one control plane at a time.`;

/** Talos gives up a boot for a reset, and for a machine that does not get through its boot that may be the way out. */
const mayBe = (stage: string, { isDestroying }: PowerKind): boolean =>
  stage === 'running' || (stage === 'booting' && isDestroying === true);

/** What it means for machines that have not started yet; nothing where all have. */
function bootingEffects(read: readonly ReadMachine[]): readonly string[] {
  const names = read.flatMap(({ machine, look }) => (look?.stage === 'booting' ? [machine.name] : []));
  if (names.length === 0) return [];
  return [
    `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} still booting, and Talos gives that up for this. What does not run yet is not stopped or drained in good order. If it only takes long, wait instead, and look at its log.`,
  ];
}

/** Why it cannot be done on a machine. */
function whyNot(
  machine: Machine,
  { look, kind }: { readonly look: MachineLook | undefined; readonly kind: PowerKind },
  situation: PowerSituation | undefined,
  role: NodeSummary['role'],
): string | undefined {
  if (look === undefined) return 'It was not read.';
  if (!mayBe(look.stage, kind)) return `It is ${look.stage}: something else is being done on it.`;
  if (role === 'unknown') return 'It is not known whether it is a control plane.';
  if (role !== 'controlplane' || situation === undefined) return undefined;
  const reasons = againstDown(machine.node, situation);
  if (reasons.length === 0) return undefined;
  return `It may not go down now: ${reasons.join(' ')}`;
}

function wordsOf(look: MachineLook | undefined): readonly string[] {
  if (look === undefined) return [];
  return [look.isReady ? look.stage : `${look.stage}, not ready`, look.version].filter((word) => word !== '');
}

/** What must still be so before the question, and before the machine is asked. */
function factsOf(machine: Machine, before: MachineLook, isControlPlane: boolean, tools: DeedTools): readonly Fact[] {
  const { caller, clock, nodes } = tools;
  const { node, name } = machine;
  const same: Fact = {
    what: `${name} is the machine that was planned, runs Talos ${before.version}, and has not started anew.`,
    machine: node,
    holds: async (signal) => {
      const now = await lookAt(caller(), { node, signal });
      const why = whyAnother(before, now);
      if (why !== undefined) throw new Failed({ code: 'conflict', message: why, where: { node } });
      return now.stage === before.stage && now.version === before.version && !isAnotherBoot(before.boot, now.boot);
    },
  };
  if (!isControlPlane) return [same];
  const mayGoDown: Fact = {
    what: `${name} may go down without harm to etcd.`,
    machine: node,
    holds: async (signal) => {
      const against = againstDown(node, await readSituation({ caller, clock, nodes: nodes(), signal }));
      if (against.length === 0) return true;
      throw new Failed({
        code: 'conflict',
        message: `${name} may not go down now: ${against.join(' ')}`,
        where: { node },
      });
    },
  };
  return [same, mayGoDown];
}

function etcdEffects(
  situation: PowerSituation | undefined,
  controlPlanes: readonly Machine[],
  kind: PowerKind,
): readonly string[] {
  const { etcd } = situation ?? {};
  if (etcd?.quorum === undefined || controlPlanes.length === 0) return [];
  const { alive, voters, needed } = etcd.quorum;
  const isCounted = etcd.members.some(
    (member) =>
      !member.isLearner && takesPart(etcd, member) && controlPlanes.some((machine) => machine.node === member.node),
  );
  const away = kind.comesBack ? 'while one is away' : 'from then on';
  const left = alive - (isCounted ? 1 : 0);
  return [`etcd: ${alive} of ${voters} members answer now, ${left} ${away}, and ${needed} are needed.`];
}

function orderEffect(atOnce: number, hasControlPlanes: boolean, { comesBack, isDestroying }: PowerKind): string {
  if (isDestroying === true)
    return 'One machine after another, workers first and the control plane last. One that fails ends it.';
  const workers =
    atOnce === 1 ? 'One machine after another' : `Control planes one by one, then up to ${atOnce} workers at a time`;
  const leader = hasControlPlanes ? ', the leader of etcd last' : '';
  const gate = comesBack ? '; the next one when the one before is back and the cluster is well' : '';
  return `${workers}${leader}${gate}. One that fails ends it.`;
}
