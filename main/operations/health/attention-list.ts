import type { AttentionItem } from '../../../preload/contract/index.ts';
import { certificatesEnding, nodeCertificatesEnding } from './rules/certificate-rules.ts';
import { clocksApart, endpointsDown, versionsApart } from './rules/cluster-rules.ts';
import { etcdAlarmed, etcdLeader, etcdLearners, etcdMembersAstray, etcdQuorum, etcdSize } from './rules/etcd-rules.ts';
import {
  diagnostics,
  kubernetesNodes,
  memoryPressure,
  nodesDown,
  nodesNotReady,
  servicesIll,
  upgradesStaged,
  volumesFull,
} from './rules/node-rules.ts';
import { configErrors, volumesFailed } from './rules/config-rules.ts';
import { snapshotOld } from './rules/snapshot-rules.ts';
import type { Finding, AttentionRule, Situation } from './rules/situation.ts';

const RULES: readonly AttentionRule[] = [
  endpointsDown,
  nodesDown,
  etcdLeader,
  etcdQuorum,
  etcdAlarmed,
  etcdMembersAstray,
  etcdSize,
  etcdLearners,
  servicesIll,
  nodesNotReady,
  kubernetesNodes,
  diagnostics,
  configErrors,
  volumesFailed,
  volumesFull,
  memoryPressure,
  certificatesEnding,
  nodeCertificatesEnding,
  clocksApart,
  versionsApart,
  upgradesStaged,
  snapshotOld,
];

/** More than this nobody reads; the worst are kept. */
const MOST_ITEMS = 500;
/** What comes back within this was never gone. */
const REMEMBERED_MS = 10_000;
const WEIGHT = { critical: 0, warning: 1, notice: 2 } as const;

/** Everything that is wrong with a cluster at a moment, each thing once. */
export function findings(situation: Situation): readonly Finding[] {
  return [...new Map(RULES.flatMap((rule) => rule(situation)).map((finding) => [finding.id, finding])).values()];
}

/** Remembers since when things are wrong that do not say so themselves. */
export class AttentionMemory {
  readonly #known = new Map<string, { readonly firstMs: number; lastMs: number }>();

  /** The items of now, the worst first, then the oldest. */
  items(found: readonly Finding[], nowMs: number): readonly Omit<AttentionItem, 'mutedUntilMs'>[] {
    const items = found.map((finding) => {
      const known = this.#known.get(finding.id) ?? { firstMs: nowMs, lastMs: nowMs };
      known.lastMs = nowMs;
      this.#known.set(finding.id, known);
      return { ...finding, sinceMs: finding.sinceMs ?? known.firstMs };
    });
    for (const [id, { lastMs }] of this.#known) if (nowMs - lastMs > REMEMBERED_MS) this.#known.delete(id);
    return items
      .sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity] || a.sinceMs - b.sinceMs || (a.id < b.id ? -1 : 1))
      .slice(0, MOST_ITEMS);
  }
}
