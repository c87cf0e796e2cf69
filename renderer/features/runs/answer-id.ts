import { nodeName } from '../../lib/words.ts';
import type { Session } from '../../state/context.ts';
import type { NodeRun, Run } from '../../state/run.svelte.ts';

/** One line of one node's answer in one run. */
export interface AnswerRef {
  readonly run: Run;
  readonly node: NodeRun;
  /** The how-manieth row of that node, from 0. */
  readonly row: number;
}

/** An answer as the inspector keeps it: a text, so that it stays when the run is gone. */
export function answerId(run: Run, node: string, row: number): string {
  return `${run.number} ${row} ${node}`;
}

/** The answer an id means; undefined when its run has left the history. */
export function findAnswer(session: Session, id: string): AnswerRef | undefined {
  const [, number, row, name] = /^(\d+) (\d+) (.*)$/s.exec(id) ?? [];
  const run = session.runs.list.find((each) => each.number === Number(number));
  const node = run?.nodes.find((each) => each.node === name);
  return run && node ? { run, node, row: Number(row) } : undefined;
}

/** `worker-07, Services`. */
export function answerTitle(session: Session, id: string): string {
  const answer = findAnswer(session, id);
  if (!answer) return 'An answer that is gone';
  const known = session.topics.nodes(answer.run.request.context).current?.nodes;
  const node = known?.find(({ target }) => target === answer.node.node);
  return `${node ? nodeName(node) : answer.node.node}, ${answer.run.title}`;
}
