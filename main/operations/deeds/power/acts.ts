import type { NodeSummary } from '../../../../preload/contract/index.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { Caller } from '../../clusters/caller.ts';
import type { Machine } from '../../plans/machine.ts';
import type { CallAct, DeedAct, WorkAct } from '../../plans/plan.ts';
import type { DrainChoice, Drains } from '../drain/drains.ts';
import { READ_WITHIN_MS } from '../kit/read-within.ts';
import { drainAct, releaseAct } from './draining.ts';
import { BACK_MS, STOPS_MS, WELL_MS } from './estimates.ts';
import type { DownExtra } from './extra.ts';
import { gate } from './gate.ts';
import type { PowerKind } from './kinds.ts';
import type { MachineLook } from './machine-look.ts';
import { Tracker } from './tracker.ts';

/** What the acts of a machine that goes down are made of. */
export interface PowerActsOptions {
  readonly kind: PowerKind;
  readonly extra: DownExtra;
  readonly machine: Machine;
  readonly isControlPlane: boolean;
  /** Of the plan. */
  readonly before: MachineLook;
  readonly caller: () => Caller;
  readonly clock: Clock;
  readonly nodes: () => readonly NodeSummary[];
  /** Kubernetes empties it first, and gets it back. */
  readonly draining: { readonly drains: () => Drains; readonly choice: DrainChoice } | undefined;
}

/** What is done on a machine that goes down: leadership handed over, asked once, watched until it is over, and the cluster well again. */
export function powerActs(options: PowerActsOptions): readonly DeedAct[] {
  const { kind, extra, machine, isControlPlane, before, caller, clock, nodes, draining } = options;
  const tracker = new Tracker({
    ...{ machine, caller, clock, before },
    ...{ versionAfter: extra.versionAfter?.(machine), versionRule: extra.versionRule?.(machine) },
    isReset: kind.isDestroying === true,
  });
  const asks: CallAct = {
    kind: 'call',
    what: `${kind.verb}: asks for it`,
    call: () => {
      const answered = (actor: string): void => tracker.answered(actor);
      const usual = kind.call(answered);
      return extra.call?.(machine, usual, answered) ?? usual;
    },
    isLookedUp: true,
  };
  const watches: WorkAct = {
    kind: 'work',
    what: kind.waits ?? (kind.comesBack ? 'Waits until it is back' : 'Waits until it stops'),
    expectMs: kind.comesBack ? BACK_MS : (extra.estimateMs ?? STOPS_MS),
    run: (tools) => extra.watch?.(tracker, tools) ?? (kind.comesBack ? tracker.back(tools) : tracker.down(tools)),
  };
  const gates: WorkAct = {
    kind: 'work',
    what: 'Waits until the cluster is well',
    expectMs: WELL_MS,
    run: (tools) =>
      gate({ machine, caller, clock, nodes, wasKubernetesReady: before.isKubernetesReady === true }, tools),
  };
  return [
    ...extra.before(machine),
    ...(draining === undefined ? [] : [drainAct(machine, draining.drains, draining.choice)]),
    ...(isControlPlane && kind.keepsLeadership !== true ? handOver(machine, caller) : []),
    { kind: 'work', what: 'Listens to its events', run: (tools) => tracker.begin(tools) },
    asks,
    watches,
    { kind: 'work', what: '', isAlways: true, run: () => tracker.end() },
    ...(kind.comesBack ? [gates] : []),
    ...(draining === undefined ? [] : [releaseAct(machine, draining.drains)]),
    ...extra.after(machine),
  ];
}

/** The leader of etcd hands over first: without that the others would have to notice that it is gone. */
function handOver(machine: Machine, caller: () => Caller): readonly DeedAct[] {
  const { node } = machine;
  let isLeader = false;
  return [
    {
      kind: 'work',
      what: 'Looks who leads etcd',
      run: async ({ signal }) => {
        const call = { node, deadlineMs: READ_WITHIN_MS, signal };
        const { value } = await caller().unary('/machine.MachineService/EtcdStatus', {}, call);
        const status = value.messages[0]?.member_status;
        isLeader = status !== null && status !== undefined && status.leader === status.member_id;
        return undefined;
      },
    },
    {
      kind: 'call',
      what: 'Hands over the leadership of etcd',
      prepares: true,
      call: () =>
        isLeader
          ? { method: '/machine.MachineService/EtcdForfeitLeadership', request: {}, deadlineMs: READ_WITHIN_MS }
          : undefined,
    },
  ];
}
