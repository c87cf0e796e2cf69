import { sessionPart } from '../../state/session-part.ts';

/** The tab that every node's page has first. */
export const SUMMARY = 'summary';

/** What the pages of nodes remember: the tab that is open, so that going from node to node compares the same thing. */
class NodePage {
  tab = $state(SUMMARY);
}

/** Of this window. */
export const nodePageOf = sessionPart(() => new NodePage());
