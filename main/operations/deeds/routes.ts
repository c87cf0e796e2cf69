import type { CallHandlers, TopicHandlers } from '../handlers.ts';
import { cancelled, chosenFiles, type Desktop } from '../app/desktop.ts';
import { savePieces, type SaveWish } from '../work/sinks/save-export.ts';
import { DEEDS } from './deed-list.ts';
import { deedsText } from './save-deeds.ts';
import type { Workspace } from '../workspace.ts';

type DeedCalls = Pick<
  CallHandlers,
  `deeds.${'list' | 'plan' | 'save' | 'order' | 'lookUp' | 'rest' | 'savePlan' | 'openPlan'}`
>;

/** Plans for what changes clusters. */
export function deedRoutes(
  { deeds, plans, unfinished }: Workspace,
  desktop: Pick<Desktop, 'chooseSavePath' | 'chooseFiles' | 'droppedPaths'>,
): DeedCalls {
  const { journal, lookUps, saved } = deeds;
  return {
    'deeds.list': () =>
      DEEDS.map(({ id, title, about, params, needsOneOf, beginsBy }) => ({
        ...{ id, title, about, params },
        ...(needsOneOf !== undefined && { needsOneOf }),
        ...(beginsBy !== undefined && { isBegunElsewhere: true as const }),
        ...(deeds.rehearsals.can(id) && { isRehearsed: true as const }),
      })),
    'deeds.plan': (input, { signal }) => deeds.plan(input, signal),
    'deeds.save': ({ format, ids }, { windowId }) => {
      const known = new Map(journal.state.current.deeds?.map((deed) => [deed.id, deed]));
      const wanted = ids.flatMap((id) => known.get(id) ?? []);
      const choose = (wish: SaveWish) => desktop.chooseSavePath(windowId, wish);
      return savePieces({ stem: 'deeds', extension: format, choose, unfinished }, () => deedsText(wanted, format));
    },
    'deeds.savePlan': ({ saved: token }, { windowId }) =>
      saved.save(token, (wish) => desktop.chooseSavePath(windowId, { ...wish, title: 'Save plan' }), unfinished),
    'deeds.openPlan': async (input, { windowId }) => {
      const { dropped } = input;
      const [path] =
        dropped === undefined ? await chosenFiles(desktop, windowId, 'Open plan') : desktop.droppedPaths(dropped);
      if (path === undefined) throw cancelled();
      return saved.open(path, input);
    },
    'deeds.lookUp': ({ id }) => lookUps.lookUp(id),
    'deeds.rest': ({ id }) => lookUps.rest(id),
    'deeds.order': ({ id, order, node }) => plans.order(id, order, node),
  };
}

/** What was done to clusters. */
export function deedTopics({
  deeds,
  plans,
}: Workspace): Pick<TopicHandlers, 'deeds.state' | 'deeds.progress' | 'deeds.rehearsal'> {
  return {
    'deeds.rehearsal': ({ token }, { signal }) => deeds.rehearse(token, signal),
    'deeds.state': () => deeds.journal.watched(),
    'deeds.progress': () => plans.underWay,
  };
}
