import type { Outcome } from '../../preload/contract/index.ts';
import { copyText } from '../lib/copy-text.ts';
import type { Session } from './context.ts';

/** Waits for an answer and says in a notice why it is none. What the user broke off themselves is not said. */
export async function tellWhyNot(
  { notices }: Pick<Session, 'notices'>,
  answer: Promise<Outcome<unknown>>,
): Promise<void> {
  const outcome = await answer;
  if (!outcome.ok && outcome.failure.code !== 'cancelled') notices.say(outcome.failure.message, 'bad');
}

/** Puts text on the clipboard and says in a notice that it is there, by `words`, or that it is not. */
export function copyAndTell({ notices }: Pick<Session, 'notices'>, text: string, words: string): void {
  if (copyText(text)) notices.say(words);
  else notices.say('The clipboard did not take the text.', 'bad');
}
