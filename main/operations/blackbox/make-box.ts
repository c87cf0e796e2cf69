import {
  METRICS,
  type AttentionState,
  type NodesState,
  type PoolStatus,
  type RunSummary,
  type Sample,
  type TimelineEntry,
} from '../../../preload/contract/index.ts';
import type { BlackBoxFile } from '../../../preload/contract/blackbox/schema.ts';
import { redactText } from '../../lib/redact.ts';

/** All that is known of a cluster, as it is shown. */
export interface BoxContents {
  readonly nowMs: number;
  readonly version: string;
  /** Name of its context. */
  readonly name: string;
  readonly nodes: NodesState;
  readonly pool: PoolStatus;
  readonly attention: AttentionState;
  readonly timeline: readonly TimelineEntry[];
  readonly samples: readonly { readonly node: string; readonly samples: readonly Sample[] }[];
  /** Of this cluster. */
  readonly runs: readonly RunSummary[];
}

const HOUR_MS = 3_600_000;
const MOST_NODES = 1000;
const MOST_ITEMS = 1000;
const MOST_TEXT = 3900;
/** Digits that a chart can show. */
const DIGITS = 6;

/** The last hour of a cluster as it is written, without anything that signs in somewhere (docs/adr/0033). */
export function makeBox({
  nowMs,
  version,
  name,
  nodes,
  pool,
  attention,
  timeline,
  samples,
  runs,
}: BoxContents): BlackBoxFile {
  const fromMs = nowMs - HOUR_MS;
  return {
    format: 'minos-black-box',
    version: 1,
    madeAtMs: nowMs,
    minos: version,
    cluster: safe(name),
    nodes: nodes.nodes.slice(0, MOST_NODES).map(({ target, hostname, role }) => ({
      target,
      ...(hostname !== undefined && { hostname: safe(hostname) }),
      role,
    })),
    timeline: timeline
      .filter(({ endedAtMs }) => (endedAtMs ?? nowMs) >= fromMs)
      .map((entry) => ({
        ...entry,
        subject: safe(entry.subject),
        title: safe(entry.title),
        ...(entry.detail !== undefined && { detail: safe(entry.detail) }),
      })),
    attention: attention.items.slice(0, MOST_ITEMS).map(({ severity, title, detail, node, sinceMs }) => ({
      ...{ severity, title: safe(title), detail: safe(detail), sinceMs },
      ...(node !== undefined && { node }),
    })),
    failures: failuresOf(pool, runs)
      .filter(({ atMs }) => atMs >= fromMs)
      .sort((a, b) => b.atMs - a.atMs)
      .slice(0, MOST_ITEMS),
    metrics: [...METRICS],
    samples: samples.map(({ node, samples: of }) => ({
      node,
      rows: of.map(({ atMs, spanMs, values }) => [
        atMs,
        spanMs,
        ...values.map((value) => (value === null ? null : Number(value.toPrecision(DIGITS)))),
      ]),
    })),
  };
}

function failuresOf(pool: PoolStatus, runs: readonly RunSummary[]): BlackBoxFile['failures'] {
  const ofEndpoints = pool.endpoints.flatMap(({ endpoint, failures }) =>
    failures.map(({ atMs, failure }) => ({ atMs, where: safe(endpoint), message: safe(failure.message) })),
  );
  const ofRuns = runs.flatMap(({ title, number, failed, nodeCount, startedAtMs, failure }) =>
    failed === 0 && failure === undefined
      ? []
      : [
          {
            atMs: startedAtMs,
            where: safe(`Run #${number} ${title}`),
            message: safe(failure?.message ?? `${failed} of ${nodeCount} nodes failed.`),
          },
        ],
  );
  return [...ofEndpoints, ...ofRuns];
}

/** As machines join a cluster of Talos or Kubernetes with. */
const JOIN_TOKEN = /\b[a-z0-9]{6}\.[a-z0-9]{16}\b/g;
/** What stands behind a name that says what it is, as in a config or an address: `aescbcEncryptionSecret: …`, `token=…`. */
const NAMED =
  /(?<!\w)(\w{0,40}(?:token|secret|password|passphrase)\w{0,40}["']?\s{0,3}[:=]\s{0,3}["']?)(?!\[)[^\s"',}\]]{6,}/gi;

/** More is taken out than where it is only shown: this is handed to others. A name that looks like a token goes with them. */
const safe = (text: string): string =>
  redactText(text).replace(JOIN_TOKEN, '[token removed]').replace(NAMED, '$1[removed]').slice(0, MOST_TEXT);
