export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly tone: 'info' | 'bad';
}

const SHOWN_MS = 6000;

/** Short messages about what just happened. They leave by themselves; failures with something to do are cards instead. */
export class Notices {
  #list = $state.raw<readonly Notice[]>([]);
  #lastId = 0;

  get list(): readonly Notice[] {
    return this.#list;
  }

  say(text: string, tone: Notice['tone'] = 'info'): void {
    const id = ++this.#lastId;
    this.#list = [...this.#list, { id, text, tone }].slice(-4);
    setTimeout(() => this.drop(id), SHOWN_MS);
  }

  drop(id: number): void {
    this.#list = this.#list.filter((notice) => notice.id !== id);
  }
}
