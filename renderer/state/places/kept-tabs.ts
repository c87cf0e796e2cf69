import type { Session } from '../context.ts';
import type { Tab } from './tab.ts';

/** As many as can still be told apart. */
export const MOST_TABS = 20;

const NAME = 'tabs';
const MOST_CHARACTERS = 1_000;

/** Tabs as they are kept between starts. */
export interface KeptTabs {
  readonly tabs: readonly Omit<Tab, 'id'>[];
  /** Place of the one in front. */
  readonly active: number;
}

/** The tabs of the last time; undefined when none were kept. What is in the store may be anything. */
export function keptTabs({ preferences }: Pick<Session, 'preferences'>): KeptTabs | undefined {
  const kept = preferences.kept(NAME) as { tabs?: unknown; active?: unknown } | null | undefined;
  if (typeof kept !== 'object' || kept === null || !Array.isArray(kept.tabs)) return undefined;
  const tabs = (kept.tabs as unknown[]).flatMap(tabFrom).slice(0, MOST_TABS);
  return tabs.length === 0 ? undefined : { tabs, active: typeof kept.active === 'number' ? kept.active : 0 };
}

/** Keeps names and addresses, which are no secret. What was inspected is not known to be there next time. */
export function keepTabs({ preferences }: Pick<Session, 'preferences'>, list: readonly Tab[], active: number): void {
  const tabs = list.map(({ context, name, hash }) => ({
    context,
    name,
    hash: hash.length > MOST_CHARACTERS ? '' : hash,
  }));
  const kept = { tabs, active };
  // The store is written each time.
  if (JSON.stringify(preferences.kept(NAME)) !== JSON.stringify(kept)) preferences.keep(NAME, kept);
}

function tabFrom(value: unknown): readonly Omit<Tab, 'id'>[] {
  const { context, name, hash } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const isText = (text: unknown): text is string => typeof text === 'string' && text.length <= MOST_CHARACTERS;
  if (!isText(name) || !isText(hash) || !/^(#\/.*)?$/.test(hash)) return [];
  return [{ context: isText(context) ? context : undefined, name, hash }];
}
