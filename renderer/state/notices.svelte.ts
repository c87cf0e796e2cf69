/** What a notice offers to do. */
export interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}

/** A sentence that is shown for some seconds. */
export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly tone: 'info' | 'bad';
  /** The one thing that can be done about it. */
  readonly action?: NoticeAction | undefined;
}

const SHOWN_MS = 6000;
/** Long enough to read, decide and reach the button. */
const SHOWN_WITH_ACTION_MS = 15_000;

/** Short messages about what just happened. They leave by themselves; failures with something to do are cards instead. */
export class Notices {
  #list = $state.raw<readonly Notice[]>([]);
  #lastId = 0;

  get list(): readonly Notice[] {
    return this.#list;
  }

  say(text: string, tone: Notice['tone'] = 'info', action?: NoticeAction): void {
    const id = ++this.#lastId;
    this.#list = [...this.#list, { id, text, tone, action }].slice(-4);
    setTimeout(() => this.drop(id), action ? SHOWN_WITH_ACTION_MS : SHOWN_MS);
  }

  drop(id: number): void {
    this.#list = this.#list.filter((notice) => notice.id !== id);
  }
}
