import { rejoin, type Rejoined } from './rejoin.ts';
import type { Lines } from './whole-lines.ts';

/** Characters that are kept; when more come, the oldest go: where a log goes on stands near its end. */
const MOST_CHARACTERS = 2 * 1024 * 1024;

/** Lines of a log that was asked for once more, until it is known where they go on. */
export class LinesAgain {
  #lines: string[] = [];
  #cut: number[] = [];
  #characters = 0;
  #isShort = false;

  get isEmpty(): boolean {
    return this.#lines.length === 0;
  }

  add({ lines, cut }: Lines): void {
    for (const place of cut) this.#cut.push(this.#lines.length + place);
    for (const line of lines) {
      this.#lines.push(line);
      this.#characters += line.length + 1;
    }
    if (this.#characters > MOST_CHARACTERS) this.#shorten();
  }

  /** What is new behind the `known` ones; `asked` is how many lines the node was asked for. */
  after(known: readonly string[], asked: number): Lines & Pick<Rejoined, 'missing'> {
    const { lines, missing } = rejoin(known, this.#lines, this.#isShort ? 0 : asked);
    return { lines, missing, cut: cutFrom(this.#cut, this.#lines.length - lines.length) };
  }

  /** Half at once: one line at a time would move all the others each time. */
  #shorten(): void {
    let gone = 0;
    while (this.#characters > MOST_CHARACTERS / 2) {
      this.#characters -= (this.#lines[gone]?.length ?? 0) + 1;
      gone += 1;
    }
    this.#lines = this.#lines.slice(gone);
    this.#cut = [...cutFrom(this.#cut, gone)];
    this.#isShort = true;
  }
}

const cutFrom = (cut: readonly number[], first: number): readonly number[] =>
  cut.flatMap((place) => (place >= first ? [place - first] : []));
