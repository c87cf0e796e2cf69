import type { Session } from './context.ts';

/** Whether the window works on the simulated cluster, or is about to. */
export function isDemo({ app, topics }: Session): boolean {
  return app.current?.isDemo === true || topics.config.current?.choice.reason === 'demo';
}

/** Whether the demo is about to come: what main says of files until then is not what the window will work on. */
export function isDemoStarting(session: Session): boolean {
  return session.app.current?.isDemo === true && session.topics.config.current?.choice.reason !== 'demo';
}

/**
 * Whether another window has opened the demo or left it since this page was loaded: what this one remembers is of other clusters. `was` is
 * whether the files in use were the demo's when that was looked at last.
 */
export function hasDemoChanged({ app, topics }: Session, was: boolean): boolean {
  const reason = topics.config.current?.choice.reason;
  if (reason === undefined || app.current === undefined) return false;
  return reason === 'demo' ? !app.current.isDemo : was;
}

/** Opens the demo. What the page remembers is of the user's own clusters, so it begins anew. */
export const openDemo = (session: Session): Promise<void> => change(session, 'app.openDemo');

/** Goes to the user's own files. What the page remembers is of the demo, so it begins anew. */
export const leaveDemo = (session: Session): Promise<void> => change(session, 'app.leaveDemo');

async function change(session: Session, name: 'app.openDemo' | 'app.leaveDemo'): Promise<void> {
  const outcome = await session.client.call(name, {});
  if (outcome.ok) session.reload();
  else session.notices.say(outcome.failure.message, 'bad');
}
