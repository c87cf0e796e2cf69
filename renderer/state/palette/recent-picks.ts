import type { Session } from '../context.ts';

const NAME = 'palette.recent';
/** Ids are short; anything else in the store is not ours. */
const MOST_CHARACTERS = 400;
/** So many are remembered. */
const MOST = 8;

/** Ids of what was picked from the palette of late, latest first. */
export function recentPicks({ preferences }: Pick<Session, 'preferences'>): readonly string[] {
  const kept = preferences.kept(NAME);
  if (!Array.isArray(kept)) return [];
  return kept.filter((id): id is string => typeof id === 'string' && id.length <= MOST_CHARACTERS);
}

/** Remembers one that was picked. */
export function takePick(session: Pick<Session, 'preferences'>, id: string): void {
  const others = recentPicks(session).filter((each) => each !== id);
  session.preferences.keep(NAME, [id, ...others].slice(0, MOST));
}

/** Forgets them all. */
export function forgetPicks({ preferences }: Pick<Session, 'preferences'>): void {
  preferences.keep(NAME, []);
}
