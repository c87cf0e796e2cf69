import { sessionPart } from '../../state/session-part.ts';

/** What is searched for in the guide; it stays while its hits are looked at. */
class GuideSearch {
  typed = $state('');
}

export const guideSearch = sessionPart(() => new GuideSearch());
