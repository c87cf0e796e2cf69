import type { NodeHealth, NodeSummary } from '../../../preload/contract/index.ts';
import { nodeName } from '../../lib/words.ts';
import { showUnseen } from '../../lib/unseen-signs.ts';
import type { Session } from '../context.ts';

/** A machine of the cluster in use, by its target; undefined when it is not listed. */
export function nodeOfTarget({ current }: Pick<Session, 'current'>, target: string): NodeSummary | undefined {
  return current.nodes?.current?.nodes.find((each) => each.target === target);
}

/** How that machine is, as last known. */
export function healthOfTarget({ current }: Pick<Session, 'current'>, target: string): NodeHealth | undefined {
  return current.health?.current?.nodes.find((each) => each.node === target);
}

/** What a node is called wherever it is named; its target while nothing else is known. */
export function nameOfTarget(session: Pick<Session, 'current'>, target: string): string {
  const node = nodeOfTarget(session, target);
  return node ? nodeName(node) : showUnseen(target);
}
