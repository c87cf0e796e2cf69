import { formatMinuteClock } from '../../../preload/contract/format/moments.ts';
import { formatNumber, plural } from '../../../preload/contract/format/numbers.ts';
import {
  validityOf,
  warningOf,
  type AttentionState,
  type ContextSummary,
  type FleetRow,
} from '../../../preload/contract/index.ts';
import { visible } from '../../lib/visible.ts';

/** What was told last of a cluster. */
export interface LastTold extends AttentionState {
  /** Fingerprints of the authorities it had then. */
  readonly authorities: readonly string[];
}

/** What the tray knows; nobody is asked for it. */
export interface TrayKnowledge {
  readonly contexts: readonly ContextSummary[];
  /** Id of the context in use. */
  readonly selected: string | undefined;
  /** What was told last of clusters that were looked at, by the id of their context. */
  readonly attention: ReadonlyMap<string, LastTold>;
  /** Rows of the fleet, as they were looked at last. */
  readonly fleet: readonly FleetRow[];
  readonly nowMs: number;
}

/** One line of the tray's menu. With a context, choosing it shows that one. */
export interface TrayLine {
  readonly label: string;
  readonly context?: string;
}

/** What the tray shows. It may be seen over a shoulder: no key, address or path is in it. */
export interface TrayView {
  readonly toolTip: string;
  readonly clusters: readonly TrayLine[];
  readonly certificates: readonly TrayLine[];
}

/** Menus of the system do not scroll well. */
const MOST_CLUSTERS = 10;
const MOST_CERTIFICATES = 5;
const MOST_CHARACTERS = 60;
/** What was looked at longer ago is dated. */
const FRESH_MS = 60_000;

/** How the clusters are, as last known, the one in use first, and whose certificates end. */
export function trayView(known: TrayKnowledge): TrayView {
  const { contexts, selected, nowMs } = known;
  const sorted = [...contexts].sort((a, b) => Number(b.id === selected) - Number(a.id === selected));
  const clusters = sorted
    .slice(0, MOST_CLUSTERS)
    .map((context) => ({ label: `${nameOf(context)}: ${stateOf(context, known)}`, context: context.id }));
  const more = sorted.length - clusters.length;
  const ending = endingContexts(contexts, nowMs);
  const certificates = ending
    .slice(0, MOST_CERTIFICATES)
    .map((context) => ({ label: endOf(context, nowMs), context: context.id }));
  const moreEnding = ending.length - certificates.length;
  return {
    toolTip: ['Minos', ...clusters.slice(0, 1).map(({ label }) => label)].join(' · '),
    clusters: [...clusters, ...(more > 0 ? [{ label: `${formatNumber(more)} more in Fleet` }] : [])],
    certificates: [
      ...certificates,
      ...(moreEnding > 0 ? [{ label: `${formatNumber(moreEnding)} more certificates end` }] : []),
    ],
  };
}

/** Signs that act on a line are written out. */
const nameOf = ({ name }: Pick<ContextSummary, 'name'>): string =>
  name === '' ? '(no name)' : visible(name).slice(0, MOST_CHARACTERS);

function stateOf(context: ContextSummary, { attention, fleet, nowMs }: TrayKnowledge): string {
  const { id, isUsable } = context;
  if (!isUsable) return 'cannot be used';
  const last = attention.get(id);
  const looked = last && isOf(last, context) ? last : undefined;
  const row = fleet.find((one) => one.context === id);
  // Whichever is newer.
  if (looked !== undefined && looked.atMs >= (row?.atMs ?? 0)) {
    const count = looked.items.filter(({ mutedUntilMs = 0 }) => mutedUntilMs <= nowMs).length;
    return `${wordsOf(count, looked.unknown.length > 0)}${asOf(looked.atMs, nowMs)}`;
  }
  if (row?.atMs === undefined) return 'not looked at';
  // While it is looked at again, the row says what the look before found. One that could not begin asked no node.
  if (row.failure !== undefined || row.state === 'down') {
    const words = row.nodes === undefined && row.state !== 'down' ? 'could not be looked at' : 'no endpoint answered';
    return `${words}${asOf(row.atMs, nowMs)}`;
  }
  return `${wordsOf(row.attention?.count ?? 0, row.attention === undefined)}${asOf(row.atMs, nowMs)}`;
}

/** A context that got the name of another one, or another authority, leads to another cluster: what was known is not of that. */
const isOf = ({ authorities }: LastTold, { caFingerprints }: ContextSummary): boolean =>
  authorities.length === 0 || authorities.some((each) => caFingerprints.includes(each));

function wordsOf(count: number, isPartly: boolean): string {
  if (count > 0) return count === 1 ? '1 thing needs attention' : `${formatNumber(count)} things need attention`;
  return isPartly ? 'not everything is known' : 'nothing needs attention';
}

const asOf = (atMs: number, nowMs: number): string =>
  nowMs - atMs < FRESH_MS ? '' : `, as of ${formatMinuteClock(atMs, nowMs)}`;

function endingContexts(contexts: readonly ContextSummary[], nowMs: number): readonly ContextSummary[] {
  const end = ({ certificate }: ContextSummary): number => certificate?.notAfterMs ?? Infinity;
  return contexts
    .filter(({ certificate }) => certificate !== undefined && warningOf(certificate, nowMs) !== undefined)
    .sort((a, b) => end(a) - end(b));
}

function endOf(context: ContextSummary, nowMs: number): string {
  const { days, hours, state } = validityOf({ notAfterMs: context.certificate?.notAfterMs ?? 0 }, nowMs);
  if (state === 'ended') return `Certificate of ${nameOf(context)} has expired`;
  const left = days >= 1 ? plural(days, 'day') : plural(Math.max(1, hours), 'hour');
  return `Certificate of ${nameOf(context)} ends in ${left}`;
}
