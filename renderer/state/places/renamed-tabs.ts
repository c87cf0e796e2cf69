import type { ContextSummary } from '../../../preload/contract/index.ts';
import type { Tab } from './tab.ts';

/** Where a context leads and by which certificate, whatever it is called. */
const wayOf = ({ caFingerprints, endpoints, proxyUrl, cluster, certificate }: ContextSummary): string =>
  JSON.stringify([caFingerprints, endpoints.toSorted(), proxyUrl, cluster, certificate?.fingerprint]);

/**
 * Tabs after contexts were read anew: one follows its context to another name where exactly one context leads there by the same way, as
 * main does for what a window works on. The same list where nothing is to follow.
 */
export function renamedTabs(
  tabs: readonly Tab[],
  before: readonly ContextSummary[],
  now: readonly ContextSummary[],
): readonly Tab[] {
  const names = new Map<string, ContextSummary>();
  for (const { context: id } of tabs) {
    const gone = now.some((each) => each.id === id) ? undefined : before.find((each) => each.id === id);
    const same = gone === undefined ? [] : now.filter((each) => wayOf(each) === wayOf(gone));
    if (id !== undefined && same.length === 1 && same[0]) names.set(id, same[0]);
  }
  if (names.size === 0) return tabs;
  return tabs.map((tab) => {
    const to = names.get(tab.context ?? '');
    return to === undefined ? tab : { ...tab, context: to.id, name: to.name };
  });
}
