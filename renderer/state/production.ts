import type { ContextSummary } from '../../preload/contract/index.ts';
import type { Session } from './context.ts';

type Marked = Pick<ContextSummary, 'id' | 'isProduction'>;

/** Whether the cluster of a context is marked as production: by main, or by an earlier version in this page. */
export function isProduction({ preferences }: Pick<Session, 'preferences'>, context: Marked): boolean {
  return context.isProduction === true || preferences.hasOldProduction(context.id);
}

/** Marks the cluster of a context, or takes the mark away. Says in a notice why it could not be done; then nothing changes. */
export async function markProduction(
  { client, notices, preferences }: Pick<Session, 'client' | 'notices' | 'preferences'>,
  context: string,
  isMarked: boolean,
): Promise<void> {
  const outcome = await client.call('contexts.setProduction', { context, isProduction: isMarked });
  if (outcome.ok) preferences.dropOldProduction(context);
  else notices.say(outcome.failure.message, 'bad');
}
