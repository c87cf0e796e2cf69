import type { Session } from './context.ts';

/**
 * Works on another context in this window; writes nothing. What was inspected belongs to the context that is left, unless
 * it is a context itself. False: main did not switch, and a notice says why.
 */
export async function workOn(session: Pick<Session, 'client' | 'notices' | 'view'>, context: string): Promise<boolean> {
  const outcome = await session.client.call('contexts.select', { name: context });
  if (!outcome.ok) {
    session.notices.say(outcome.failure.message, 'bad');
    return false;
  }
  if (session.view.inspected?.kind !== 'context') session.view.closeInspector();
  return true;
}
