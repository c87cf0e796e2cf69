import type { NodeHealth, NodeState, VolumeLoad } from '../../preload/contract/index.ts';
import { formatBytes, formatClock, formatDuration, formatPercent, formatSpan } from './format.ts';
import { showUnseen } from './unseen-signs.ts';
import type { Sign } from './words.ts';

/** The words for how a node is, the same on every screen. Whatever a node itself said is shown with its unseen signs. */

/** States from worst to best: the order of tables, of counts and of filters. */
export const NODE_STATES: readonly NodeState[] = ['not-reached', 'unwell', 'unstable', 'unknown', 'well'];

/** A state in one or two words, as filters and counts say it. */
export const NODE_STATE_WORD: Readonly<Record<NodeState, string>> = {
  'not-reached': 'not reached',
  unwell: 'not well',
  unstable: 'unstable',
  unknown: 'not known',
  well: 'well',
};

/** The shape of a state's dot. */
export const NODE_STATE_SIGN: Readonly<Record<NodeState, Sign>> = {
  'not-reached': 'failed',
  unwell: 'busy',
  unstable: 'busy',
  unknown: 'unknown',
  well: 'ready',
};

/** `since 14:02:11 (4 min)`: the first moment known, and how long that is. */
export function sinceWords(sinceMs: number, nowMs: number): string {
  return `since ${formatClock(sinceMs, nowMs)} (${formatSpan(nowMs - sinceMs)})`;
}

/**
 * `running`, `running, not ready: services`, `not reached since 14:02:11`, `not asked yet`. What is not of now is said to be so by
 * its age, which stands beside it.
 */
export function statusWords(health: NodeHealth | undefined, nowMs: number): string {
  if (!health) return 'not asked yet';
  const unstable = health.state === 'unstable' ? 'unstable: ' : '';
  if (health.notReachedSinceMs !== undefined)
    return `${unstable}not reached since ${formatClock(health.notReachedSinceMs, nowMs)}`;
  if (health.seenAtMs === undefined) return health.failure === undefined ? 'not asked yet' : 'cannot be read';
  return `${unstable}${[stageWords(health), ...illWords(health)].join(', ')}`;
}

/** `running`, `running, not ready`, `booting`: the stage as Talos names it, and whether the node calls itself ready. */
function stageWords({ stage, isReady, unmetConditions }: NodeHealth): string {
  const stageWord = stage === undefined ? 'stage not known' : showUnseen(stage);
  if (isReady !== false) return stageWord;
  const unmet = unmetConditions.map(({ name }) => showUnseen(name)).join(', ');
  return `${stageWord}, not ready${unmet === '' ? '' : `: ${unmet}`}`;
}

/** What is wrong with a node that answers, beside what it says of itself. */
function illWords({ services, diagnostics }: NodeHealth): readonly string[] {
  const ill = services.map(({ id, state }) => `${showUnseen(id)} ${state === 'not-running' ? 'not running' : state}`);
  if (diagnostics.length === 0) return ill;
  return [...ill, diagnostics.length === 1 ? '1 warning' : `${diagnostics.length} warnings`];
}

/** `12 d 4 h`, by the node's own clock; empty when not known, or when that clock is behind. */
export function uptimeWords(health: NodeHealth | undefined, nowMs: number): string {
  if (health?.bootedAtMs === undefined || health.notReachedSinceMs !== undefined) return '';
  return formatDuration(nowMs - health.bootedAtMs);
}

/** `71 % of 20 GiB on /var`. */
export function volumeWords({ fraction, totalBytes, mountedOn }: VolumeLoad): string {
  return `${formatPercent(fraction)} of ${formatBytes(totalBytes)} on ${showUnseen(mountedOn)}`;
}

/** `ready`, `not ready, cordoned`: the node as Kubernetes sees it; empty when not known. */
export function kubernetesWords(health: NodeHealth | undefined): string {
  const kubernetes = health?.kubernetes;
  if (!kubernetes) return '';
  return `${kubernetes.isReady ? 'ready' : 'not ready'}${kubernetes.isSchedulable ? '' : ', cordoned'}`;
}

const ANSWER_WORD = { yes: 'yes', no: 'no', unknown: 'not known' } as const;

/** `no: etcd would lose its quorum`: whether the machine may be taken down now, with the weightiest reason. */
export function mayGoDownWords(health: NodeHealth | undefined): string {
  if (!health) return ANSWER_WORD.unknown;
  const { answer, reasons } = health.mayGoDown;
  const why = reasons[0];
  return why === undefined ? ANSWER_WORD[answer] : `${ANSWER_WORD[answer]}: ${showUnseen(why)}`;
}

/** Whether what is shown of a node is of now. */
export function isOld(health: NodeHealth | undefined): boolean {
  return health !== undefined && (health.isStale || health.notReachedSinceMs !== undefined);
}
