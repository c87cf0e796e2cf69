import type { PickItem } from '../components/overlays/pick.ts';
import { contextTitle } from '../lib/context-names.ts';
import { problemLine, rolesOf } from '../lib/words.ts';
import { offeredItems, titleOf, type Action } from '../state/action.ts';
import type { Session } from '../state/context.ts';
import { DATE_FORMS, DENSITIES, RAILS, THEMES, TIME_ZONES } from '../../preload/contract/index.ts';
import { openWindow } from '../state/places/open-window.ts';
import { workOn } from '../state/work-on.ts';
import { ACTIONS, FEATURES, offersOf, SCREENS, screenOf, titleOfThing } from './features.ts';

/** Every context of the open files, the broken ones with what is wrong. Choosing one writes nothing. */
export function contextItems(session: Session): readonly PickItem[] {
  const config = session.topics.config.current;
  return (config?.contexts ?? []).map((context) => ({
    id: `context:${context.id}`,
    label: contextTitle(context, config),
    detail: problemLine(context) ?? (rolesOf(context) || context.auth),
    group: 'Contexts',
    words: `context cluster switch use ${context.endpoints.join(' ')}`,
    isCurrent: context.id === config?.selected,
    pick: () => void workOn(session, context.id),
    pickElsewhere: () => void openWindow(session, { context: context.id }),
  }));
}

/** Everything the palette offers now: what belongs to the thing in view, the lists of the features, screens, contexts, actions. */
export function paletteItems(session: Session): readonly PickItem[] {
  return [
    ...thingItems(session),
    ...FEATURES.flatMap(({ picks }) => picks?.(session) ?? []),
    ...screenItems(session),
    ...contextItems(session),
    ...ACTIONS.flatMap((action) => actionItem(session, action)),
    ...lookItems(session),
  ];
}

/** What a right click on the thing offers that is inspected, or that the screen is about: the same, in the same order and words. */
function thingItems(session: Session): readonly PickItem[] {
  const thing = session.view.inspected ?? screenOf(session.screen.id)?.screen.subject?.(session);
  if (!thing) return [];
  const title = titleOfThing(session, thing);
  return offeredItems(offersOf(thing.kind), session, thing.id).map(({ id, label, disabledBecause, select }) => ({
    id: `here:${id}`,
    label: `${title}: ${label}`,
    group: 'Here',
    ...(disabledBecause === undefined ? {} : { disabledBecause }),
    pick: select,
  }));
}

function screenItems({ screen: shown }: Session): readonly PickItem[] {
  return SCREENS.map(({ id, screen }) => ({
    id: `screen:${id}`,
    label: screen.title,
    detail: 'screen',
    ...(screen.words === undefined ? {} : { words: screen.words }),
    group: 'Screens',
    isCurrent: screenOf(shown.id)?.id === id,
    pick: () => shown.show(id),
  }));
}

function actionItem(session: Session, action: Action): readonly PickItem[] {
  const { id, detail, words, chord, applies, isListed = applies, whyNot } = action;
  if (applies?.(session) === false || isListed?.(session) === false) return [];
  const why = whyNot?.(session);
  return [
    {
      id,
      label: titleOf(action, session),
      group: 'Actions',
      ...(detail === undefined ? {} : { detail }),
      ...(words === undefined ? {} : { words }),
      ...(chord === undefined ? {} : { chord }),
      ...(why === undefined ? {} : { disabledBecause: why }),
      pick: () => action.run(session),
    },
  ];
}

/** Looks, as in the settings. */
function lookItems({ preferences }: Session): readonly PickItem[] {
  return [
    ...THEMES.map((theme) => ({
      id: `theme:${theme}`,
      label: `Theme: ${theme}`,
      words: `look colours mode ${theme === 'dark' ? 'night' : ''}`,
      isCurrent: preferences.theme === theme,
      pick: () => (preferences.theme = theme),
    })),
    ...DENSITIES.map((density) => ({
      id: `density:${density}`,
      label: `Rows: ${density}`,
      words: 'density look',
      isCurrent: preferences.density === density,
      pick: () => (preferences.density = density),
    })),
    ...RAILS.map((rail) => ({
      id: `rail:${rail}`,
      label: `List of screens: ${{ auto: 'words where there is room', labels: 'words', icons: 'signs' }[rail]}`,
      words: 'rail sidebar look',
      isCurrent: preferences.rail === rail,
      pick: () => (preferences.rail = rail),
    })),
    ...TIME_ZONES.map((timeZone) => ({
      id: `time:${timeZone}`,
      label: `Times: ${{ local: 'of this computer', utc: 'UTC' }[timeZone]}`,
      words: 'time zone',
      isCurrent: preferences.timeZone === timeZone,
      pick: () => (preferences.timeZone = timeZone),
    })),
    ...DATE_FORMS.map((form) => ({
      id: `dates:${form}`,
      label: `Dates: ${{ system: 'as in this region', plain: '3 Mar 2026, 14:02:11', iso: '2026-03-03 14:02:11' }[form]}`,
      words: 'format locale region time',
      isCurrent: preferences.dates === form,
      pick: () => (preferences.dates = form),
    })),
  ].map((item) => ({ ...item, group: 'Settings' }));
}
