import type { NodePart } from '../../../state/parts/parts.ts';
import NodeAnswers from './NodeAnswers.svelte';
import { NODE_TABS } from './node-tabs.ts';

/** What the page of a node shows of commands. */
export const NODE_PARTS: readonly NodePart[] = NODE_TABS.map(({ id, title, asked }, index) => ({
  id,
  title,
  place: 'tab',
  order: 10 * (index + 1),
  component: NodeAnswers,
  applies: ({ commands }) => asked.some(({ command }) => commands.current?.some((each) => each.id === command)),
}));
