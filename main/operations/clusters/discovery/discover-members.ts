import { formatNumber } from '../../../../preload/contract/format/numbers.ts';
import type { NodeSummary } from '../../../../preload/contract/index.ts';
import type { Member } from '../../cluster-text/member.ts';
import type { Caller } from '../caller.ts';
import { askNext } from '../control-planes/ask-next.ts';
import { controlPlaneCandidates } from '../control-planes/candidates.ts';
import type { MemberTexts } from './member-texts.ts';

/** The members of a cluster, by name, and one sentence for each kind of thing that was left out. */
export interface FoundMembers {
  readonly members: readonly Member[];
  readonly leftOut: readonly string[];
}

const DEADLINE_MS = 10_000;
/** More than any cluster of Talos has; the rest is not asked for. */
const MAX_MEMBERS = 5_000;
/** One for all: making it takes longer than comparing. */
const byName = new Intl.Collator('en', { numeric: true });

/** Machines that are asked where the endpoint cannot say. */
const MOST_STAND_INS = 2;

/**
 * Asks an endpoint for the members it knows, and control planes among `known` where it cannot say: its own machined may be
 * down. Throws Failed, and what a cancelled call throws.
 */
export async function discoverMembers(
  connection: Caller,
  signal: AbortSignal,
  texts: MemberTexts,
  known: readonly NodeSummary[] = [],
): Promise<FoundMembers> {
  const standIns = controlPlaneCandidates({ nodes: known }).filter((node) => node !== undefined);
  const { value } = await askNext({
    connection,
    method: '/cosi.resource.State/List',
    candidates: [undefined, ...standIns.slice(0, MOST_STAND_INS)],
    signal,
    ask: (node) => askMembers(connection, signal, texts, node),
  });
  return value;
}

async function askMembers(
  connection: Caller,
  signal: AbortSignal,
  texts: MemberTexts,
  node: string | undefined,
): Promise<FoundMembers> {
  const members = new Map<string, Member>();
  const request = { namespace: 'cluster', type: 'Members.cluster.talos.dev' };
  const options = { ...(node !== undefined && { node }), deadlineMs: DEADLINE_MS, signal };
  const reading = connection.texts.reading(signal);
  const listing = texts.listing(reading);
  let count = 0;
  let isCut = false;
  for await (const { resource } of connection.serverStream('/cosi.resource.State/List', request, options)) {
    if (count === MAX_MEMBERS) {
      isCut = true;
      break;
    }
    count += 1;
    const member = await listing.read(resource?.metadata?.id ?? '', resource?.spec?.yaml_spec ?? '');
    // One that cannot be read is left out; the others still count.
    if (member !== undefined && !members.has(member.hostname)) members.set(member.hostname, member);
  }
  listing.end();
  const all = [...members.values()];
  return { members: all.sort((a, b) => byName.compare(a.hostname, b.hostname)), leftOut: words() };

  function words(): readonly string[] {
    const addresses = all.reduce((sum, { moreAddresses = 0 }) => sum + moreAddresses, 0);
    const { unread } = reading;
    return [
      ...(isCut ? [`Only the first ${formatNumber(MAX_MEMBERS)} members are listed; the cluster named more.`] : []),
      ...(unread > 0
        ? [
            `${counted(unread, 'member')} left out: reading what the cluster sent of it takes too long or too much memory.`,
          ]
        : []),
      ...(addresses > 0 ? [`${counted(addresses, 'address', 'addresses')} left out: no machine has so many.`] : []),
    ];
  }
}

const counted = (count: number, one: string, more = `${one}s`): string =>
  count === 1 ? `1 ${one} is` : `${formatNumber(count)} ${more} are`;
