import type { ContextSummary, TalosconfigState } from '../../preload/contract/index.ts';

/**
 * The context that a command line of talosctl names. talosctl looks in the file in use only, so that one comes first;
 * among other open files the context in use, or the only one of that name. `several` where that does not tell.
 */
export function namedContext(
  config: TalosconfigState | undefined,
  name: string,
): ContextSummary | 'several' | undefined {
  const named = config?.contexts.filter((context) => context.name === name) ?? [];
  const meant =
    named.find(({ file }) => file === config?.choice.path) ?? named.find(({ id }) => id === config?.selected);
  if (meant) return meant;
  return named.length > 1 ? 'several' : named[0];
}
