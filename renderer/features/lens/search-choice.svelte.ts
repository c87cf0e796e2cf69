import type { LensPattern, LensSearch } from '../../lens/protocol.ts';

/** Who is told what is searched. */
export interface SearchListener {
  readonly onSearch: (search: LensSearch | undefined) => void;
  /** Texts are patterns now, or no longer, or mean large letters; whatever other patterns there are mean the same. */
  readonly onMeaning: () => void;
}

/** What is searched in a lens, and how texts are meant. */
export class SearchChoice {
  readonly #listener: SearchListener;
  #text = $state('');
  #isRegex = $state(false);
  #isCaseSensitive = $state(false);
  #show = $state<LensSearch['show']>('all');
  /** Which of the hits was gone to last, from 1. */
  hit = $state<number | undefined>();

  constructor(listener: SearchListener) {
    this.#listener = listener;
  }

  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    this.#text = text;
    this.#tell();
  }

  get isRegex(): boolean {
    return this.#isRegex;
  }

  set isRegex(isRegex: boolean) {
    this.#isRegex = isRegex;
    this.#tell();
    this.#listener.onMeaning();
  }

  get isCaseSensitive(): boolean {
    return this.#isCaseSensitive;
  }

  set isCaseSensitive(isCaseSensitive: boolean) {
    this.#isCaseSensitive = isCaseSensitive;
    this.#tell();
    this.#listener.onMeaning();
  }

  /** Whether lines that the search does not find are shown. */
  get show(): LensSearch['show'] {
    return this.#show;
  }

  set show(show: LensSearch['show']) {
    this.#show = show;
    this.#tell();
  }

  /** It keeps lines out of sight. */
  get hides(): boolean {
    return this.#text !== '' && this.#show !== 'all';
  }

  /** A text as it is meant at the moment. */
  pattern(text: string): LensPattern {
    return { text, isRegex: this.#isRegex, isCaseSensitive: this.#isCaseSensitive };
  }

  #tell(): void {
    this.hit = undefined;
    this.#listener.onSearch(this.#text === '' ? undefined : { pattern: this.pattern(this.#text), show: this.#show });
  }
}
