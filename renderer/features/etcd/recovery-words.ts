import type { ControlPlaneEtcd, KnownSnapshot, RecoveryStep, RecoveryWay } from '../../../preload/contract/index.ts';
import { formatClock, formatNumber } from '../../lib/format.ts';
import { showUnseen } from '../../lib/unseen-signs.ts';

/** A way, as a title. */
export const WAY_TITLES: Readonly<Record<RecoveryWay, string>> = {
  nothing: 'Nothing is wrong with etcd',
  member: 'Members are lost, and etcd goes on',
  list: 'The list of members does not fit the machines',
  survivor: 'etcd has no quorum, and there is data to recover from',
  snapshot: 'No control plane has data of etcd, and there is a snapshot',
  new: 'No control plane has data of etcd',
  unknown: 'What is seen does not say what is right',
};

/** How serious it is. */
export const wayTone = (way: RecoveryWay): 'info' | 'warn' | 'bad' =>
  way === 'nothing' ? 'info' : way === 'survivor' || way === 'snapshot' ? 'bad' : 'warn';

/** How etcd is on a control plane, in a few words. */
export function controlPlaneWords({
  failure,
  service,
  data,
  member,
  leader,
  isControlPlane,
}: ControlPlaneEtcd): string {
  if (failure !== undefined) return `does not answer: ${showUnseen(failure)}`;
  if (isControlPlane === false) return 'is a worker';
  const state = service === undefined ? 'no service etcd' : `etcd ${showUnseen(service)}`;
  const votes =
    member === undefined ? '' : leader === undefined ? ', no leader' : leader === member ? ', leads' : ', follows';
  const disk = { present: 'with data', empty: 'without data' };
  return `${state}${votes}, ${data === undefined ? 'its data is not told' : disk[data]}`;
}

const FROM = {
  ...{ schedule: 'taken by the schedule', taken: 'taken', disk: 'copied from the disk' },
  chosen: 'a chosen file',
} as const;

/** What a snapshot is, in a line. */
export function snapshotLabel({ name, revision, keys, from, atMs }: KnownSnapshot, nowMs: number): string {
  const held = keys === undefined ? '' : `, ${formatNumber(keys)} keys`;
  return `${showUnseen(name)}: revision ${formatNumber(revision)}${held}, ${FROM[from]}, ${formatClock(atMs, nowMs)}`;
}

/** What stands before a step, and what a reader of the screen hears. */
export const STEP_SIGNS: Readonly<Record<RecoveryStep['state'], readonly [sign: string, words: string]>> = {
  done: ['✓', 'done'],
  now: ['▸', 'to be done now'],
  later: ['·', 'later'],
};
