import type { Session } from '../context.ts';
import type { Tab } from './tab.ts';

/** As many as can still be told apart. */
export const MOST_TABS = 20;

/** Where the only window of an earlier Minos kept them, among the preferences. */
const OLD_NAME = 'tabs';
const NAME = /^tabs\.\d+$/;
const MOST_CHARACTERS = 1_000;

/** Tabs as they are kept between starts. */
export interface KeptTabs {
  readonly tabs: readonly Omit<Tab, 'id'>[];
  /** Place of the one in front. */
  readonly active: number;
}

type Shared = Pick<Session, 'app' | 'preferences'>;

/** Each window keeps its own; undefined while it is not known which one this is. */
function nameIn({ app }: Shared): string | undefined {
  const number = app.current?.window.number;
  return number === undefined ? undefined : `tabs.${number}`;
}

/** The tabs of the last time; undefined when none were kept. What is in the store may be anything. */
export function keptTabs(session: Shared): KeptTabs | undefined {
  const { preferences } = session;
  const name = nameIn(session);
  if (name === undefined) return undefined;
  const own = preferences.keptAlone(name) ?? (name === 'tabs.1' ? preferences.kept(OLD_NAME) : undefined);
  const kept = own as { tabs?: unknown; active?: unknown } | null | undefined;
  if (typeof kept !== 'object' || kept === null || !Array.isArray(kept.tabs)) return undefined;
  const tabs = (kept.tabs as unknown[]).flatMap(tabFrom).slice(0, MOST_TABS);
  return tabs.length === 0 ? undefined : { tabs, active: typeof kept.active === 'number' ? kept.active : 0 };
}

/** Keeps names and addresses, which are no secret. What was inspected is not known to be there next time. */
export function keepTabs(session: Shared, list: readonly Tab[], active: number): void {
  const { preferences } = session;
  const name = nameIn(session);
  if (name === undefined) return;
  const tabs = list.map(({ context, name: called, hash }) => ({
    context,
    name: called,
    hash: hash.length > MOST_CHARACTERS ? '' : hash,
  }));
  const kept = { tabs, active };
  // The store is written each time.
  if (JSON.stringify(preferences.keptAlone(name)) !== JSON.stringify(kept)) preferences.keepAlone(name, kept);
}

/** Forgets the tabs of windows that were closed and do not come back. */
export function dropOldTabs({ app, preferences }: Shared): void {
  const names = app.current?.window.numbers.map((number) => `tabs.${number}`) ?? [];
  if (names.length > 0) preferences.dropAlone((name) => NAME.test(name) && !names.includes(name));
}

function tabFrom(value: unknown): readonly Omit<Tab, 'id'>[] {
  const { context, name, hash } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const isText = (text: unknown): text is string => typeof text === 'string' && text.length <= MOST_CHARACTERS;
  if (!isText(name) || !isText(hash) || !/^(#\/.*)?$/.test(hash)) return [];
  return [{ context: isText(context) ? context : undefined, name, hash }];
}
