import type { ConfirmAnswer, ConfirmQuestion } from '../../preload/contract/plans/confirm.ts';
import { showUnseen } from '../lib/unseen-signs.ts';

/** How long the deed's button rests after the window came to the front: a click or key was meant for what was there before. */
const REST_MS = 600;

/**
 * Puts a question into the page of confirm.html, as text. Cancel has the focus; Enter never confirms, Escape cancels; a
 * name that must be typed is compared here for the button, and in main for the deed. Answers once.
 */
export function showQuestion(page: Document, question: ConfirmQuestion, answer: (answer: ConfirmAnswer) => void): void {
  const { title, facts, names, deed, isDestructive, typed: wanted } = question;
  const at = <T extends HTMLElement>(id: string): T => page.getElementById(id) as T;
  const button = at<HTMLButtonElement>('deed');
  const cancel = at<HTMLButtonElement>('cancel');
  const field = at<HTMLInputElement>('typed');
  let isResting = true;
  let isAnswered = false;

  const say = (isConfirmed: boolean): void => {
    if (isAnswered) return;
    isAnswered = true;
    answer({ isConfirmed, typed: field.value });
  };
  const allow = (): void => {
    button.disabled = isResting || (wanted !== undefined && field.value !== wanted);
  };
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const rest = (): void => {
    isResting = true;
    allow();
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      isResting = false;
      allow();
    }, REST_MS);
  };

  at('title').textContent = showUnseen(title);
  at('facts').replaceChildren(...facts.map((fact) => item(page, fact)));
  if (names) {
    at('names').hidden = false;
    at('names-label').textContent = names.label;
    at('names-list').replaceChildren(...names.items.map((name) => item(page, name)));
  }
  if (wanted !== undefined) {
    at('typing').hidden = false;
    at('wanted').textContent = showUnseen(wanted);
  }
  button.textContent = showUnseen(deed);
  button.classList.add(isDestructive ? 'danger' : 'primary');
  field.addEventListener('input', allow);
  cancel.addEventListener('click', () => {
    say(false);
  });
  button.addEventListener('click', () => {
    if (!button.disabled) say(true);
  });
  page.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') say(false);
    // On Cancel it cancels, as a button does; everywhere else it does nothing.
    if (event.key === 'Enter' && event.target !== cancel) event.preventDefault();
  });
  page.defaultView?.addEventListener('focus', rest);
  rest();
  cancel.focus();
}

function item(page: Document, text: string): HTMLElement {
  const made = page.createElement('li');
  made.textContent = showUnseen(text);
  return made;
}
