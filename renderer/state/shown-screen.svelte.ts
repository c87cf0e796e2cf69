import { createSubscriber } from 'svelte/reactivity';

/** The screen shown, kept in the address's hash: back and forward work and a reload stays where it was. */
export class ShownScreen {
  readonly #use = createSubscriber((update) => {
    window.addEventListener('hashchange', update);
    return () => window.removeEventListener('hashchange', update);
  });

  /** What the address names; a screen of that id need not exist. */
  get id(): string {
    this.#use();
    return window.location.hash.replace(/^#\//, '');
  }

  show(id: string): void {
    window.location.hash = `#/${id}`;
  }
}
