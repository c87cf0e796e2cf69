import { chordKeys } from '../lib/keyboard.ts';
import { actionOf, type Action } from './action.ts';
import type { Session } from './context.ts';

/** An action as a line of a menu; the words may be others than in the palette. */
export interface ActionLine {
  /** Its id. */
  readonly action: string;
  readonly label: string;
}

/** Lines of a menu that do what actions do, with their keys; one whose feature is not there is left out. */
export function actionItems(
  actions: readonly Action[],
  session: Session,
  lines: readonly ActionLine[],
): readonly { readonly id: string; readonly label: string; readonly detail?: string; readonly select: () => void }[] {
  return lines.flatMap(({ action: id, label }) => {
    const action = actionOf(actions, id);
    if (!action) return [];
    const { chord, run } = action;
    return [
      { id, label, ...(chord === undefined ? {} : { detail: chordKeys(chord).join(' ') }), select: () => run(session) },
    ];
  });
}
