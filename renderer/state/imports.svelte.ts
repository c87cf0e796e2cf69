import type { Failure, ImportPreview, Outcome } from '../../preload/contract/index.ts';
import type { Client } from '../lib/bridge.ts';
import type { Notices } from './notices.svelte.ts';

/** The import this window looks at. Nothing is written here; contents stay in main. */
export class Imports {
  #preview = $state.raw<ImportPreview | undefined>(undefined);
  #failure = $state.raw<Failure | undefined>(undefined);
  #isLooking = $state(false);
  readonly #client: Client;
  readonly #notices: Notices;
  #again: (() => Promise<Outcome<ImportPreview>>) | undefined;
  #number = 0;
  #isChoosing = false;

  constructor(client: Client, notices: Notices) {
    this.#client = client;
    this.#notices = notices;
  }

  get preview(): ImportPreview | undefined {
    return this.#preview;
  }

  /** Why nothing could be looked at. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Main is reading and comparing. */
  get isLooking(): boolean {
    return this.#isLooking;
  }

  /** Files from the desktop. */
  async drop(files: readonly File[]): Promise<void> {
    const dropped = await this.#client.drop(files);
    if (!dropped.ok) return this.#refuse(dropped.failure);
    await this.look(dropped.value.token);
  }

  /** Files main has the paths of: dropped, or opened with Minos. */
  async look(token: string): Promise<void> {
    await this.#look(() => this.#client.call('import.fromDrop', { token }));
  }

  /** The clipboard, which main reads. Text that is no talosconfig is only said: it may have been meant for something else. */
  async paste(): Promise<void> {
    const outcome = await this.#client.call('import.fromClipboard', {});
    const [first] = outcome.ok ? outcome.value.failures : [outcome.failure];
    if (outcome.ok && (outcome.value.rows.length > 0 || first === undefined)) {
      await this.#look(() => Promise.resolve(outcome), false);
    } else if (first !== undefined) {
      this.#notices.say(`${first.message} ${first.hint ?? ''}`.trim(), 'bad');
    }
  }

  /** Files from the system's dialog; it is asked for once, also when a key comes through page and menu. */
  async choose(): Promise<void> {
    if (this.#isChoosing) return;
    this.#isChoosing = true;
    await this.#look(() => this.#client.call('import.choose', {}), false).finally(() => (this.#isChoosing = false));
  }

  /** Looks at the same files once more, after the talosconfig was changed by somebody else. */
  async again(): Promise<void> {
    if (this.#again) await this.#look(this.#again);
  }

  close(): void {
    this.#number += 1;
    this.#preview = undefined;
    this.#failure = undefined;
    this.#isLooking = false;
    this.#again = undefined;
  }

  #refuse(failure: Failure): void {
    if (failure.code === 'cancelled') return;
    this.#preview = undefined;
    this.#failure = failure;
  }

  async #look(ask: () => Promise<Outcome<ImportPreview>>, canRepeat = true): Promise<void> {
    const number = ++this.#number;
    this.#isLooking = true;
    const outcome = await ask();
    if (number !== this.#number) return;
    this.#isLooking = false;
    if (!outcome.ok) return this.#refuse(outcome.failure);
    this.#failure = undefined;
    this.#preview = outcome.value;
    this.#again = canRepeat ? ask : undefined;
  }
}
