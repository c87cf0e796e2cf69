import { MENU_ACTIONS } from '../../../preload/contract/index.ts';
import type { PickItem } from '../../components/overlays/pick.ts';
import type { Session } from '../../state/context.ts';
import type { Feature } from '../feature.ts';
import type { GuidePage } from './guide-page.ts';
import GuideScreen from './GuideScreen.svelte';
import { idOf, PAGES, placeOfScreen, textOfPage } from './pages.ts';

/** The user guide inside the app, without a network. */
export const guide: Feature = {
  id: 'guide',
  order: 98,
  screen: { title: 'User guide', icon: 'help', component: GuideScreen, needsContext: false, isListed: false },
  actions: [
    {
      id: 'guide.open',
      title: 'User guide: about this screen',
      words: 'help guide manual documentation how',
      chord: MENU_ACTIONS['guide.open'].chord,
      isForTyping: true,
      isForFirstPage: true,
      run: openGuide,
    },
  ],
  picks: guideItems,
};

/** At what is said of the screen in view. */
function openGuide({ screen }: Session): void {
  const place = placeOfScreen(screen.id);
  if (place) screen.show('guide', idOf(place));
}

/** What each page says; the palette asks for all of it whenever it is opened. */
const TEXTS = new Map<string, string>();

function textOf(page: GuidePage): string {
  const text = TEXTS.get(page.id) ?? textOfPage(page);
  TEXTS.set(page.id, text);
  return text;
}

function guideItems({ screen }: Session): readonly PickItem[] {
  return PAGES.map((page) => ({
    id: `guide:${page.id}`,
    label: `Guide: ${page.title}`,
    group: 'Help',
    words: 'help guide manual',
    text: textOf(page),
    pick: () => screen.show('guide', page.id),
  }));
}
