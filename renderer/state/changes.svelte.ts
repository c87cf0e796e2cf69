import type { AppliedChange, Failure, Outcome } from '../../preload/contract/index.ts';
import type { Client } from '../lib/bridge.ts';
import type { Notices } from './notices.svelte.ts';

/** Something that was written to a file and can be taken back. */
export interface WrittenChange {
  /** Of the history it stands in. */
  readonly id: string;
  /** One sentence: what was changed. */
  readonly what: string;
  readonly undo: () => Promise<Outcome<unknown>>;
}

/** Changes of this session that can still be taken back by a key. */
const MOST = 50;

/**
 * What this window wrote to files, newest last. Each is told with an Undo, and Ctrl Z takes the newest back. Older
 * changes, also of earlier sessions, are in the history of their file.
 */
export class Changes {
  #done = $state.raw<readonly WrittenChange[]>([]);
  /** The file whose history is shown; undefined when it is closed. */
  history = $state<string | undefined>();
  #isBusy = false;
  #turn: Promise<unknown> = Promise.resolve();
  readonly #client: Client;
  readonly #notices: Notices;

  constructor(client: Client, notices: Notices) {
    this.#client = client;
    this.#notices = notices;
  }

  /** The change that undo would take back. */
  get last(): WrittenChange | undefined {
    return this.#done.at(-1);
  }

  /**
   * Waits for a change of a talosconfig and tells of it. Answers why it failed; undefined when done or cancelled. The page
   * may show the change before the answer is here: an undo that is asked for meanwhile waits, and takes this one back.
   */
  async take(answer: Promise<Outcome<AppliedChange>>): Promise<Failure | undefined> {
    let failure: Failure | undefined;
    await this.#inTurn(async () => {
      const outcome = await answer;
      if (outcome.ok) this.wrote(outcome.value);
      else if (outcome.failure.code !== 'cancelled') failure = outcome.failure;
    });
    return failure;
  }

  /** Tells of a change of a talosconfig that was written. */
  wrote({ file, what, changeId }: AppliedChange): void {
    if (changeId === undefined) return this.#notices.say(what);
    this.record(this.ofHistory({ file, what, id: changeId }));
  }

  /** A change as the history of its file names it. */
  ofHistory({ file, what, id }: { readonly file: string; readonly what: string; readonly id: string }): WrittenChange {
    return { id, what, undo: () => this.#client.call('history.undo', { file, changeId: id }) };
  }

  /** Tells of any change that was written and can be taken back. */
  record(change: WrittenChange): void {
    this.#done = [...this.#done, change].slice(-MOST);
    this.#notices.say(change.what, 'info', {
      label: 'Undo',
      run: () => void this.#inTurn(() => this.#undoAndSay(change)),
    });
  }

  /** Takes the newest change back, or shows the file's history when this session has written nothing. */
  undoLast(file: string | undefined): void {
    if (!this.last && !this.#isBusy) this.history = file;
    else void this.#inTurn(() => (this.last ? this.#undoAndSay(this.last) : Promise.resolve()));
  }

  /** Takes one change back and tells of it. Answers why it cannot be; it is then let go here, not in the history. */
  async undo(change: WrittenChange): Promise<Failure | undefined> {
    this.#done = this.#done.filter(({ id }) => id !== change.id);
    const outcome = await change.undo();
    if (!outcome.ok) return outcome.failure;
    this.#notices.say(`Undid: ${change.what}`);
    return undefined;
  }

  /** One after another: the second press of a key takes back the change before. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#isBusy = true;
    const turn = this.#turn.then(work, work);
    this.#turn = turn;
    return turn.finally(() => {
      if (this.#turn === turn) this.#isBusy = false;
    });
  }

  async #undoAndSay(change: WrittenChange): Promise<void> {
    const failure = await this.undo(change);
    if (failure) this.#notices.say(`${failure.message} ${failure.hint ?? ''}`.trim(), 'bad');
  }
}
