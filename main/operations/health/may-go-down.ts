import {
  takesPart,
  type EtcdView,
  type MayGoDown,
  type NodeHealth,
  type PoolStatus,
} from '../../../preload/contract/index.ts';
import { memberName } from '../etcd/member-id.ts';

type Node = Omit<NodeHealth, 'mayGoDown'>;

/** What is looked at before a machine is taken down. */
export interface DownSituation {
  readonly nodes: readonly Node[];
  readonly etcd: EtcdView;
  readonly pool: PoolStatus;
  /** Names and addresses of a node, as endpoints may be written. */
  readonly namesOf: (node: string) => readonly string[];
}

/**
 * Whether a machine may be taken down now, and why (docs/talos-behaviour.md §D9: more than half of the voting members of etcd must stay,
 * and one control plane at a time). Never yes where something it hangs on is not known.
 */
export function mayGoDown(node: Node, situation: DownSituation): MayGoDown {
  const no = [...againstAny(node, situation), ...(node.role === 'worker' ? againstWorker(node, situation) : [])];
  if (node.role === 'controlplane') no.push(...againstControlPlane(node, situation));
  if (no.length > 0) return { answer: 'no', reasons: no };
  const unknown = unknownOf(node, situation);
  if (unknown !== undefined) return { answer: 'unknown', reasons: [unknown] };
  return { answer: 'yes', reasons: [whyYes(node, situation)] };
}

function againstAny({ node }: Node, { pool, namesOf }: DownSituation): string[] {
  const ready = pool.endpoints.filter(({ phase }) => phase === 'ready');
  const names = new Set(namesOf(node));
  const others = pool.endpoints.filter(({ phase }) => phase === 'idle' || phase === 'connecting');
  const isOnlyWay =
    ready.length > 0 && others.length === 0 && ready.every(({ endpoint }) => names.has(hostOf(endpoint)));
  return isOnlyWay ? ['It is the only endpoint that answers: without it Minos does not reach this cluster.'] : [];
}

function againstWorker(node: Node, { nodes }: DownSituation): readonly string[] {
  const others = otherWorkers(node, nodes);
  if (node.kubernetes?.isReady !== true || others.count === 0 || others.taking > 0) return [];
  return others.unknown > 0 ? [] : ['No other worker is ready to take its pods.'];
}

/** Workers by name: all, those that may take pods, and those of which that is not known. */
interface Workers {
  readonly all: ReadonlySet<string>;
  readonly taking: ReadonlySet<string>;
  readonly unknown: ReadonlySet<string>;
}

/** Worked out once for all nodes of a moment: of a thousand nodes each has to do with all others. */
const workersOf = new WeakMap<readonly Node[], Workers>();

/** How many workers there are beside a node, and how many of them may take pods, or are not known to. */
function otherWorkers(
  { node: name }: Node,
  nodes: readonly Node[],
): { readonly count: number; readonly taking: number; readonly unknown: number } {
  const workers = workersOf.get(nodes) ?? workersAmong(nodes);
  workersOf.set(nodes, workers);
  const beside = (names: ReadonlySet<string>): number => names.size - (names.has(name) ? 1 : 0);
  return { count: beside(workers.all), taking: beside(workers.taking), unknown: beside(workers.unknown) };
}

function workersAmong(nodes: readonly Node[]): Workers {
  const workers = nodes.filter(({ role }) => role === 'worker');
  const names = (of: readonly Node[]): ReadonlySet<string> => new Set(of.map(({ node }) => node));
  return {
    all: names(workers),
    taking: names(workers.filter(mayTakePods)),
    unknown: names(workers.filter(isKubernetesUnknown)),
  };
}

const mayTakePods = ({ kubernetes }: Node): boolean => kubernetes?.isReady === true && kubernetes.isSchedulable;
const isKubernetesUnknown = ({ kubernetes, state }: Node): boolean =>
  kubernetes === undefined && state !== 'not-reached';

function againstControlPlane(node: Node, { nodes, etcd }: DownSituation): readonly string[] {
  const reasons: string[] = [];
  const others = nodes.filter(({ role, node: name }) => role === 'controlplane' && name !== node.node);
  if (others.length === 0) reasons.push('It is the only control plane: without it the cluster has no API and no etcd.');
  const { quorum } = etcd;
  const own = ownMember(node, etcd);
  if (quorum !== undefined && (quorum.mayLose < 0 || (isAliveVoter(etcd, own) && quorum.mayLose < 1))) {
    const { alive, voters, needed, mayLose } = quorum;
    const what = mayLose < 0 ? 'etcd has no quorum' : 'etcd would stop';
    reasons.push(`${what}: ${alive} of ${voters} members answer, and ${needed} are needed.`);
  }
  const alarmed = etcd.members.filter(({ alarms }) => alarms.length > 0);
  if (alarmed.length > 0) reasons.push(`etcd has raised ${alarmed.flatMap(({ alarms }) => alarms).join(', ')}.`);
  const learners = etcd.members.filter(({ isLearner, id }) => isLearner && id !== own?.id);
  if (learners.length > 0) reasons.push(`${learners.map(memberName).join(', ')} is still joining etcd as a learner.`);
  const ill = others.filter(({ state }) => state !== 'well' && state !== 'unknown');
  if (ill.length > 0) {
    const [first] = ill;
    const who = ill.length === 1 ? `${titleOf(first)} is` : `${ill.length} other control planes are`;
    reasons.push(`${who} not well: one control plane at a time.`);
  }
  return reasons;
}

function unknownOf(node: Node, { nodes, etcd }: DownSituation): string | undefined {
  if (node.role === 'unknown') return 'It is not known whether it is a control plane.';
  // A machine that is not reached from here may still do its work, and its member of etcd may count.
  if (node.state === 'not-reached') return 'It is not reached: what it still does is not known.';
  if (node.isStale || node.state === 'unknown') return 'Nothing new is known of it.';
  if (node.role === 'worker') {
    const others = otherWorkers(node, nodes);
    const isKnown = others.count === 0 || others.taking > 0 || others.unknown === 0;
    return isKnown ? undefined : 'Whether another worker is ready to take its pods is not known.';
  }
  if (etcd.status !== 'ready' || etcd.quorum === undefined) return 'What etcd needs is not known at the moment.';
  if (ownMember(node, etcd) === undefined && etcd.members.some((member) => member.node === undefined)) {
    return 'Which member of etcd runs on it is not known.';
  }
  const unknown = nodes.filter(({ role, state }) => role === 'controlplane' && state === 'unknown');
  return unknown.length > 0 ? `Nothing is known of ${titleOf(unknown[0])} at the moment.` : undefined;
}

function whyYes(node: Node, { etcd }: DownSituation): string {
  const { quorum } = etcd;
  if (node.role === 'worker' || quorum === undefined)
    return 'No etcd runs on it; Kubernetes moves its pods once they are drained.';
  const keeps = quorum.alive - (isAliveVoter(etcd, ownMember(node, etcd)) ? 1 : 0);
  return `etcd keeps ${keeps} of ${quorum.voters} members and needs ${quorum.needed}.`;
}

type Member = EtcdView['members'][number];

const ownMember = ({ node }: Node, { members }: EtcdView): Member | undefined =>
  members.find((member) => member.node === node);
/** Without it one vote less is given. */
const isAliveVoter = (etcd: EtcdView, member: Member | undefined): boolean =>
  member !== undefined && !member.isLearner && takesPart(etcd, member);

const titleOf = (node: Pick<Node, 'hostname' | 'node'> | undefined): string => node?.hostname ?? node?.node ?? '';

/** `10.0.0.1:50000` and `[fd00::1]:50000` without the port. */
function hostOf(endpoint: string): string {
  const bracketed = /^(?:https?:\/\/)?\[([^\]]+)\]/.exec(endpoint)?.[1];
  if (bracketed !== undefined) return bracketed;
  const plain = endpoint.replace(/^https?:\/\//, '');
  return plain.split(':').length === 2 ? (plain.split(':')[0] ?? plain) : plain;
}
