import type { Session } from '../../state/context.ts';
import { sessionPart } from '../../state/session-part.ts';

/** Whether the place that is shown next was gone to from within a folder, so that its table takes the focus over. */
export class Walk {
  #isGoing = false;

  begin(): void {
    this.#isGoing = true;
  }

  /** Says so once. */
  end(): boolean {
    const wasGoing = this.#isGoing;
    this.#isGoing = false;
    return wasGoing;
  }
}

/** The walk of a window. */
export const walkOf: (session: Session) => Walk = sessionPart(() => new Walk());
