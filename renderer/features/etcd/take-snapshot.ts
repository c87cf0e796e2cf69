import type { Session } from '../../state/context.ts';
import { openRunForm, whyNotRun } from '../../state/start-run.ts';

const COMMAND = 'etcd-snapshot';

/** The machine a snapshot is best taken from: that of the leader, else of any member that answers. */
function source({ current }: Session): string | undefined {
  const view = current.etcd?.current;
  const answering = view?.members.filter(({ report, node }) => report !== undefined && node !== undefined) ?? [];
  return (answering.find(({ isLeader }) => isLeader) ?? answering[0])?.node;
}

/** Why no snapshot can be taken now; undefined when one can. */
export function whyNoSnapshot(session: Session): string | undefined {
  const command = session.commands.current?.find(({ id }) => id === COMMAND);
  const node = source(session);
  const { status = 'loading' } = session.current.etcd?.current ?? {};
  if (command === undefined || (node === undefined && status === 'loading')) return 'etcd is still being read.';
  if (node === undefined) return 'No member of etcd answers.';
  return whyNotRun(session, command, [node]);
}

/** Opens the form of a snapshot, from the leader or from a machine that is named. */
export function takeSnapshot(session: Session, node = source(session)): void {
  if (node !== undefined) openRunForm(session, { command: COMMAND, nodes: [node] });
}

/** Opens the form of a copy of the database, from the disk of a machine. */
export function copyDatabase(session: Session, node: string): void {
  openRunForm(session, { command: 'etcd-database', nodes: [node] });
}
