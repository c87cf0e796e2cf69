import type { Failure, Outcome, WrittenChange } from '../../preload/contract/index.ts';
import type { Client } from '../lib/bridge.ts';
import type { Notices } from './notices.svelte.ts';

/** What the user is asked before a file is written: to take a change back, or to do it once more. */
export interface ChangeQuestion {
  readonly deed: 'undo' | 'redo';
  /** The change that is meant. */
  readonly change: WrittenChange;
  /** What is taken back: the change itself, or the undo of it. */
  readonly back: WrittenChange;
}

/** A file whose history is shown: the path of a talosconfig, or a kubeconfig with the id that names it in calls. */
export type HistoryOf = string | { readonly id: string; readonly path: string };

interface Undone {
  readonly change: WrittenChange;
  readonly undo: WrittenChange;
}

/** Changes of this session that can still be taken back by a key. */
const MOST = 50;

/**
 * What this window wrote to files, newest last. Each is told with an Undo; Ctrl Z is about the newest, Ctrl Shift Z about
 * what was undone last. Neither writes: they ask, one question at a time. Older changes, also of earlier sessions, are in
 * the history of their file.
 */
export class Changes {
  #done = $state.raw<readonly WrittenChange[]>([]);
  #undone = $state.raw<readonly Undone[]>([]);
  #question = $state.raw<ChangeQuestion | undefined>();
  /** The file whose history is shown; undefined when it is closed. */
  history = $state.raw<HistoryOf | undefined>();
  #isBusy = false;
  #turn: Promise<unknown> = Promise.resolve();
  readonly #client: Client;
  readonly #notices: Notices;

  constructor(client: Client, notices: Notices) {
    this.#client = client;
    this.#notices = notices;
  }

  /** The change that undo is about. */
  get last(): WrittenChange | undefined {
    return this.#done.at(-1);
  }

  /** The change that redo is about. */
  get lastUndone(): WrittenChange | undefined {
    return this.#undone.at(-1)?.change;
  }

  /** What the user is asked now. */
  get question(): ChangeQuestion | undefined {
    return this.#question;
  }

  /**
   * Waits for a change and tells of it. Answers why it failed; undefined when done or cancelled. The page may show the
   * change before the answer is here: an undo that is asked for meanwhile waits, and is about this one.
   */
  async take(answer: Promise<Outcome<WrittenChange>>): Promise<Failure | undefined> {
    let failure: Failure | undefined;
    await this.#inTurn(async () => {
      const outcome = await answer;
      if (outcome.ok) this.wrote(outcome.value);
      else if (outcome.failure.code !== 'cancelled') failure = outcome.failure;
    });
    return failure;
  }

  /** Tells of a change that was written. What was undone before cannot be redone after one that can be taken back. */
  wrote(change: WrittenChange): void {
    if (!canUndo(change)) return this.#notices.say(change.what);
    this.#undone = [];
    this.#keep(change);
    this.#notices.say(change.what, 'info', { label: 'Undo…', run: () => this.ask(change) });
  }

  /** Asks whether a change shall be taken back. Only one question is open at a time. */
  ask(change: WrittenChange): void {
    this.#question ??= { deed: 'undo', change, back: change };
  }

  /** Asks about the newest change, or shows the file's history when this session has written nothing. */
  askUndo(file: string | undefined): void {
    if (!this.last && !this.#isBusy) this.history = file;
    else void this.#inTurn(() => Promise.resolve(this.last && this.ask(this.last)));
  }

  /** Asks whether the change that was undone last shall be done again. */
  askRedo(): void {
    void this.#inTurn(() => {
      const undone = this.#undone.at(-1);
      if (undone) this.#question ??= { deed: 'redo', change: undone.change, back: undone.undo };
      else this.#notices.say('Nothing was undone that could be done again.');
      return Promise.resolve();
    });
  }

  /** Leaves the files as they are. */
  leave(): void {
    this.#question = undefined;
  }

  /** Does what the question asks, and tells of it. Answers why it cannot be; it is then let go here, not in the history. */
  async confirm(): Promise<Failure | undefined> {
    const question = this.#question;
    let failure: Failure | undefined;
    if (question) await this.#inTurn(async () => (failure = await this.#takeBack(question)));
    return failure;
  }

  async #takeBack({ deed, change, back }: ChangeQuestion): Promise<Failure | undefined> {
    this.#done = this.#done.filter(({ id }) => id !== back.id);
    this.#undone = this.#undone.filter(({ undo }) => undo.id !== back.id);
    const outcome = await this.#client.call('plans.undo', { change: back.id });
    if (!outcome.ok) return outcome.failure;
    // An undo is called as what it takes back.
    const written = { ...outcome.value, what: change.what };
    if (canUndo(written)) {
      if (deed === 'undo') this.#undone = [...this.#undone, { change, undo: written }].slice(-MOST);
      else this.#keep(written);
    }
    this.#notices.say(`${deed === 'undo' ? 'Undid' : 'Did again'}: ${change.what}`);
    return undefined;
  }

  #keep(change: WrittenChange): void {
    this.#done = [...this.#done, change].slice(-MOST);
  }

  /** One after another: a question asked while something is written is about that. */
  #inTurn(work: () => Promise<unknown>): Promise<unknown> {
    this.#isBusy = true;
    const turn = this.#turn.then(work, work);
    this.#turn = turn;
    return turn.finally(() => {
      if (this.#turn === turn) this.#isBusy = false;
    });
  }
}

/** False where nothing had to change, and for what no history keeps. */
const canUndo = ({ files }: WrittenChange): boolean => files.some(({ changeId }) => changeId !== undefined);
