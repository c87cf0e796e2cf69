import type { NodeState } from '../../../preload/contract/index.ts';
import { sessionPart } from '../../state/session-part.ts';

/** What a list of nodes was filtered by. */
interface LeftList {
  readonly text: string;
  readonly role: 'controlplane' | 'worker' | undefined;
  readonly only: ReadonlySet<NodeState>;
}

/** The filters of the lists of nodes that were left, by the id of the context, as long as the window is open. */
export const leftLists = sessionPart(() => new Map<string, LeftList>());
