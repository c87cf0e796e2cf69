import type { ClusterSummary, EtcdView } from '../../../preload/contract/index.ts';
import { formatBytes, listOf, plural } from '../../lib/format.ts';
import { showUnseen } from '../../lib/unseen-signs.ts';

/** One line about etcd and how much it matters. */
export interface EtcdLine {
  readonly text: string;
  readonly tone: 'ok' | 'warn' | 'bad' | 'unknown';
}

/** `3 of 3 answer · leader cp-1 · 84 MiB · may lose 1`. What is old is said to be so by who draws it. */
export function etcdLine(view: EtcdView | undefined): EtcdLine {
  if (!view || view.status === 'loading') return { text: 'not known', tone: 'unknown' };
  if (view.status === 'none') return { text: 'this cluster tells of none', tone: 'unknown' };
  if (view.members.length === 0) return { text: view.failure?.message ?? 'not known', tone: 'unknown' };
  const { quorum, members, missing, leader } = view;
  const alarms = members.flatMap((member) => member.alarms);
  const largest = Math.max(0, ...members.map(({ report }) => report?.dbBytes ?? 0));
  const led = members.find(({ id }) => id === leader);
  const parts = [
    quorum ? `${quorum.alive} of ${quorum.voters} answer` : plural(members.length, 'member'),
    leader === undefined ? 'no leader known' : `leader ${showUnseen(led?.hostname ?? '') || leader}`,
    largest === 0 ? '' : formatBytes(largest),
    quorum ? marginWords(quorum.mayLose) : '',
    alarms.length === 0 ? '' : `alarm ${listOf([...new Set(alarms)].map(showUnseen))}`,
    missing.length === 0 ? '' : `${plural(missing.length, 'control plane')} not a member`,
  ];
  const isBad = (quorum && quorum.mayLose < 0) || alarms.length > 0;
  const isWarn = leader === undefined || missing.length > 0 || (quorum !== undefined && quorum.alive < quorum.voters);
  return { text: parts.filter(Boolean).join(' · '), tone: isBad ? 'bad' : isWarn ? 'warn' : 'ok' };
}

function marginWords(mayLose: number): string {
  if (mayLose < 0) return 'no quorum';
  return mayLose === 0 ? 'may lose none' : `may lose ${mayLose}`;
}

/** What the control planes tell of the Kubernetes API, in a few words. */
export function apiWords({ kubernetesApi: { state, servers } }: ClusterSummary): string {
  const ready = servers.filter(({ isReady }) => isReady).length;
  if (state === 'unknown') return 'not known';
  if (state === 'ready') return servers.length > 1 ? `ready on ${servers.length} control planes` : 'ready';
  return `ready on ${ready} of ${plural(servers.length, 'control plane')}`;
}
