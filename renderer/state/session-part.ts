import type { Session } from './context.ts';

/**
 * State of one feature that lives as long as the window: made from the session when it is first asked for, then always the
 * same. So a feature brings its own state, and the session knows nothing of it.
 */
export function sessionPart<T>(make: (session: Session) => T): (session: Session) => T {
  const made = new WeakMap<Session, { readonly part: T }>();
  return (session) => {
    const known = made.get(session);
    if (known) return known.part;
    const part = make(session);
    made.set(session, { part });
    return part;
  };
}
