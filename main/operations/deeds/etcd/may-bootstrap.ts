import type { ControlPlaneEtcd } from '../../../../preload/contract/index.ts';

/** Whether one control plane may be bootstrapped, judged beside all others. */
export interface BootstrapVerdict {
  /** How etcd is, on it and on the others; a short text without a dot. */
  readonly now: string;
  /** Why it may not, a sentence or two. */
  readonly refused?: string;
  /** Control planes, or what may be some, of which nobody knows whether they have an etcd: the cluster's name is typed for them. */
  readonly unknown: readonly string[];
}

/**
 * Judges it by what Talos asks of the one machine, and by what it cannot know: whether etcd runs elsewhere (docs/talos-behaviour.md,
 * bootstrapping). Pure. `all` has the machine itself; workers among them do not count.
 */
export function mayBootstrap(node: string, all: readonly ControlPlaneEtcd[], isRecovery: boolean): BootstrapVerdict {
  const own = all.find((one) => one.node === node);
  const others = all.filter((one) => one.node !== node && one.isControlPlane !== false);
  const unknown = others.filter(isUnknown).map(({ name }) => name);
  const waiting = others.length - unknown.length;
  const now = [
    own === undefined ? 'not known' : etcdWords(own),
    waiting === 1 ? '1 other control plane answers' : `${waiting} other control planes answer`,
    ...(unknown.length > 0 ? [`nothing is known of ${unknown.join(', ')}`] : []),
  ].join('; ');
  const refused = (own === undefined ? 'It was not read.' : whyNotHere(own)) ?? whyNotBeside(others, isRecovery);
  return { now, unknown, ...(refused !== undefined && { refused }) };
}

/** It did not answer, or does not say what is on its disk. */
const isUnknown = ({ failure, data }: ControlPlaneEtcd): boolean => failure !== undefined || data === undefined;

/** How etcd is on one control plane, a few words. */
export function etcdWords({ failure, service, data, member, leader }: ControlPlaneEtcd): string {
  if (failure !== undefined) return 'does not answer';
  const state = service === undefined ? 'has no service etcd' : `etcd is ${service}`;
  const runs = member === undefined ? '' : leader === undefined ? ', answers without a leader' : ', answers';
  return `${state}${runs}, ${DATA_WORDS[data ?? 'unknown']}`;
}

const DATA_WORDS = { empty: 'without data', present: 'with data', unknown: 'its data is not told' } as const;

function whyNotHere(own: ControlPlaneEtcd): string | undefined {
  const { failure, isControlPlane, service, data, member, isTimeSynced } = own;
  if (failure !== undefined) return failure;
  if (isControlPlane === false) return 'It is a worker: only a control plane is bootstrapped.';
  if (isControlPlane === undefined) return 'It does not say whether it is a control plane.';
  if (member !== undefined) return 'etcd runs on it already: this cluster was bootstrapped before.';
  if (service === undefined) return 'It has no service etcd: etcd is not configured there.';
  if (data === 'present') {
    return 'Its data directory of etcd is not empty: Talos bootstraps only where it is. What is there may be the last of its kind; look at Recover on the etcd page first.';
  }
  if (data === undefined) return 'Whether its data directory of etcd is empty is not told.';
  if (isTimeSynced === false) return 'Its time is not in sync yet: look at its time servers, and try again.';
  if (isTimeSynced === undefined) return 'It does not say whether its time is in sync.';
  if (service !== WAITS) return `Its etcd is ${service}. It can be bootstrapped while it is ${WAITS}: wait for that.`;
  return undefined;
}

/** What Talos calls an etcd that has no data and waits. */
export const WAITS = 'Preparing';

function whyNotBeside(others: readonly ControlPlaneEtcd[], isRecovery: boolean): string | undefined {
  const running = others.filter(({ member }) => member !== undefined).map(({ name }) => name);
  if (running.length > 0) {
    return `etcd runs on ${running.join(', ')} already. A second bootstrap would make a second cluster beside it; a control plane without data joins by itself.`;
  }
  const withData = others.filter(({ data }) => data === 'present').map(({ name }) => name);
  if (withData.length === 0) return undefined;
  const where = withData.join(', ');
  return isRecovery
    ? `Data of etcd lies on ${where} still, which would go on as another cluster. Copy it, and reset EPHEMERAL there first.`
    : `Data of etcd lies on ${where}: this cluster was bootstrapped before. Look at Recover on the etcd page.`;
}
