import { findItems } from '../../components/find/find-items.ts';
import type { PickItem } from '../../components/overlays/pick.ts';
import { nodeName } from '../../lib/words.ts';
import { offeredItems } from '../../state/action.ts';
import type { Session } from '../../state/context.ts';
import { listedNodes } from '../../state/start-run.ts';
import { offersOf } from '../features.ts';
import { WORDS } from './same-words.ts';

/** What is offered for a node that the text names beside other words, as in `reboot worker-07`: that node's own menu, searched for the others. */
export function onNamedNode(session: Session, text: string): readonly PickItem[] {
  const words = text.trim().toLowerCase().split(/\s+/);
  if (words.length < 2) return [];
  const named = new Set(words);
  const nodes = listedNodes(session).filter(
    (node) => named.has(node.target.toLowerCase()) || named.has(nodeName(node).toLowerCase()),
  );
  // A name that two nodes have means neither of them.
  const [node] = nodes;
  if (node === undefined || nodes.length > 1) return [];
  const name = nodeName(node);
  const rest = words.filter((word) => word !== name.toLowerCase() && word !== node.target.toLowerCase()).join(' ');
  const offered = offeredItems(offersOf('node'), session, node.target).map(
    ({ id, label, disabledBecause, select }): PickItem => ({
      // The name may become that of another node under the key.
      id: `named:${node.target}:${id}`,
      label,
      detail: `${name}, ${node.target}`,
      ...(disabledBecause === undefined ? {} : { disabledBecause }),
      pick: select,
    }),
  );
  return rest === '' ? [] : findItems(offered, rest, WORDS).slice(0, 5);
}
