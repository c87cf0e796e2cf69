import type { ContextSummary } from '../../../../preload/contract/index.ts';
import type { Session } from '../../../state/context.ts';
import { sessionPart } from '../../../state/session-part.ts';
import { Question, type Asked } from './question.svelte.ts';

/** The part of the screen Runs that shows what several clusters answered. */
export const CLUSTERS_PART = 'clusters';

/** The question to several clusters of a window: the last one, and the form of the next. */
class Asking {
  readonly #session: Session;
  #question = $state.raw<Question | undefined>();
  /** The clusters that the form is for; it is closed when missing. */
  contexts = $state.raw<readonly ContextSummary[] | undefined>();

  constructor(session: Session) {
    this.#session = session;
  }

  get question(): Question | undefined {
    return this.#question;
  }

  /** Asks, and shows the answers as they come. What was asked before and still runs is cancelled. */
  ask(asked: Asked): void {
    this.#question?.cancel();
    this.#question = new Question(this.#session, asked);
    this.contexts = undefined;
    this.#session.screen.show('runs', CLUSTERS_PART);
  }
}

/** The question to several clusters of a window. */
export const askingOf = sessionPart((session) => new Asking(session));
