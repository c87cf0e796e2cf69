import { createSubscriber } from 'svelte/reactivity';

/** The screen shown, kept in the address's hash: back and forward work and a reload stays where it was. */
export class Router {
  readonly #use: () => void;
  readonly #known: readonly string[];

  constructor(known: readonly string[]) {
    this.#known = known;
    this.#use = createSubscriber((update) => {
      window.addEventListener('hashchange', update);
      return () => window.removeEventListener('hashchange', update);
    });
  }

  /** The id of the screen; the first one when the address names none. */
  get current(): string {
    this.#use();
    const id = window.location.hash.replace(/^#\//, '');
    return this.#known.includes(id) ? id : (this.#known[0] ?? '');
  }

  go(id: string): void {
    window.location.hash = `#/${id}`;
  }
}
