import { quorumOf, type RunNote } from '../../../preload/contract/index.ts';

/** A member as far as its vote is concerned. */
export interface Voter {
  /** 16 hexadecimal digits. */
  readonly id: string;
  /** Empty while a member that was added has not started. */
  readonly name: string;
  readonly isLearner: boolean;
}

/** What losing members would mean, in one sentence. */
function quorumWords(voters: number): string {
  if (voters === 1) return 'etcd has 1 voting member: when it fails, etcd stops.';
  const spare = voters - quorumOf(voters);
  const may = spare === 0 ? 'none of them may fail' : `${spare} of them may fail`;
  return `etcd has ${voters} voting members and needs ${quorumOf(voters)} of them: ${may}.`;
}

/**
 * What the lists of members mean together: whether the nodes agree, and how many members may fail. Only what the nodes say of
 * each other; whether a member answers is another question.
 */
export function quorumNotes(lists: ReadonlyMap<string, readonly Voter[]>): readonly RunNote[] {
  const told = [...lists].filter(([, members]) => members.length > 0);
  const [first] = told;
  if (first === undefined) return [];
  const key = (members: readonly Voter[]): string => [...new Set(members.map(({ id }) => id))].sort().join(' ');
  const others = told.filter(([, members]) => key(members) !== key(first[1]));
  if (others.length > 0) {
    return [
      {
        severity: 'warning',
        message: 'The nodes list different members: a change is under way, or they are not of one etcd.',
        nodes: others.map(([node]) => node),
      },
    ];
  }
  const members = [...new Map(first[1].map((member) => [member.id, member])).values()];
  const learners = members.filter(({ isLearner }) => isLearner).length;
  const unstarted = members.filter(({ name }) => name === '').length;
  const voters = members.length - learners;
  const notes: RunNote[] = [];
  if (voters > 0) notes.push({ severity: voters === 2 ? 'warning' : 'info', message: quorumWords(voters) });
  if (learners > 0) {
    const message = learners === 1 ? '1 member is a learner' : `${learners} members are learners`;
    notes.push({ severity: 'info', message: `${message}, without a vote yet.` });
  }
  if (unstarted > 0) {
    const message = unstarted === 1 ? '1 member was added and has' : `${unstarted} members were added and have`;
    notes.push({ severity: 'warning', message: `${message} not started.` });
  }
  return notes;
}
