/** Something of a sequence of machined that begins or ends. */
export interface SequenceStep {
  readonly kind: 'sequence' | 'phase' | 'task';
  readonly name: string;
  readonly action: 'start' | 'stop';
}

/** A step and when it happens, as a share of the time the node needs to go down. */
export interface TimedStep {
  readonly at: number;
  readonly step: SequenceStep;
}

type Phase = readonly [name: string, task: string];

/** Whether a shutdown drains the node first, and a reboot skips everything but itself. */
export interface GoingDownOptions {
  readonly force: boolean;
}

/** The phases in which everything is stopped; `stopAllServices` is what followers of a shutdown wait for. */
const stopAll = (withKexec: boolean): readonly Phase[] => [
  ['stopServices', 'stopServicesForUpgrade'],
  ['umount', 'unmountPodMounts'],
  ['unmountBind', 'unmountSystemDiskBindMounts'],
  ['unmountSystem', 'unmountEphemeralPartition'],
  ['volumeFinalize', 'teardownLifecycle'],
  ...(withKexec ? [['kexec', 'kexecPrepare'] as const] : []),
  ['stopEverything', 'stopAllServices'],
];

const COMMON: readonly Phase[] = [
  ['cleanup', 'stopAllPods'],
  ['dbus', 'stopDBus'],
];

/** What a reset does on its way. */
export interface ResetPath {
  readonly graceful: boolean;
  readonly reboot: boolean;
  readonly isControlPlane: boolean;
  /** Of the disk of Talos: all of it, some of its volumes, or nothing. */
  readonly system: 'whole' | 'volumes' | 'nothing';
  /** Its mode lets user disks be wiped. */
  readonly userDisks: boolean;
}

/** `leave` is where it ends when etcd cannot be left. */
function resetPhases({ graceful, reboot, isControlPlane, system, userDisks }: ResetPath): readonly Phase[] {
  return [
    ...(graceful ? [['drain', 'cordonAndDrainNode'] as const] : []),
    ['cleanup', graceful ? 'removeAllPods' : 'stopAllPods'],
    ['dbus', 'stopDBus'],
    ...(graceful && isControlPlane ? [['leave', 'leaveEtcd'] as const] : []),
    ['preReset', 'sendResetSignal'],
    ...stopAll(reboot && system === 'volumes'),
    ['forceCleanup', 'forceCleanup'],
    ...(system === 'whole' ? [['reset', 'resetSystemDisk'] as const] : []),
    ...(system === 'volumes' ? [['resetSpec', 'resetSystemDiskSpec'] as const] : []),
    ...(userDisks ? [['resetUserDisks', 'resetUserDisks'] as const] : []),
    reboot ? ['reboot', 'reboot'] : ['shutdown', 'shutdown'],
  ];
}

function phasesOf(sequence: 'reboot' | 'shutdown', { force }: GoingDownOptions): readonly Phase[] {
  if (sequence === 'reboot') return [...(force ? [] : [...COMMON, ...stopAll(true)]), ['reboot', 'reboot']];
  return [
    ['storeShutdown', 'storeShutdownEmergency'],
    ...(force ? [] : [['drain', 'cordonAndDrainNode'] as const]),
    ...COMMON,
    ...stopAll(false),
    ['shutdown', 'shutdown'],
  ];
}

/**
 * The steps of a sequence at whose end the machine is off, which is why its last phase never ends. The first steps happen
 * at once, the others are spread over the time that is left.
 */
export const goingDown = (sequence: 'reboot' | 'shutdown', options: GoingDownOptions): readonly TimedStep[] =>
  timed(sequence, phasesOf(sequence, options));

/** The same of a reset. */
export const resetting = (path: ResetPath): readonly TimedStep[] => timed('reset', resetPhases(path));

function timed(sequence: string, phases: readonly Phase[]): readonly TimedStep[] {
  const steps = phases.flatMap(([phase, task], index): readonly TimedStep[] => {
    const at = index / phases.length;
    const until = (index + 0.9) / phases.length;
    const begin: readonly TimedStep[] = [
      { at, step: { kind: 'phase', name: phase, action: 'start' } },
      { at, step: { kind: 'task', name: task, action: 'start' } },
    ];
    if (index === phases.length - 1) return begin;
    return [
      ...begin,
      { at: until, step: { kind: 'task', name: task, action: 'stop' } },
      { at: until, step: { kind: 'phase', name: phase, action: 'stop' } },
    ];
  });
  return [{ at: 0, step: { kind: 'sequence', name: sequence, action: 'start' } }, ...steps];
}
