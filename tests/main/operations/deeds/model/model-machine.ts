import type { FakeClock } from '../../../../fakes/fake-clock.ts';
import type { NodeSummary } from '../../../../../preload/contract/index.ts';

/** What happens to the call that takes a machine down, and to the machine after it. */
export type Fate =
  | 'well'
  /** It does it, and the answer is lost. */
  | 'lost-and-done'
  /** It does not do it, and the answer is lost. */
  | 'lost'
  | 'refused'
  | 'never-back'
  /** Of a rollback: the one it had. Of a reset that wipes what it is: as it was, with nothing wiped. */
  | 'another-version'
  /** Of a reset: somebody installs it anew at once. */
  | 'another-identity';

export interface ModelMachine {
  readonly summary: NodeSummary;
  fate: Fate;
  isAway: boolean;
  /** It answers and does not know the cluster, as in maintenance mode. */
  isUntrusted: boolean;
  boots: number;
  version: string;
  identity: number;
  /** How often what a reset names was wiped. */
  wipes: number;
  /** Its member left etcd. */
  hasLeft: boolean;
  /** Who listens to its events. */
  readonly listeners: Set<(task: string | undefined) => void>;
}

/** What a machine is asked for, as far as it matters here. */
export interface Asked {
  readonly name: string;
  readonly graceful?: boolean;
  readonly reboot?: boolean;
  readonly system_partitions_to_wipe?: readonly { readonly label: string }[];
}

export const VERSION = 'v1.13.9';
/** In the other boot slot. */
export const VERSION_BEFORE = 'v1.12.9';

const DOWN_AFTER_MS = 3_000;
const BOOT_MS = 20_000;

export function modelMachine(role: 'controlplane' | 'worker', at: number): ModelMachine {
  const name = role === 'worker' ? `worker-${at}` : `cp-${at}`;
  const target = role === 'worker' ? `10.0.1.${at}` : `10.0.0.${at}`;
  return {
    summary: { target, hostname: name, addresses: [target], role, sources: ['discovered'] },
    ...{ fate: 'well', isAway: false, isUntrusted: false, boots: 1, version: VERSION, identity: 1 },
    ...{ wipes: 0, hasLeft: false, listeners: new Set() },
  };
}

/** A machine does what it was asked for, some moments later. `onAway`: it is not reached any more. */
export function goesDown(machine: ModelMachine, asked: Asked, clock: FakeClock, onAway: () => void): void {
  const { fate } = machine;
  const labels = asked.system_partitions_to_wipe?.map(({ label }) => label) ?? [];
  const isReset = asked.name === 'Reset';
  const isBare = isReset && labels.length === 0;
  const forgets = isBare || labels.includes('STATE');
  if (isReset && asked.graceful === true) machine.hasLeft = true;
  clock.after(DOWN_AFTER_MS, () => {
    for (const tell of machine.listeners) tell('stopAllServices');
    machine.isAway = true;
    for (const tell of machine.listeners) tell(undefined);
    onAway();
    const isSpared = forgets && asked.reboot === true && fate === 'another-version';
    if (isReset && !isSpared) machine.wipes += 1;
    if (fate === 'never-back' || (isReset && asked.reboot !== true)) return;
    // Without Talos on its disk it starts only where somebody installs it anew.
    if (isBare && fate !== 'another-identity' && !isSpared) return;
    clock.after(BOOT_MS, () => {
      Object.assign(machine, { isAway: false, boots: machine.boots + 1 });
      if (fate === 'another-identity') machine.identity += 1;
      else if (forgets && !isSpared) machine.isUntrusted = true;
      const isOther = fate === 'another-version';
      if (asked.name === 'Rollback') machine.version = isOther ? VERSION : VERSION_BEFORE;
      else if (isOther && !forgets) machine.version = 'v1.12.0';
    });
  });
}
