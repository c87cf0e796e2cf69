import { MOST_ASKED_CLUSTERS, type ContextSummary } from '../../../../preload/contract/index.ts';
import { plural } from '../../../lib/format.ts';
import type { Offer } from '../../../state/action.ts';
import type { Session } from '../../../state/context.ts';
import { thingParts } from '../../../state/parts/things.ts';
import { askingOf } from './asking.svelte.ts';

/** Of clusters that are chosen together: one question to all of them. */
export const ASK_CLUSTERS: Offer = {
  id: 'clusters.ask',
  kind: 'clusters',
  title: (_session, id) => `Ask ${plural(thingParts(id).length, 'cluster')}…`,
  whyNot: (session, id) => {
    if (thingParts(id).length > MOST_ASKED_CLUSTERS)
      return `At most ${MOST_ASKED_CLUSTERS} clusters are asked at once.`;
    return usable(session, id).length === 0 ? 'None of these clusters can be dialled.' : undefined;
  },
  run: (session, id) => (askingOf(session).contexts = usable(session, id)),
};

/** In the order of the files. */
function usable({ topics }: Session, id: string): readonly ContextSummary[] {
  const chosen = new Set(thingParts(id));
  return (topics.config.current?.contexts ?? []).filter((context) => chosen.has(context.id) && context.isUsable);
}
