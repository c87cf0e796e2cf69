import type { Session } from './context.ts';

/**
 * Works on another context in this window; writes nothing. What was inspected belongs to the context that is left, unless
 * it is a context itself.
 */
export async function workOn(session: Pick<Session, 'client' | 'notices' | 'view'>, context: string): Promise<void> {
  const outcome = await session.client.call('contexts.select', { name: context });
  if (!outcome.ok) return session.notices.say(outcome.failure.message, 'bad');
  if (session.view.inspected?.kind !== 'context') session.view.closeInspector();
}
