import type { Session } from '../../state/context.ts';
import { sessionPart } from '../../state/session-part.ts';

const KEPT = 'tour.isSeen';

/** The tour of this window: whether it is open, and whether it was ever seen to its end or sent away. */
class Tour {
  isOpen = $state(false);
  readonly #preferences: Session['preferences'];

  constructor(session: Session) {
    this.#preferences = session.preferences;
  }

  get isSeen(): boolean {
    return this.#preferences.kept(KEPT) === true;
  }

  /** It is not offered by itself any more. */
  close(): void {
    this.isOpen = false;
    this.#preferences.keep(KEPT, true);
  }
}

/** Of a session. */
export const tourOf = sessionPart((session) => new Tour(session));
