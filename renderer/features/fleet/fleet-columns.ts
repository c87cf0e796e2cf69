import type { FleetRow } from '../../../preload/contract/index.ts';
import type { TableColumn } from '../../components/table/table-model.ts';
import { contextName, shortPath } from '../../lib/context-names.ts';
import { formatNumber, formatTime, plural, remainingOf } from '../../lib/format.ts';
import { showUnseen } from '../../lib/unseen-signs.ts';
import { versionWords, type Sign } from '../../lib/words.ts';

/** The order when what needs attention comes first. What nobody looked at may be ill, so it comes before what is well. */
const STATE_ORDER: Readonly<Record<FleetRow['state'], number>> = {
  down: 0,
  attention: 1,
  checking: 2,
  unchecked: 3,
  up: 4,
  unusable: 5,
};

/** A state in a few words. */
export const FLEET_WORD: Readonly<Record<FleetRow['state'], string>> = {
  down: 'not reached',
  attention: 'needs attention',
  checking: 'being checked',
  unchecked: 'not checked yet',
  up: 'well',
  unusable: 'cannot be used',
};

/** The shape of a state's dot. */
export const FLEET_SIGN: Readonly<Record<FleetRow['state'], Sign>> = {
  down: 'failed',
  attention: 'busy',
  checking: 'unknown',
  unchecked: 'unknown',
  up: 'ready',
  unusable: 'disabled',
};

/**
 * Where a cluster stands among all, smallest first. While it is being looked at it stays where the look before put it, so that a
 * check of all does not shuffle what is being read.
 */
export class FleetOrder {
  readonly #settled = new Map<string, number>();

  rankOf({ context, state, attention }: FleetRow): number {
    const known = this.#settled.get(context);
    if (state === 'checking' && known !== undefined) return known;
    // Within one state, the more there is the earlier; a thousand of them are as many as any number.
    const rank = STATE_ORDER[state] * 1000 - Math.min(999, attention?.count ?? 0);
    this.#settled.set(context, rank);
    return rank;
  }
}

/** What is wrong with a cluster, worst first, in one line. */
export function attentionText({ state, attention, failure }: FleetRow): string {
  if (state === 'down' || state === 'unusable') return failure?.message ?? FLEET_WORD[state];
  if (!attention) return state === 'checking' ? '' : FLEET_WORD[state];
  if (attention.count === 0) return 'nothing';
  return attention.worst === undefined ? plural(attention.count, 'thing') : showUnseen(attention.worst);
}

/** `14 of 14`, `2 of 3 asked, 60 known`: nodes that answered; empty before anybody looked. */
export function nodesText({ nodes }: FleetRow): string {
  if (!nodes) return '';
  const { up, asked, known } = nodes;
  const [answer, of, all] = [up, asked, known].map(formatNumber);
  return asked === known ? `${answer} of ${all}` : `${answer} of ${of} asked, ${all} known`;
}

/** The columns of the fleet. */
export function fleetColumns({
  nowMs,
  order,
  hasSeveralFiles,
}: {
  /** Whole minutes will do: days are counted. */
  readonly nowMs: number;
  readonly order: FleetOrder;
  readonly hasSeveralFiles: boolean;
}): readonly TableColumn<FleetRow>[] {
  return [
    { id: 'name', title: 'CLUSTER', text: contextName, isFixed: true, extraPx: 96 },
    {
      id: 'attention',
      title: 'ATTENTION',
      text: attentionText,
      sortBy: (row) => order.rankOf(row),
      widthPx: 220,
    },
    {
      id: 'endpoints',
      title: 'ENDPOINTS',
      text: endpointsText,
      sortBy: ({ endpoints }) => endpoints.length,
      widthPx: 104,
    },
    {
      id: 'nodes',
      title: 'NODES UP',
      text: nodesText,
      sortBy: ({ nodes }) => (nodes ? nodes.up - nodes.asked : undefined),
      align: 'end',
    },
    {
      id: 'versions',
      title: 'TALOS',
      text: ({ talosVersions }) => versionWords(talosVersions),
      isMono: true,
      widthPx: 184,
    },
    {
      id: 'expiry',
      title: 'ENDS FIRST',
      text: ({ earliestExpiry }) => (earliestExpiry ? expiryText(earliestExpiry, nowMs) : ''),
      sortBy: ({ earliestExpiry }) => earliestExpiry?.atMs,
      align: 'end',
      widthPx: 132,
    },
    {
      id: 'age',
      title: 'LOOKED AT',
      text: ({ atMs }) => (atMs === undefined ? '' : formatTime(atMs)),
      sortBy: ({ atMs }) => atMs,
      widthPx: 96,
    },
    ...(hasSeveralFiles
      ? [{ id: 'file', title: 'FILE', text: ({ file }: FleetRow) => shortPath(file), isMono: true }]
      : []),
  ];
}

/** `2 up, 1 down`. */
export function endpointsText({ endpoints }: FleetRow): string {
  const count = (state: string): number => endpoints.filter((endpoint) => endpoint.state === state).length;
  return (['up', 'down', 'unknown'] as const)
    .map((state) => ({ state, count: count(state) }))
    .filter((each) => each.count > 0)
    .map((each) => `${each.count} ${each.state === 'unknown' ? 'not known' : each.state}`)
    .join(', ');
}

function expiryText({ atMs, of }: NonNullable<FleetRow['earliestExpiry']>, nowMs: number): string {
  return `${remainingOf({ notAfterMs: atMs }, nowMs).text} ${of}`;
}
