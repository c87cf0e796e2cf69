import { createSubscriber } from 'svelte/reactivity';

/**
 * The screen shown, kept in the address's hash: back and forward work and a reload stays where it was. `#/nodes` names a screen,
 * `#/node/10.5.0.2` one that shows one thing, and which.
 */
export class ShownScreen {
  readonly #use = createSubscriber((update) => {
    window.addEventListener('hashchange', update);
    return () => window.removeEventListener('hashchange', update);
  });

  /** What the address names; a screen of that id need not exist. */
  get id(): string {
    return this.#words[0] ?? '';
  }

  /** The one thing the address names beside the screen, such as a node; undefined when it names none. */
  get part(): string | undefined {
    const [, ...words] = this.#words;
    return words.length === 0 ? undefined : decoded(words.join('/'));
  }

  show(id: string, part?: string): void {
    window.location.hash = addressOf(id, part);
  }

  /** To what was shown before, as far as this window goes back. */
  back(): void {
    window.history.back();
  }

  forward(): void {
    window.history.forward();
  }

  get #words(): readonly string[] {
    this.#use();
    return window.location.hash.replace(/^#\//, '').split('/');
  }
}

/** The address of a screen, and of one thing on it: for links. */
export function addressOf(id: string, part?: string): string {
  return part === undefined ? `#/${id}` : `#/${id}/${encodeURIComponent(part)}`;
}

/** An address may be typed by hand. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
