import { contextName } from '../lib/context-names.ts';
import type { Session } from '../state/context.ts';
import { isDemo } from '../state/demo.ts';
import { isProduction } from '../state/production.ts';
import { screenOf, titleOfThing } from './features.ts';

/** Longest title: the system shows less of it. */
const MOST_CHARACTERS = 120;

/**
 * What the system calls the window: `worker-07 · prod-fra (production) · Minos`. A task list and a screenshot tell by it
 * which cluster the window works on.
 */
export function windowTitle(session: Session): string {
  const { context } = session.current;
  const { gone } = session.topics.config.current ?? {};
  // A task list must not show it as one that works on nothing.
  if (gone) return `${contextName(gone).slice(0, MOST_CHARACTERS)} (gone) · Minos`;
  const screen = screenOf(session.screen.id)?.screen;
  const subject = screen?.subject?.(session);
  const cluster =
    context === undefined
      ? []
      : [
          `${contextName(context).slice(0, MOST_CHARACTERS)}${isDemo(session) ? ' (simulated)' : isProduction(session, context) ? ' (production)' : ''}`,
        ];
  const shown = subject === undefined ? (screen?.title ?? '') : titleOfThing(session, subject);
  const parts = [...(context === undefined ? [] : [shown.slice(0, MOST_CHARACTERS)]), ...cluster, 'Minos'];
  return parts.join(' · ').slice(0, 2 * MOST_CHARACTERS);
}
